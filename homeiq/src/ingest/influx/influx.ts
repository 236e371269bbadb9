import type { Clock } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import type { History, RecordedChange } from "#ingest/history/history.ts";
import type { Store, Write } from "#store/database.ts";
import { connectInflux, type Influx, type InfluxServer } from "#store/influx/influx.ts";
import { deliver } from "./deliver.ts";
import { findInfluxApp, type InfluxApp } from "./find-app.ts";
import type { InfluxChoice } from "./influx.options.ts";
import { createInfluxStore, type InfluxStore, type Missing } from "./influx.store.ts";
import { createOutbox, type OutboxCounters } from "./outbox.ts";
import { toPoints } from "./points.ts";
import { createInfluxSource } from "./read.ts";
import { type SenderState, startSender } from "./sender.ts";
import type { SeriesSource } from "./series.ts";

export type { Missing } from "./influx.store.ts";
export { type PastQueries, planPast } from "./planner.ts";
export type { Buckets, Series, SeriesSource } from "./series.ts";

/** What the System page shows of InfluxDB. Never holds a credential. */
export interface InfluxStatus {
  readonly state: "off" | SenderState;
  /** The app that is installed beside us, whether it is used or not. */
  readonly app?: { readonly slug: string; readonly name: string; readonly started: boolean };
  /** Host and port. */
  readonly host?: string;
  readonly database?: string;
  readonly server?: InfluxServer;
  readonly outbox?: OutboxCounters & { readonly oldestAt?: number };
  /** Times that are in our own store and will be sent from it, the newest first, at most twenty. */
  readonly missing: readonly Omit<Missing, "id">[];
  /** Since the start of this process. */
  readonly sent: number;
  /** Points that InfluxDB refused for good, since the start of this process. */
  readonly refused: number;
  readonly lastSentAt?: number;
  readonly lastError?: { readonly code: string; readonly message: string; readonly at: number };
  readonly nextTryAt?: number;
}

/** A copy of history in InfluxDB. */
export interface InfluxMirror extends AsyncDisposable {
  /** What to write in the transaction of these changes, in the file of the outbox. */
  alongside(changes: readonly RecordedChange[]): readonly Write[];
  /** What to write to have points in a bucket of their own, such as `weather_data`; none while there is no room. */
  alongsidePoints(bucket: string, at: number, lines: readonly string[]): readonly Write[];
  /** The same history; what `addPast` adds is copied as well, also when the process ends in between. */
  copyingPast<H extends Pick<History, "addPast">>(history: H): H;
  status(): Promise<InfluxStatus>;
  /** Tries again now. Throws `conflict` when InfluxDB is off. */
  retry(): Promise<InfluxStatus>;
  /** InfluxDB as a source, while it answers and can be read. */
  source(): SeriesSource | undefined;
}

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: Pick<Store, "db" | "writer">;
  /** What the server has not got is sent from here. */
  readonly history: Pick<History, "scan">;
  /** `undefined` when the user set nothing of InfluxDB. */
  readonly choice: InfluxChoice | undefined;
  /** To ask which apps are installed; absent when we are none ourselves. */
  readonly supervisorToken?: string;
  nameOf(entityId: string): string;
  readonly limitBytes?: number;
  readonly random?: () => number;
}

const SUPERVISOR_URL = "http://supervisor";
const MOST_SHOWN = 20;
const LIMIT_BYTES = 512 * 1024 * 1024;

