import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DAY_MS } from "#src/foundation/time.ts";
import type { History } from "#src/ingest/history/history.ts";
import { filesOf } from "#src/store/files.ts";
import { openHistory } from "#support/history.ts";
import { createRecorderFile, type RecorderRow } from "#support/home-assistant-recorder.ts";
import { type Bar, measured, unmeasured } from "../../../tools/bars.ts";
import { fillStore, KINDS } from "./fifty-million.ts";
import { type InfluxTimes, influxTimes } from "./influxdb.ts";
import { medianMs } from "./median.ts";

const TO = Date.UTC(2026, 8, 1);
const RECORDER_ENTITIES = 31;
const say = (line: string) => void process.stdout.write(`${line}\n`);

/** The questions of the pages, on a store of 50 million changes, and the same to the recorder's file. */
export async function measureQueries(folder: string, { days }: { days: number }): Promise<Bar[]> {
  const ours = mkdtempSync(join(folder, "large-"));
  const clock = { now: () => TO + 1_000, after: () => () => {} };
  await openHistory({ clock, folder: ours }).then(async ({ history, store }) => {
    await history[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  });
  const filled = fillStore(filesOf(join(ours, "homeiq.db")), { days, to: TO });
  const sealPerSecond = filled.changes / filled.sealSeconds;
  say(
    `store: ${(filled.changes / 1e6).toFixed(1)} million changes of 1,200 entities in ${days} days`,
  );
  await using opened = await openHistory({ clock, folder: ours });
  const { history } = opened;
  await history.summary(); // the threads have started
  const span = Math.min(30, days) * DAY_MS;
  const range = (n: number, points?: number) =>
    history.historyJson({
      entityIds: [`sensor.minute_${n}`],
      ...{ from: TO - span, to: TO, gaps: [] },
      ...(points === undefined ? {} : { points }),
    });
  const many = sampleOfEntities();
  const timed = {
    range: await medianMs((n) => range(n)),
    buckets: await medianMs((n) => range(100 + n, 500)),
    year: await medianMs((n) => yearOf(history, n, filled.from)),
    many: await medianMs((n) => {
      const to = TO - (n % days) * DAY_MS;
      return history.historyJson({ entityIds: many, from: to - DAY_MS, to, gaps: [] });
    }),
  };
  const recorder = await recorderTimes(folder, history, span);
  for (const [name, ratio] of Object.entries({
    range: recorder.range / timed.range,
    "500 buckets": recorder.buckets / timed.buckets,
  })) {
    say(
      `${name}: the recorder's file needs ${ratio.toFixed(1)} times as long (with ${recorder.rows} rows in it)`,
    );
  }
  const influx = await influxTimes({ history, to: TO, span });
  const ms = { unit: "ms", direction: "max" } as const;
  return [
    measured({ bar: "43,200 points of one entity as JSON, p50", limit: 20, ...ms }, timed.range),
    measured({ bar: "the same in 500 buckets, p50", limit: 8, ...ms }, timed.buckets),
    measured({ bar: "a year of hours, p50", limit: 5, ...ms }, timed.year),
    measured({ bar: "200 entities for 24 h as JSON, p50", limit: 80, ...ms }, timed.many),
    measured(
      { bar: "ahead of the recorder in each question", unit: "times", limit: 1, direction: "min" },
      Math.min(recorder.range / timed.range, recorder.buckets / timed.buckets),
    ),
    aheadOfInflux(timed, influx),
    measured(
      {
        bar: "sealing, rows in memory to written chunks",
        unit: "1/s",
        limit: 1e6,
        direction: "min",
      },
      sealPerSecond,
    ),
  ];
}

type Timed = Readonly<Record<"range" | "buckets" | "year" | "many", number>>;

/** In "200 entities" InfluxDB has only 31 of them. */
function aheadOfInflux(ours: Timed, influx: InfluxTimes | undefined): Bar {
  const bar = {
    ...{ bar: "ahead of InfluxDB in each question", unit: "times" },
    ...{ limit: 1, direction: "min" as const },
  };
  if (!influx)
    return unmeasured(bar, "no InfluxDB is installed: run tests/real-influxdb/install.sh");
  const ratios = {
    range: influx.range / ours.range,
    "500 buckets": influx.buckets / ours.buckets,
    "a year of hours": influx.year / ours.year,
    "200 entities": influx.many / ours.many,
  };
  for (const [name, ratio] of Object.entries(ratios)) {
    say(`${name}: ${influx.server} needs ${ratio.toFixed(1)} times as long`);
  }
  say(`(${influx.points} changes of 31 entities are in it: less than a tenth of ours)`);
  return measured(bar, Math.min(...Object.values(ratios)));
}

/** A random house: as many of each kind as the whole has. */
function sampleOfEntities(): string[] {
  return KINDS.flatMap(({ domain, name, count }) =>
    Array.from({ length: Math.round(count / 6) }, (_, n) => `${domain}.${name}_${n * 6}`),
  );
}

const yearOf = (history: History, n: number, before: number) =>
  history.statisticsJson({
    entityIds: [`sensor.minute_${n % 50}`],
    from: before - 365 * DAY_MS,
    to: before,
    period: "hour",
    timeZone: "Europe/Berlin",
  });

/** The same questions to Home Assistant's tables, with a part of the same changes: that favors it. */
async function recorderTimes(folder: string, history: History, span: number) {
  const file = join(folder, "recorder.db");
  const recorder = createRecorderFile(file);
  let rows = 0;
  for (let n = 0; n < RECORDER_ENTITIES; n += 1) {
    const [series] = await history.series({
      entityIds: [`sensor.minute_${n}`],
      from: TO - span,
      to: TO,
    });
    const changes = [...(series?.at ?? [])].map(
      (at, row): RecorderRow => ({
        change: {
          entityId: series?.entityId ?? "",
          ...{ at, kind: "state", newState: String(series?.value[row]) },
          context: { id: `01K${String(at).padStart(23, "0")}` },
          cause: { kind: "integration", confidence: 1 },
        },
        attributesJson: "{}",
      }),
    );
    recorder.write(changes);
    rows += changes.length;
  }
  recorder.close();
  const database = new DatabaseSync(file, { readOnly: true });
  const select = database.prepare(
    `select state, last_updated_ts from states where metadata_id = ?
     and last_updated_ts >= ? and last_updated_ts < ? order by metadata_id, last_updated_ts`,
  );
  const read = (n: number) =>
    select.all(n + 1, (TO - span) / 1000, TO / 1000) as {
      state: string;
      last_updated_ts: number;
    }[];
  const range = await medianMs(async (n) => JSON.stringify(read(n % RECORDER_ENTITIES)));
  const buckets = await medianMs(async (n) =>
    JSON.stringify(inBuckets(read(n % RECORDER_ENTITIES), span)),
  );
  database.close();
  return { range, buckets, rows };
}

function inBuckets(rows: readonly { state: string; last_updated_ts: number }[], span: number) {
  const buckets = new Map<number, { min: number; max: number; n: number; sum: number }>();
  for (const { state, last_updated_ts: at } of rows) {
    const value = Number(state);
    const key = Math.floor((at * 1000 - (TO - span)) / (span / 500));
    const known = buckets.get(key) ?? { min: value, max: value, n: 0, sum: 0 };
    known.min = Math.min(known.min, value);
    known.max = Math.max(known.max, value);
    known.n += 1;
    known.sum += value;
    buckets.set(key, known);
  }
  return [...buckets];
}
