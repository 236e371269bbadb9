import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { planSeries, type SeriesSource } from "#src/ingest/influx/influx.ts";
import { toPoint } from "#src/ingest/influx/points.ts";
import { createInfluxSource } from "#src/ingest/influx/read.ts";
import { CAUSE_KINDS } from "#src/ingest/normalize/normalize.ts";
import { connectInflux, type Influx } from "#src/store/influx/influx.ts";
import { recordedChange } from "#support/influx-mirror.ts";
import {
  type InfluxdbServer,
  isInstalled,
  type ServerName,
  startInfluxdb,
} from "#support/influxdb-server.ts";
import { listSource } from "#support/series-source.ts";

const signal = AbortSignal.timeout(300_000);
const naming = (entityId: string) => ({ name: `Name of ${entityId}` });
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
function sixHours(): RecordedChange[] {
  const changes: RecordedChange[] = [];
  for (let n = 0; n < 2_000; n += 1) {
    const at = START + n * 10_800;
    const number = Math.round((20 + 3 * Math.sin(n / 40)) * 100) / 100;
    const away = n % 97 === 3;
    const { value: _, ...change } = recordedChange(n, { at, id: at * 4096 });
    changes.push(
      away
        ? { ...change, kind: "availability", newState: "unavailable" }
        : { ...change, newState: number.toFixed(2), value: number },
    );
    if (n % 50 === 0) changes.push(...switched(at, n));
  }
  return changes;
}

function switched(at: number, n: number): RecordedChange[] {
  const { value: _, unit: __, deviceClass: ___, ...change } = recordedChange(n, { at });
  const cause = CAUSE_KINDS[(n / 50) % CAUSE_KINDS.length] ?? "unknown";
  const light: RecordedChange = {
    ...change,
    entityId: LIGHT,
    domain: "light",
    category: "lighting",
    newState: n % 100 === 0 ? "on" : "off",
    cause: { kind: cause, confidence: 1 },
  };
  return [
    { ...light, id: at * 4096 + 1 },
    // In the same millisecond its brightness alone changes, which is no change of state.
    { ...light, id: at * 4096 + 2, kind: "attributes", changedAttributes: { brightness: n % 255 } },
  ];
}

const changes = sixHours();
const embedded = listSource(changes, naming);

for (const [name, language] of CASES) {
  describe.skipIf(!isInstalled(name))(`history read from ${name} by ${language}`, () => {
    let server: InfluxdbServer;
    let source: SeriesSource;

    beforeAll(async () => {
      server = await startInfluxdb(name);
      const influx = await connectInflux(server.settings, signal);
      const lines = changes.flatMap((change) => toPoint(change) ?? []);
      await influx.write(lines, signal);
      await influx.write(lines, signal); // as after an answer that was lost
      const spoken: Influx = { ...influx, server: { ...influx.server, reads: language } };
      const found = createInfluxSource(spoken, server.settings.database, naming);
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
      const planned = planSeries({
        embedded: listSource(
          changes.filter(({ at }) => at >= cut),
          naming,
        ),
        influx: () => source,
        heldSince: () => cut,
        naming,
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
    });
  });
}
