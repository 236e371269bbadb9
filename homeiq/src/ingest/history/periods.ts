import { DAY_MS } from "#foundation/time.ts";
import { wallAt } from "#foundation/wall-time.ts";
import { LONG_MS, SHORT_MS, type Statistic } from "./statistics/statistics.ts";

export const STATISTIC_PERIODS = ["5minute", "hour", "day", "week", "month"] as const;
export type StatisticPeriod = (typeof STATISTIC_PERIODS)[number];

const WEEK = 7;
const FIRST_WEEKDAY = 3; // 1970-01-01 was a Thursday

interface Calendar {
  readonly period: StatisticPeriod;
  /** Days, weeks and months are those of the house. */
  readonly timeZone: string;
}

/** Hours put together to days, weeks or months of the house; five minutes and hours as they are. */
export function sumUp(rows: readonly Statistic[], calendar: Calendar): readonly Statistic[] {
  if (calendar.period === "5minute" || calendar.period === "hour") return rows;
  const startOf = createStarts(calendar);
  return [...Map.groupBy(rows, ({ start }) => startOf(start))].map(([start, group]) =>
    together(start, group),
  );
}

/** Tells the end of the period that begins at a moment. */
export function createEnds(calendar: Calendar): (start: number) => number {
  if (calendar.period === "5minute") return (start) => start + SHORT_MS;
  if (calendar.period === "hour") return (start) => start + LONG_MS;
  const startOf = createStarts(calendar);
  return (start) => {
    // The first hour that belongs to another period; a month has at most 745 of them.
    let low = 1;
    let high = 32 * 24;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (startOf(start + middle * LONG_MS) > start) high = middle;
      else low = middle + 1;
    }
    return start + low * LONG_MS;
  };
}

function together(start: number, rows: readonly Statistic[]): Statistic {
  const numbers = rows.filter(({ last }) => !Number.isNaN(last));
  const count = rows.reduce((sum, row) => sum + row.count, 0);
  const states = new Map<string, number>();
  for (const row of rows) {
    for (const [state, ms] of row.states) states.set(state, (states.get(state) ?? 0) + ms);
  }
  const sum = (pick: (row: Statistic) => number) =>
    numbers.reduce((total, row) => total + (Number.isNaN(pick(row)) ? 0 : pick(row)), 0);
  const weightOf = (row: Statistic) => Math.max(1, row.count);
  const weight = sum(weightOf);
  const none = numbers.length === 0;
  return {
    start,
    count,
    mean: none ? Number.NaN : sum((row) => row.mean * weightOf(row)) / weight,
    timeWeightedMean: none
      ? Number.NaN
      : sum((row) => row.timeWeightedMean) /
        numbers.filter((row) => !Number.isNaN(row.timeWeightedMean)).length,
    min: none ? Number.NaN : Math.min(...numbers.map(({ min }) => min)),
    max: none ? Number.NaN : Math.max(...numbers.map(({ max }) => max)),
    last: numbers.at(-1)?.last ?? Number.NaN,
    rise: none ? Number.NaN : sum((row) => row.rise),
    states,
    imported: rows.every(({ imported }) => imported),
  };
}

/** Start of the period that a moment lies in, in the house's time. */
function createStarts({ period, timeZone }: Calendar): (at: number) => number {
  /** The same for all moments of one period. */
  const nameOf = (at: number): number => {
    const wall = wallAt(timeZone, at);
    const day = Math.floor(wall / DAY_MS);
    if (period === "day") return day;
    if (period === "week") return Math.floor((day + FIRST_WEEKDAY) / WEEK);
    const date = new Date(wall);
    return date.getUTCFullYear() * 12 + date.getUTCMonth();
  };
  const starts = new Map<number, number>();
  return (at) => {
    const name = nameOf(at);
    const known = starts.get(name);
    if (known !== undefined) return known;
    let start = Math.floor(at / LONG_MS) * LONG_MS;
    while (nameOf(start - LONG_MS) === name) start -= LONG_MS;
    starts.set(name, start);
    return start;
  };
}
