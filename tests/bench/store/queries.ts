import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { DAY_MS } from "#src/foundation/time.ts";
import type { History } from "#src/ingest/history/history.ts";
import { filesOf } from "#src/store/files.ts";
import { openHistory } from "#support/history.ts";
import { createRecorderFile, type RecorderRow } from "#support/home-assistant-recorder.ts";
import { type Bar, measured } from "../../../tools/bars.ts";
import { fillStore, KINDS } from "./fifty-million.ts";

const TO = Date.UTC(2026, 8, 1);
const RUNS = 101; // the first twenty are also those in which the code is compiled
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
    range: await median((n) => range(n)),
    buckets: await median((n) => range(100 + n, 500)),
    year: await median((n) => yearOf(history, n, filled.from)),
    many: await median((n) => {
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

/** Milliseconds, the middle of `RUNS`, each on another entity. */
async function median(run: (n: number) => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < RUNS; n += 1) {
    const startedAt = performance.now();
    await run(n);
    times.push(performance.now() - startedAt);
  }
  return times.sort((one, other) => one - other)[RUNS >> 1] ?? Number.NaN;
}

/** The same questions to Home Assistant's tables, with a part of the same changes: that favors it. */
async function recorderTimes(folder: string, history: History, span: number) {
  const file = join(folder, "recorder.db");
  const recorder = createRecorderFile(file);
  let rows = 0;
  for (let n = 0; n < RUNS; n += 1) {
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
  const range = await median(async (n) => JSON.stringify(read(n)));
  const buckets = await median(async (n) => JSON.stringify(inBuckets(read(n), span)));
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
