import type { Act } from "../acts/acts.ts";
import { atLeast } from "../chance/chance.ts";
import { sumOf } from "../circle/circle.ts";
import { MINUTES } from "../house-days/house-days.ts";
import { BIN_MINUTES, BINS, profileOf } from "./profile.ts";

/** An act at its minute of the day. */
export interface PlacedAct {
  readonly act: Act;
  readonly minute: number;
}

/** By day, in order of time. */
export type ByDay = Map<number, PlacedAct[]>;

const HALF_WIDTHS = [15, 30, 60, 90]; // minutes
/** As many windows of a width as do not overlap, for each width: as many independent looks as are taken. */
const looks = (half: number) => (HALF_WIDTHS.length * MINUTES) / (2 * half);

export interface Window {
  readonly start: number;
  readonly length: number;
  readonly days: number;
  readonly expected: number;
  readonly chance: number;
}

/** The window whose days chance explains least. */
export function bestWindow(acts: ByDay, eligible: number, first: boolean): Window | undefined {
  const counts = new Float64Array(BINS);
  for (const some of acts.values()) for (const { minute } of some) add(counts, binOf(minute));
  const profile = profileOf(counts);
  const perDay = [...acts.values()].map((some) => some.length);
  let best: Window | undefined;
  for (const half of HALF_WIDTHS) {
    const length = (2 * half) / BIN_MINUTES;
    const days = daysIn(acts, length, first);
    const start = mostUnlikely(days, (bin) =>
      sumOf(chancesOf(profile, { start: bin, length, first, perDay })),
    );
    const chances = chancesOf(profile, { start, length, first, perDay });
    const k = days[start] as number;
    const chance = Math.min(1, looks(half) * atLeast(k, chances));
    const expected = sumOf(chances) / eligible;
    if (!best || chance < best.chance) best = { start, length, days: k, expected, chance };
  }
  return best;
}

/** On how many days something lies in the window that begins at a bin. */
function daysIn(acts: ByDay, length: number, first: boolean): Int32Array {
  const days = new Int32Array(BINS);
  const stamp = new Int32Array(BINS).fill(-1);
  let day = 0;
  for (const some of acts.values()) {
    for (const { minute } of first ? some.slice(0, 1) : some) {
      const bin = binOf(minute);
      for (let back = 0; back < length; back += 1) {
        const start = bin - back;
        if (first && start < 0) break; // the first of the day is not the last of the day before
        const place = (start + BINS) % BINS;
        if (stamp[place] === day) continue;
        stamp[place] = day;
        days[place] = (days[place] as number) + 1;
      }
    }
    day += 1;
  }
  return days;
}

/** By how many standard deviations, roughly; the exact chance is worked out for the winner. */
function mostUnlikely(days: Int32Array, expectedAt: (bin: number) => number): number {
  const most = Math.max(...days);
  let [best, score] = [0, Number.NEGATIVE_INFINITY];
  for (let bin = 0; bin < BINS; bin += 1) {
    const k = days[bin] as number;
    if (k * 2 < most) continue;
    const expected = expectedAt(bin);
    const own = (k - expected) / Math.sqrt(expected + 0.5);
    if (own > score) [best, score] = [bin, own];
  }
  return best;
}

interface Asked {
  readonly start: number;
  readonly length: number;
  readonly first: boolean;
  /** How often on each day on which it came at all. */
  readonly perDay: readonly number[];
}

/** Of each day, that it has something in the window, or its first. */
function chancesOf(
  profile: ReturnType<typeof profileOf>,
  { start, length, first, perDay }: Asked,
): number[] {
  if (!first) {
    const share = profile.share(start, length);
    return perDay.map((n) => 1 - (1 - share) ** n);
  }
  const later = (bin: number) => 1 - (profile.before[Math.min(BINS, bin)] as number);
  const [from, until] = [later(start), later(start + length)];
  return perDay.map((n) => from ** n - until ** n);
}

const binOf = (minute: number) => Math.min(BINS - 1, Math.floor(minute / BIN_MINUTES));

export const isIn = ({ start, length }: Window, minute: number): boolean =>
  (binOf(minute) - start + BINS) % BINS < length;

const add = (counts: Float64Array, bin: number) => {
  counts[bin] = (counts[bin] as number) + 1;
};
