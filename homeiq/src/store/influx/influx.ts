import { createInfluxHttp, type InfluxSettings } from "./influx-http.ts";
import { detectServer, type InfluxServer } from "./influx-server.ts";
import { answersInfluxql, ensureDatabase, hasNewWriteApi, writeV1, writeV3 } from "./influx-v1.ts";
import type { FluxRow, InfluxV2 } from "./influx-v2.ts";
import { queryInfluxql, type Row } from "./influxql.ts";

export type { InfluxSettings } from "./influx-http.ts";
export type { InfluxServer } from "./influx-server.ts";
export type { FluxRow } from "./influx-v2.ts";
export { quoteName, quoteText, type Row } from "./influxql.ts";
export { type FieldValue, LINE_END, type Point, toLine } from "./line-protocol.ts";

/** A server that was found, whose database is there. Every failure is an `AppError` of ours. */
export interface Influx {
  readonly server: InfluxServer;
  /**
   * Sends all lines as one request; they are durable there when this resolves. The same line twice is one point.
   *
   * Throws `unavailable` (with `retryAfterMs` when the server said so), `unconfigured`, or `invalid` when points
   * were refused: others of the same request may have been taken.
   */
  write(lines: readonly string[], signal: AbortSignal): Promise<void>;
  /** Rows of an InfluxQL statement. Only where `server.reads` is "influxql". */
  influxql(statement: string, signal: AbortSignal): AsyncIterable<Row>;
  /** Rows of a Flux query. Only where `server.reads` is "flux". */
  flux(query: string): AsyncIterable<FluxRow>;
}

/**
 * Finds out which InfluxDB answers at the address, and makes the database or bucket when it is not there.
 *
 * Throws `unconfigured` with what the user can do, or `unavailable`.
 */
export async function connectInflux(
  settings: InfluxSettings,
  signal: AbortSignal,
): Promise<Influx> {
  const http = createInfluxHttp(settings);
  const found = await detectServer(http, signal);
  const { database } = settings;
  const org = await prepare();
  const server = await withReading();
  const hasV2 = found.major === 2 || (settings.token !== undefined && hasNewWriteApi(found));
  const v2: InfluxV2 | undefined = hasV2 ? await connectV2() : undefined;

  async function connectV2(): Promise<InfluxV2> {
    const { createInfluxV2 } = await import("./influx-v2.ts"); // it brings its own client along
    return createInfluxV2(settings, org);
  }

  async function prepare(): Promise<string> {
    if (found.product === "victoria-metrics" || found.major === 3) return settings.org ?? "";
    if (found.major === 2) {
      const { ensureBucket } = await import("./influx-v2.ts");
      return ensureBucket(http, settings, signal);
    }
    await ensureDatabase(http, database, signal);
    return settings.org ?? "";
  }

  /** InfluxQL is the one language that 1 and 2 share; where a bucket has no mapping for it there is Flux. */
  async function withReading(): Promise<InfluxServer> {
    if (found.major !== 2) return found;
    const reads = (await answersInfluxql(http, database, signal)) ? "influxql" : "flux";
    return { ...found, reads };
  }

  return {
    server,
    async write(lines, writeSignal) {
      writeSignal.throwIfAborted();
      if (v2) return orAborted(v2.write(lines), writeSignal);
      const { token } = settings;
      if (found.major === 3) return writeV3(http, { database, token }, lines, writeSignal);
      return writeV1(http, database, lines, writeSignal);
    },
    influxql: (statement, querySignal) =>
      queryInfluxql({ http, database, statement, signal: querySignal }),
    async *flux(query) {
      yield* (v2 ?? (await connectV2())).flux(query); // version 1.8 reads Flux, and writes as 1 does
    },
  };
}

/** The client of InfluxDB 2 cannot be stopped; what waits for it can. */
function orAborted(work: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}
