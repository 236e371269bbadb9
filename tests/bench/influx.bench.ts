import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metrics } from "#src/api/metrics.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import { createHistory, type RecordedChange } from "#src/ingest/history/history.ts";
import type { InfluxStatus } from "#src/ingest/influx/influx.ts";
import { openStore } from "#src/store/database.ts";
import { connectInflux } from "#src/store/influx/influx.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, type Running, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type InfluxdbServer, isInstalled, startInfluxdb } from "#support/influxdb-server.ts";
import { type Measure, measured, unmeasured } from "../../tools/bars.ts";

const PER_SECOND = 500;
const OUTAGE_SECONDS = 600;
const BLAST_SECONDS = 30; // one order to the house; a request that lasts longer than 300 s ends
const MOST_NAMED = 20;
const SERVER = "influxdb-1.6";

const ZERO = { unit: "changes", limit: 0, direction: "max" } as const;
const LOST = { bar: "changes lost by an outage of InfluxDB", ...ZERO };
const DOUBLED = { bar: "changes doubled by an outage of InfluxDB", ...ZERO };

/** A house of 1,500 entities at 500 changes a second, and a real InfluxDB that is killed in the middle. */
const influx: Measure = async ({ short }) => {
  if (!isInstalled(SERVER)) {
    const reason = "no InfluxDB is installed: run tests/real-influxdb/install.sh";
    return { bars: [unmeasured(LOST, reason), unmeasured(DOUBLED, reason)] };
  }
  buildHomeIq();
  await using server = await startInfluxdb(SERVER, { auth: true });
  const house = await runHouse(["--preset", "villa", "--seed", "1", "--days", "0"]);
  const folder = mkdtempSync(join(tmpdir(), "homeiq-bench-"));
  const homeiq = await runHomeIq({
    HA_URL: house.url,
    HA_TOKEN: "fake-token",
    HOMEIQ_OPTIONS: writeOptions(folder, server),
  });
  try {
    await isStored(homeiq, 1_500);
    await isCopied(homeiq);
    await blast(house, BLAST_SECONDS / 3);
    await server.kill();
    const killedAt = performance.now();
    const sent = await blast(house, short ? 30 : OUTAGE_SECONDS);
    const away = (performance.now() - killedAt) / 1_000;
    const worst = await homeiq.get<InfluxStatus>("/api/v1/influxdb");
    await server.start();
    const backAt = performance.now();
    await blast(house, BLAST_SECONDS / 3);
    await isCopied(homeiq);
    const behind = (performance.now() - backAt) / 1_000;
    const { process: measuredProcess } = await homeiq.get<Metrics>("/api/v1/real-time-metrics");
    await house.stop(); // else it lives on while it is counted
    await isCopied(homeiq);
    const { lost, doubled, total } = await compare(homeiq, server);
    const waiting = worst.outbox ?? { changes: 0, bytes: 0 };
    process.stdout.write(
      `${sent} changes in ${away.toFixed(0)} s without InfluxDB; ${waiting.changes} waited in ` +
        `${(waiting.bytes / 1e6).toFixed(1)} MB, ${(waiting.bytes / waiting.changes).toFixed(0)} bytes each\n` +
        `all of it was there ${behind.toFixed(1)} s after InfluxDB was back, ${BLAST_SECONDS / 3} s of which went on at the same rate\n` +
        `compared ${total} changes one by one; resident ${(measuredProcess.rssBytes / 1e6).toFixed(0)} MB, ` +
        `event loop late p99 ${measuredProcess.eventLoopLagMs.p99} ms\n`,
    );
    const least = { limit: OUTAGE_SECONDS, direction: "min" } as const;
    return {
      bars: [
        measured(LOST, lost),
        measured(DOUBLED, doubled),
        measured({ bar: "seconds without InfluxDB", unit: "s", ...least }, away),
        measured(
          { bar: "changes per second meanwhile", unit: "1/s", limit: 475, direction: "min" },
          sent / away,
        ),
        measured(
          { bar: "event loop late, p99", unit: "ms", limit: 50, direction: "max" },
          measuredProcess.eventLoopLagMs.p99,
        ),
      ],
    };
  } finally {
    await homeiq.stop();
    await house.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

export default influx;

type House = Awaited<ReturnType<typeof runHouse>>;

function writeOptions(folder: string, { settings }: InfluxdbServer): string {
  const file = join(folder, "options.json");
  const { url, username, password } = settings;
  writeFileSync(
    file,
    JSON.stringify({
      outside_off: true,
      influxdb_url: url,
      influxdb_username: username,
      influxdb_password: password,
    }),
  );
  return file;
}

async function blast(house: House, seconds: number): Promise<number> {
  let sent = 0;
  for (let left = seconds; left > 0; left -= BLAST_SECONDS) {
    const order = { changesPerSecond: PER_SECOND, seconds: Math.min(left, BLAST_SECONDS) };
    sent += (await house.order<{ sent: number }>("blast", order)).sent;
  }
  return sent;
}

const isStored = (homeiq: Running, least: number) =>
  eventually("the villa is known", async () => {
    const { ingest } = await homeiq.get<Metrics>("/api/v1/real-time-metrics");
    return ingest.stored >= least || undefined;
  });

const isCopied = (homeiq: Running) =>
  eventually(
    "everything is copied",
    async () => {
      const { ingest } = await homeiq.get<Metrics>("/api/v1/real-time-metrics");
      const { state, outbox, missing } = await homeiq.get<InfluxStatus>("/api/v1/influxdb");
      const nothingWaits = outbox?.changes === 0 && missing.length === 0;
      return (state === "sending" && nothingWaits && ingest.queueDepth === 0) || undefined;
    },
    180_000,
  );

/** Every change of HomeIQ against every point of InfluxDB. */
async function compare(homeiq: Running, server: InfluxdbServer) {
  const counts = new Map<string, number>();
  const add = (key: string, n: number) => counts.set(key, (counts.get(key) ?? 0) + n);
  let total = 0;
  const signal = AbortSignal.timeout(300_000);
  await using own = await copyOf(homeiq);
  for await (const block of own.history.scan({}, signal)) {
    for (const { entityId, at, kind, newState } of block) {
      add(`${entityId} ${at} ${kind} ${newState ?? ""}`, 1);
    }
    total += block.length;
  }
  const connected = await connectInflux(server.settings, signal);
  const statement = `SELECT "kind", "state", "entity_id" FROM "home_assistant_events"`;
  for await (const { time, kind, state, entity_id } of connected.influxql(statement, signal)) {
    add(`${entity_id} ${time} ${kind} ${state ?? ""}`, -1);
  }
  const unequal = [...counts].filter(([, n]) => n !== 0);
  for (const [change, n] of unequal.slice(0, MOST_NAMED)) {
    process.stdout.write(`${n > 0 ? "not in InfluxDB" : "only in InfluxDB"}: ${change}\n`);
  }
  const left = unequal.map(([, n]) => n);
  const sum = (numbers: number[]) => numbers.reduce((one, other) => one + other, 0);
  return {
    total,
    lost: sum(left.filter((n) => n > 0)),
    doubled: sum(left.filter((n) => n < 0).map(Math.abs)),
  };
}

/** What it has recorded, sealed, so that it is read as fast as a day of the past. */
async function copyOf({ folder, url }: Running) {
  const copy = mkdtempSync(join(tmpdir(), "homeiq-bench-copy-"));
  const order = (step: string) => fetch(`${url}/api/v1/backup/${step}`, { method: "POST" });
  await order("begin"); // files that are being written cannot be copied
  cpSync(folder, copy, { recursive: true });
  await order("end");
  const log = createLog("silent");
  const clock = { ...systemClock, now: () => Date.now() + 2 * 3_600_000 };
  const store = openStore(join(copy, "homeiq.db"));
  const history = await createHistory({
    store,
    clock,
    log,
    capacity: 1,
    recorded: createTopic<readonly RecordedChange[]>({ name: "state changes", log }),
    describe: (entityId) => ({ name: entityId }),
    onMissed: () => undefined,
  });
  await history.seal();
  return {
    history,
    async [Symbol.asyncDispose]() {
      await history[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
      rmSync(copy, { recursive: true, force: true });
    },
  };
}
