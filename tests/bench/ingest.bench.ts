import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { WebSocket } from "ws";
import type { Metrics } from "#src/api/metrics.ts";
import { openStore } from "#src/store/database.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type Measure, measured } from "../../tools/bars.ts";

const OFFERED_PER_SECOND = 6000; // a fifth more than the bar, so that a pass is not by a hair
const LIMIT_CHANGES = 30_000;

/**
 * State changes from a second process through a real WebSocket, normalized and committed.
 *
 * The two limits say what is possible at all here: parsing the same frames, and inserting the same rows.
 */
const ingest: Measure = async ({ short }) => {
  const seconds = short ? 5 : 30;
  buildHomeIq();
  const house = await runHouse(["--preset", "villa", "--seed", "1", "--days", "0"]);
  const homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" });
  const metrics = () => homeiq.get<Metrics>("/api/v1/real-time-metrics");
  await eventually("the villa is known", async () => {
    const { ingest: counted } = await metrics();
    return counted.stored >= 1500 || undefined;
  });

  const before = await metrics();
  const startedAt = performance.now();
  const blast = await house.order<{ sent: number }>("blast", {
    changesPerSecond: OFFERED_PER_SECOND,
    seconds,
  });
  const after = await eventually("all is stored", async () => {
    const now = await metrics();
    return now.ingest.received - before.ingest.received >= blast.sent && now.ingest.queueDepth < 100
      ? now
      : undefined;
  });
  const elapsed = (performance.now() - startedAt) / 1000;
  const stored = after.ingest.stored - before.ingest.stored;
  const perSecond = stored / elapsed;

  const frames = await recordFrames(house);
  const parsePerSecond = parseLimit(frames);
  const insertPerSecond = insertLimit();
  const slower = Math.min(parsePerSecond, insertPerSecond);
  await homeiq.stop();
  await house.stop();
  process.stdout.write(
    `sent ${blast.sent}, stored ${stored} in ${elapsed.toFixed(1)} s: ${perSecond.toFixed(0)}/s\n` +
      `limit of JSON.parse alone: ${parsePerSecond.toFixed(0)}/s\n` +
      `limit of SQLite inserts alone: ${insertPerSecond.toFixed(0)}/s\n` +
      `we reach ${((100 * perSecond) / slower).toFixed(1)} % of the slower one at the offered rate\n`,
  );
  const atLeast = (bar: string, unit: string, limit: number, value: number) =>
    measured({ bar, unit, limit, direction: "min" }, value);
  const atMost = (bar: string, unit: string, limit: number, value: number) =>
    measured({ bar, unit, limit, direction: "max" }, value);
  return {
    bars: [
      atLeast("state changes stored per second, 1,500 entities", "1/s", 5000, perSecond),
      atLeast("seconds that it was sustained", "s", 30, elapsed),
      atMost("state changes dropped", "changes", 0, after.ingest.dropped),
      // The histogram of the process, with its start: more than the bar asks for.
      atMost("event loop late, p99", "ms", 50, after.process.eventLoopLagMs.p99),
    ],
  };
};

export default ingest;

type House = Awaited<ReturnType<typeof runHouse>>;

/** The frames of a blast as they are on the wire. */
function recordFrames(house: House): Promise<string[]> {
  const frames: string[] = [];
  const socket = new WebSocket(`${house.url.replace("http", "ws")}/api/websocket`);
  return new Promise((resolve, reject) => {
    socket.on("error", reject);
    socket.on("message", (frame) => {
      const text = frame.toString();
      frames.push(text);
      if (text.includes("auth_required")) {
        socket.send(JSON.stringify({ type: "auth", access_token: "fake-token" }));
      } else if (text.includes("auth_ok")) {
        socket.send('{"id":1,"type":"supported_features","features":{"coalesce_messages":1}}');
        socket.send('{"id":2,"type":"subscribe_entities"}');
        house.order("blast", { changesPerSecond: OFFERED_PER_SECOND, seconds: 5 }).then(() => {
          socket.close();
          resolve(frames.slice(4)); // without the login and the snapshot
        }, reject);
      }
    });
  });
}

function parseLimit(frames: readonly string[]): number {
  let changes = 0;
  const startedAt = performance.now();
  for (const frame of frames) {
    const parsed: unknown = JSON.parse(frame);
    changes += Array.isArray(parsed) ? parsed.length : 1;
  }
  return changes / ((performance.now() - startedAt) / 1000);
}

/** The same table, indexes, batch size and durability, and nothing else. */
function insertLimit(): number {
  const folder = mkdtempSync(join(tmpdir(), "homeiq-bench-"));
  const store = openStore(join(folder, "limit.db"));
  const sqlite = store.db.$client;
  sqlite.pragma("synchronous = FULL");
  const insert = sqlite.prepare(
    `insert into state_change (entity_key, at, kind, old_state, new_state, value, unit, held_ms,
     context_id, cause, cause_confidence) values (?, ?, 'state', '20', '21', 21, '°C', 1000, ?, 'integration', 0.95)`,
  );
  const batch = sqlite.transaction((start: number) => {
    for (let n = start; n < start + 100; n += 1) insert.run(n % 1500, 1.7e12 + n, `01CONTEXT${n}`);
  });
  const startedAt = performance.now();
  for (let start = 0; start < LIMIT_CHANGES; start += 100) batch.immediate(start);
  const perSecond = LIMIT_CHANGES / ((performance.now() - startedAt) / 1000);
  void store[Symbol.asyncDispose]().then(() => rmSync(folder, { recursive: true, force: true }));
  return perSecond;
}
