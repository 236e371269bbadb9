import type { DiaryStream } from "../diary/diary.ts";
import { MINUTES } from "../house-days/house-days.ts";

export const BIN_MINUTES = 10;
export const BINS = MINUTES / BIN_MINUTES;
const SPREAD_BINS = 6; // standard deviation, an hour: the household's lively hours stay lively
const ANY_TIME = 0.1; // of what happens at no particular time

/** When the household does anything at all on days of a kind. */
export interface Profile {
  /** The share of all acts in bins from `start`, inclusive, to `end`, exclusive; both within the day. */
  share(start: number, end: number): number;
}

export function profileOf(streams: readonly DiaryStream[], days: ReadonlySet<number>): Profile {
  const counts = new Float64Array(BINS);
  let total = 0;
  for (const { day, minute } of streams) {
    for (let n = 0; n < day.length; n += 1) {
      if (!days.has(day[n] as number)) continue;
      const bin = binOf(minute[n] as number);
      counts[bin] = (counts[bin] as number) + 1;
      total += 1;
    }
  }
  const density = counts.map((_, bin) => {
    const near = counts.reduce((sum, count, other) => sum + count * kernel(bin - other), 0);
    return ANY_TIME / BINS + ((1 - ANY_TIME) * near) / Math.max(1, total);
  });
  const before = new Float64Array(BINS + 1);
  for (let bin = 0; bin < BINS; bin += 1) {
    before[bin + 1] = (before[bin] as number) + (density[bin] as number);
  }
  const sum = before[BINS] as number;
  const until = (bin: number) => before[Math.min(BINS, Math.max(0, bin))] as number;
  return { share: (start, end) => (until(end) - until(start)) / sum };
}

export const binOf = (minute: number): number =>
  Math.min(BINS - 1, Math.floor(minute / BIN_MINUTES));

function kernel(away: number): number {
  const near = Math.min(Math.abs(away), BINS - Math.abs(away));
  return Math.exp(-(near ** 2) / (2 * SPREAD_BINS ** 2)) / (SPREAD_BINS * Math.sqrt(2 * Math.PI));
}
