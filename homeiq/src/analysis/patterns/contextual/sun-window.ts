import type { PlacedAct } from "../lived-days/lived-days.ts";

const BIN = 5; // minutes
const REACH = 180; // minutes before and after: what is further has little to do with the sun
const LENGTHS = [30, 60, 90]; // minutes
const STARTS = (2 * REACH) / BIN;
const CLOCK_BINS = 1440 / BIN;

/** A day on which it came, and when the sun did on it. */
export interface SunDay {
  readonly sun: number;
  /** Minutes since the day began. */
  readonly acts: readonly PlacedAct[];
}

export interface SunWindow {
  /** Minutes after the sun. */
  readonly start: number;
  readonly length: number;
  /** On how many days something lies in it. */
  readonly days: number;
  /** Of each day, that it would have something there by the clock only. */
  readonly chances: readonly number[];
  readonly looks: number;
}

/** The window about the sun with more days than the clock explains, if one has `least`. */
export function bestSunWindow(days: readonly SunDay[], least: number): SunWindow | undefined {
  const before = clockOf(days);
  let [best, score] = [undefined as SunWindow | undefined, 0];
  for (const length of LENGTHS) {
    const hits = daysIn(days, length);
    const most = Math.max(...hits);
    if (most < least) continue;
    for (let place = 0; place < STARTS; place += 1) {
      const k = hits[place] as number;
      if (k < least || k * 4 < most * 3) continue;
      const start = place * BIN - REACH;
      const chances = chancesOf(days, { start, length, before });
      const expected = chances.reduce((sum, one) => sum + one, 0);
      const own = (k - expected) / Math.sqrt(expected + 0.5);
      if (own <= score) continue;
      [best, score] = [{ start, length, days: k, chances, looks: looksOf() }, own];
    }
  }
  return best;
}

/** As many windows as do not overlap. */
const looksOf = () => LENGTHS.reduce((sum, length) => sum + (2 * REACH) / length, 0);

/** On how many days something lies in the window that begins at a bin. */
function daysIn(days: readonly SunDay[], length: number): Int32Array {
  const hits = new Int32Array(STARTS);
  const stamp = new Int32Array(STARTS).fill(-1);
  for (const [day, { sun, acts }] of days.entries()) {
    for (const { minute } of acts) {
      const bin = Math.floor((minute - sun + REACH) / BIN);
      for (let back = 0; back < length / BIN; back += 1) {
        const start = bin - back;
        if (start < 0 || start >= STARTS || stamp[start] === day) continue;
        stamp[start] = day;
        hits[start] = (hits[start] as number) + 1;
      }
    }
  }
  return hits;
}

/** How many acts come before a bin of the clock. */
function clockOf(days: readonly SunDay[]): Float64Array {
  const before = new Float64Array(CLOCK_BINS + 1);
  for (const { acts } of days) {
    for (const { minute } of acts) {
      const bin = Math.floor(minute / BIN) + 1;
      before[bin] = (before[bin] as number) + 1;
    }
  }
  for (let bin = 1; bin <= CLOCK_BINS; bin += 1) {
    before[bin] = (before[bin] as number) + (before[bin - 1] as number);
  }
  return before;
}

interface Asked {
  readonly start: number;
  readonly length: number;
  readonly before: Float64Array;
}

/** That a day has something in the window if its acts came when those of the other days do, by the clock. */
function chancesOf(days: readonly SunDay[], { start, length, before }: Asked): number[] {
  const total = before[CLOCK_BINS] as number;
  const until = (minute: number) =>
    before[Math.max(0, Math.min(CLOCK_BINS, Math.floor(minute / BIN)))] as number;
  return days.map(({ sun, acts }) => {
    const from = sun + start;
    let own = 0;
    for (const { minute } of acts) if (minute >= from && minute < from + length) own += 1;
    const others = Math.max(0, until(from + length + BIN / 2) - until(from + BIN / 2) - own);
    const share = (others + length / 1440) / (total - acts.length + 1);
    return 1 - (1 - Math.min(1, share)) ** acts.length;
  });
}
