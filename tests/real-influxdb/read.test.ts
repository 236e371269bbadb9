import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import { createHistory, type History, type RecordedChange } from "#src/ingest/history/history.ts";
import { planPast } from "#src/ingest/influx/influx.ts";
import { toPoint } from "#src/ingest/influx/points.ts";
import { createInfluxSource } from "#src/ingest/influx/read.ts";
import type { SeriesSource } from "#src/ingest/influx/series.ts";
import { CAUSE_KINDS, type StateChange } from "#src/ingest/normalize/normalize.ts";
import { openStore } from "#src/store/database.ts";
import { connectInflux, type Influx } from "#src/store/influx/influx.ts";
import { createFakeClock } from "#support/clock.ts";
import { eventually } from "#support/eventually.ts";
import { recordedChange } from "#support/influx-mirror.ts";
import {
  type InfluxdbServer,
  isInstalled,
  type ServerName,
  startInfluxdb,
} from "#support/influxdb-server.ts";

const signal = AbortSignal.timeout(300_000);
const CASES: readonly (readonly [ServerName, "influxql" | "flux"])[] = [
  ["influxdb-1.6", "influxql"],
  ["influxdb-1.8", "influxql"],
  ["influxdb-1.8", "flux"],
  ["influxdb-2.7", "influxql"],
  ["influxdb-2.7", "flux"],
];

const START = recordedChange(0).at;
const END = START + 6 * 3_600_000;
const THERMOMETER = "sensor.hall_temperature";
const LIGHT = "light.hall";

/** Six hours of a thermometer that is away now and then, and of a light that people and machines switch. */
function sixHours(): StateChange[] {
  const changes: StateChange[] = [];
  for (let n = 0; n < 2_000; n += 1) {
    const at = START + n * 10_800;
    const { id: _, value: __, context: ___, ...change } = recordedChange(n, { at });
    const context = { id: `01J6X9Z3R5${String(n).padStart(16, "0")}` };
    const value = Math.round((20 + 3 * Math.sin(n / 40)) * 100) / 100;
    const { unit: ____, ...away } = change;
    changes.push(
      n % 97 === 3
        ? { ...away, context, kind: "availability", newState: "unavailable" }
        : { ...change, context, newState: value.toFixed(2), value },
    );
    if (n % 50 === 0) changes.push(...switched(at, n));
  }
  return changes;
}

function switched(at: number, n: number): StateChange[] {
  const kind = CAUSE_KINDS[(n / 50) % CAUSE_KINDS.length] ?? "unknown";
  const state = n % 100 === 0 ? "on" : "off";
  const light: StateChange = {
    entityId: LIGHT,
    at,
    kind: "state",
    oldState: state === "on" ? "off" : "on",
    newState: state,
    context: { id: `01J6X9Z3R6${String(n).padStart(16, "0")}` },
    cause: { kind, confidence: 1 },
  };
  const brightness: StateChange = {
    ...light,
    kind: "attributes",
    oldState: state,
    changedAttributes: { brightness: n % 255 },
  };
  return n === 950 ? [light, { ...goneFrom(light), at: at + 1 }] : [light, brightness];
}

/** As when its integration is removed. */
function goneFrom({ newState: _, ...light }: StateChange): StateChange {
  return { ...light, kind: "removed", cause: { kind: "unknown", confidence: 1 } };
}