/** Keeps InfluxDB a copy of history: through the outbox what happens, from the history what it has missed. */
export async function createInfluxMirror(deps: Deps): Promise<InfluxMirror> {
  const { clock, log, choice } = deps;
  const store = createInfluxStore(fileOf(deps.store));
  const findApp = appFinder(deps);
  if (!choice) return withoutInflux(deps, store);

  const size = await store.open(`${choice.url ?? "app"} ${choice.database}`, clock.now());
  const outbox = createOutbox({ store, size, limitBytes: deps.limitBytes ?? LIMIT_BYTES });
  let app: InfluxApp | undefined;
  let host: string | undefined;
  const others = new Map<string, Influx>();
  let into = async (_database: string): Promise<Influx> => {
    throw noAddress(); // replaced by every connection
  };
  let sent = 0;
  let refused = 0;

  async function connect(signal: AbortSignal): Promise<Influx> {
    app = await findApp(signal);
    const url = choice?.url ?? app?.url;
    if (!choice || url === undefined) throw noAddress();
    host = new URL(url).host;
    const influx = await connectInflux({ ...choice, url }, signal);
    log.info({ server: influx.server, host, database: choice.database }, "InfluxDB answers");
    others.clear();
    into = (database) => connectInflux({ ...choice, url, database }, signal);
    return influx;
  }

  /** The same server, for another bucket, which is made when it is not there. */
  async function forBucket(bucket: string | undefined, influx: Influx): Promise<Influx> {
    if (bucket === undefined) return influx;
    const other = others.get(bucket) ?? (await into(bucket));
    others.set(bucket, other);
    return other;
  }

  async function send(influx: Influx, lines: readonly string[], signal: AbortSignal) {
    const delivery = await deliver(lines, (part) => influx.write(part, signal));
    if (delivery.refused.length > 0) await store.keepRefused(clock.now(), delivery.refused);
    if (delivery.refusedCount > 0) {
      const reasons = [...new Set(delivery.refused.map(({ reason }) => reason))];
      log.warn({ points: delivery.refusedCount, reasons }, "InfluxDB refused points for good");
    }
    return delivery.refusedCount;
  }

  async function work(influx: Influx, signal: AbortSignal): Promise<boolean> {
    const packet = await store.nextPacket();
    if (!packet) return sendMissing(influx, signal);
    const target = await forBucket(packet.bucket, influx);
    const bad = packet.broken + (await send(target, packet.lines, signal));
    await store.remove(packet);
    outbox.removed(packet);
    sent += Math.max(0, packet.changes - bad);
    refused += bad;
    return true;
  }

  /** A part of what the server has not got, from our own store: as many blocks as it takes for the time to move on. */
  async function sendMissing(influx: Influx, signal: AbortSignal): Promise<boolean> {
    const [missing] = await store.missing();
    if (!missing) return false;
    for await (const block of deps.history.scan(missing, signal)) {
      const bad = await send(influx, await toPoints(block), signal);
      refused += bad;
      sent += Math.max(0, block.length - bad);
      const last = block.reduce((most, { at }) => Math.max(most, at), missing.from);
      if (last === missing.from) continue;
      await store.advanceMissing(missing.id, last); // others of that millisecond may follow in the next block
      return true;
    }
    await store.removeMissing(missing.id);
    return true;
  }

  const sender = startSender({
    clock,
    log,
    connect,
    work,
    ...(deps.random ? { random: deps.random } : {}),
  });

  async function status(): Promise<InfluxStatus> {
    const [oldestAt, missing] = await Promise.all([store.oldestAt(), store.missing()]);
    return {
      ...sender.status(),
      ...(app ? { app: shown(app) } : {}),
      ...(host === undefined ? {} : { host }),
      database: choice?.database ?? "",
      outbox: { ...outbox.counters(), ...(oldestAt === undefined ? {} : { oldestAt }) },
      missing: missing.slice(0, MOST_SHOWN).map(({ id: _, ...rest }) => rest),
      sent,
      refused,
    };
  }

  return {
    alongside(changes) {
      const writes = outbox.alongside(changes);
      if (writes.length > 0) sender.wake();
      return writes;
    },
    alongsidePoints(bucket, at, lines) {
      sender.wake();
      return outbox.alongsidePoints(bucket, at, lines);
    },
    copyingPast: (history) => copyingPast(history, store, () => sender.wake()),
    status,
    async retry() {
      sender.retry();
      return status();
    },
    source: () => createInfluxSource(sender.influx(), choice.database, deps.nameOf),
    [Symbol.asyncDispose]: () => sender[Symbol.asyncDispose](),
  };
}

/** Nothing is sent; what was waiting becomes a hole that is filled when InfluxDB is back. */
async function withoutInflux(deps: Deps, store: InfluxStore): Promise<InfluxMirror> {
  const { clock, log } = deps;
  const hadOne = await store.exists();
  if (hadOne) await store.close(clock.now());
  const stopping = new AbortController();
  const app = appFinder(deps)(stopping.signal).catch((error: unknown) => {
    log.debug({ code: toAppError(error).code }, "Looking for the InfluxDB app failed");
    return undefined;
  });
  const status = async (): Promise<InfluxStatus> => {
    const found = await app;
    return {
      state: "off",
      ...(found ? { app: shown(found) } : {}),
      missing: [],
      sent: 0,
      refused: 0,
    };
  };
  return {
    alongside: () => [],
    alongsidePoints: () => [],
    // A first InfluxDB gets all there is anyway.
    copyingPast: (history) => (hadOne ? copyingPast(history, store, () => undefined) : history),
    status,
    async retry() {
      throw new AppError("conflict", "influxdb.off", "InfluxDB is not set up in the options");
    },
    source: () => undefined,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await app;
    },
  };
}

/** Notes the hole before there is one, so that no end of the process leaves one that nobody knows. */
function copyingPast<H extends Pick<History, "addPast">>(
  history: H,
  store: InfluxStore,
  onAdded: () => void,
): H {
  const addPast: History["addPast"] = async (changes) => {
    const ats = changes.map(({ at }) => at);
    if (ats.length === 0) return history.addPast(changes);
    const id = store.newMissingId();
    await store.beginMissing(
      id,
      ats.reduce((least, at) => Math.min(least, at)),
    );
    try {
      return await history.addPast(changes);
    } finally {
      await store.endMissing(id, ats.reduce((most, at) => Math.max(most, at)) + 1);
      onAdded();
    }
  };
  return { ...history, addPast };
}

/** The outbox lies beside the recent rows, so that a change and its place in it are one transaction. */
const fileOf = ({ db, writer }: Pick<Store, "db" | "writer">) => ({
  schema: "recent",
  write: (statements: readonly Write[]) => writer.write(statements),
  // Few rows by their key, a request's worth at most.
  read: async (sql: string) => db.$client.prepare(sql).raw(true).all() as unknown[][],
});

const appFinder =
  ({ supervisorToken: token, log }: Deps) =>
  async (signal: AbortSignal) =>
    token === undefined ? undefined : findInfluxApp({ url: SUPERVISOR_URL, token, log }, signal);

const shown = ({ slug, name, started }: InfluxApp) => ({ slug, name, started });

const noAddress = () =>
  new AppError(
    "unconfigured",
    "influxdb.no_address",
    "No InfluxDB app is installed here. Give the address of your InfluxDB in influxdb_url.",
  );
