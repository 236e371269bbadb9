import { HttpError, InfluxDB, setLogger } from "@influxdata/influxdb-client";
import { AppError } from "#foundation/errors.ts";
import { noDatabase, toInfluxError, toUnreachable } from "./influx-errors.ts";
import { ANSWER_WITHIN_MS, type InfluxHttp, type InfluxSettings } from "./influx-http.ts";

/** The parts of InfluxDB 2 that we use, through its own client. */
export interface InfluxV2 {
  /** Lines to `/api/v2/write`, timestamps in nanoseconds. */
  write(lines: readonly string[]): Promise<void>;
  /** Rows of a Flux query, table by table; `result` is the name of the yield. */
  flux(query: string): AsyncIterable<FluxRow>;
}

export interface FluxRow {
  readonly result: string;
  readonly _time: string;
  readonly [column: string]: unknown;
}

const ONE_REQUEST = 1_000_000_000; // whatever it is given goes out as one request

// The client writes to the console by itself, with the points in it.
setLogger({ error: () => undefined, warn: () => undefined });

export function createInfluxV2(settings: InfluxSettings, org: string): InfluxV2 {
  const { host } = new URL(settings.url);
  const client = new InfluxDB({
    url: settings.url,
    token: settings.token ?? "",
    timeout: ANSWER_WITHIN_MS,
  });

  return {
    async write(lines) {
      // Retries are the outbox's work: it knows what was acknowledged, and keeps the order.
      const api = client.getWriteApi(org, settings.database, "ns", {
        maxRetries: 0,
        batchSize: lines.length + 1,
        maxBatchBytes: ONE_REQUEST,
        flushInterval: 0,
        gzipThreshold: 1_000,
      });
      try {
        api.writeRecords([...lines]);
        await api.flush();
      } catch (error) {
        throw fromClient(error, host);
      } finally {
        api.dispose();
      }
    },
    async *flux(query) {
      try {
        for await (const { values, tableMeta } of client.getQueryApi(org).iterateRows(query)) {
          yield tableMeta.toObject(values) as FluxRow; // our queries keep `_time`, the format has `result`
        }
      } catch (error) {
        throw fromClient(error, host);
      }
    },
  };
}

function fromClient(error: unknown, host: string): AppError {
  if (!(error instanceof HttpError)) return toUnreachable(host, error);
  return toInfluxError({
    status: error.statusCode,
    body: error.body ?? error.message,
    retryAfter: error.headers?.["retry-after"]?.toString(),
  });
}

interface Orgs {
  readonly orgs?: readonly { readonly id: string; readonly name: string }[];
}

/**
 * Finds the organization and makes the bucket of InfluxDB 2 unless it is there. Answers the organization's name.
 *
 * Throws `unconfigured` when the token may not do that, or when it sees several organizations and none was named.
 */
export async function ensureBucket(
  http: InfluxHttp,
  { org: wanted, database }: InfluxSettings,
  signal: AbortSignal,
): Promise<string> {
  const answer = await http.request({
    path: "/api/v2/orgs",
    ...(wanted === undefined ? {} : { query: { org: wanted } }),
    signal,
  });
  const { orgs = [] } = (await answer.json()) as Orgs; // as documented
  const [org] = orgs;
  if (!org || orgs.length > 1) throw whichOrg();
  const found = await http.ask({
    path: "/api/v2/buckets",
    query: { orgID: org.id, name: database },
    signal,
  });
  const { buckets = [] } = (await found.json().catch(() => ({}))) as { buckets?: unknown[] }; // as documented
  if (found.ok && buckets.length > 0) return org.name;
  await makeBucket(http, org.id, database, signal);
  return org.name;
}

async function makeBucket(http: InfluxHttp, orgID: string, name: string, signal: AbortSignal) {
  const made = await http.ask({
    path: "/api/v2/buckets",
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ orgID, name, retentionRules: [] }),
    signal,
  });
  if (made.ok) return;
  if (made.status === 401 || made.status === 403) throw noDatabase();
  throw toInfluxError({ status: made.status, body: await made.text() });
}

const whichOrg = () =>
  new AppError(
    "unconfigured",
    "influxdb.which_org",
    "The token sees no organization, or several. Name yours in influxdb_org.",
  );