/** Our own store with these six hours, most of them sealed, the rest as rows. */
async function ownHistory(folder: string) {
  const clock = createFakeClock(START);
  const log = createLog("silent");
  const store = openStore(join(folder, "homeiq.db"));
  const history = await createHistory({
    store,
    clock,
    log,
    capacity: 100_000,
    recorded: createTopic<readonly RecordedChange[]>({ name: "state changes", log }),
    describe: (entityId) => ({ name: `Name of ${entityId}`, areaId: "hall" }),
    onMissed: () => {
      throw new Error("too many at once");
    },
  });
  const changes = sixHours();
  for (const change of changes) history.record(change);
  await history.drain(AbortSignal.timeout(30_000));
  clock.advance(END - START);
  await history.seal();
  const [first] = await history.series({ entityIds: [LIGHT], from: START, to: END });
  if ((first?.at.length ?? 0) < 50) throw new Error("the history is not there");
  return {
    history,
    async [Symbol.asyncDispose]() {
      await history[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

const folder = mkdtempSync(join(tmpdir(), "homeiq-read-"));
let own: Awaited<ReturnType<typeof ownHistory>>;
let embedded: History;
let lines: string[];

beforeAll(async () => {
  own = await ownHistory(folder);
  embedded = own.history;
  lines = [];
  for await (const block of embedded.scan({ from: START, to: END }, signal)) {
    lines.push(...block.flatMap((change) => toPoint(change) ?? []));
  }
  await eventually("all is scanned", () => lines.length === sixHours().length);
});
afterAll(async () => {
  await own?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, language] of CASES) {
  describe.skipIf(!isInstalled(name))(`history read from ${name} by ${language}`, () => {
    let server: InfluxdbServer;
    let source: SeriesSource;

    beforeAll(async () => {
      server = await startInfluxdb(name);
      const influx = await connectInflux(server.settings, signal);
      await influx.write(lines, signal);
      await influx.write(lines, signal); // as after an answer that was lost
      const spoken: Influx = { ...influx, server: { ...influx.server, reads: language } };
      const found = createInfluxSource(
        spoken,
        server.settings.database,
        (entityId) => `Name of ${entityId}`,
      );
      if (!found) throw new Error("it cannot be read");
      source = found;
    });
    afterAll(() => server?.[Symbol.asyncDispose]());

    const range = { entityIds: [THERMOMETER, LIGHT], from: START + 1_800_000, to: END - 1_800_000 };

    test("every change of a range is the same as in our own store, with what was in force before", async () => {
      expect(await source.series(range)).toEqual(await embedded.series(range));
    });

    test("a range before anything happened is empty, and one at the very start has nothing before it", async () => {
      const early = { ...range, from: START - 7_200_000, to: START - 3_600_000 };
      expect(await source.series(early)).toEqual(await embedded.series(early));
      const first = { ...range, from: START, to: START + 60_000 };
      expect(await source.series(first)).toEqual(await embedded.series(first));
    });

    test("peaks and counts of 500 spans are the same as in our own store", async () => {
      const query = { ...range, entityIds: [THERMOMETER], count: 500 };
      const [[found], [ours]] = await Promise.all([source.buckets(query), embedded.buckets(query)]);
      expect({ ...found, mean: [] }).toEqual({ ...ours, mean: [] });
      // The mean is summed in another order there.
      const difference = Array.from(found?.mean ?? [], (mean, n) =>
        Math.abs(mean - (ours?.mean[n] ?? Number.NaN)),
      );
      expect(difference).toHaveLength(ours?.mean.length ?? -1);
      expect(Math.max(...difference)).toBeLessThan(1e-9);
    });

    test("what our own store no longer has comes from InfluxDB, the rest from our own, without a seam", async () => {
      const cut = START + 3 * 3_600_000 + 1_234;
      const planned = planPast({
        history: {
          ...embedded,
          series(query) {
            if (query.from < cut) throw new Error("our own store was asked for what it has not");
            return embedded.series(query);
          },
          heldSince: async (entityIds) => new Map(entityIds.map((entityId) => [entityId, cut])),
        },
        influx: () => source,
        onFailure: (error) => {
          throw error;
        },
      });
      expect(await planned.series(range)).toEqual(await embedded.series(range));
      const query = { ...range, entityIds: [THERMOMETER], count: 120 };
      const [[found], [ours]] = await Promise.all([
        planned.buckets(query),
        embedded.buckets(query),
      ]);
      expect({ ...found, mean: [] }).toEqual({ ...ours, mean: [] });
      const textOf = async ({ historyJson }: Pick<History, "historyJson">) =>
        new TextDecoder().decode(await historyJson({ ...range, points: 120, gaps: [] }));
      expect(await textOf(planned)).toBe(await textOf(embedded));
    });
  });
}
