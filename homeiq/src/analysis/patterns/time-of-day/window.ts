import { atLeast } from "../chance/chance.ts";
import { sumOf } from "../circle/circle.ts";
import type { PlacedAct } from "../lived-days/lived-days.ts";
import { BIN_MINUTES, BINS, type Profile, profileOf } from "./profile.ts";

/** By day, in order of time. */
export type ByDay = ReadonlyMap<number, readonly PlacedAct[]>;

const AWAKE_BINS = 192; // sixteen hours
const HALF_WIDTHS = [15, 30, 60, 90]; // minutes
/** As many windows of a width as do not overlap, for each width: as many independent looks as are taken. */
const looks = (length: number) => (HALF_WIDTHS.length * BINS) / length;

export interface Window {
  readonly start: number;
  readonly length: number;
  readonly days: number;
  /** Of the days, the share that would have something in it; by the more frequent flank, where that is more. */
  readonly expected: number;
  readonly chance: number;
}

interface Wanted {
  /** How many days there were, with it or without. */
  readonly eligible: number;
  /** Fewer days are no habit: a window with fewer is not looked at. */
  readonly least: number;
  readonly first: boolean;
  /** Bins of the windows that were found before: nothing of them is left among the acts. */
  readonly taken: ReadonlySet<number>;
}

/** The window whose days chance explains least, of those with enough of them. */
export function bestWindow(
  acts: ByDay,
  { eligible, least, first, taken }: Wanted,
): Window | undefined {
  const enough = HALF_WIDTHS.map((half) => (2 * half) / BIN_MINUTES)
    .map((length) => ({ length, days: daysIn(acts, length, first) }))
    .filter(({ days }) => days.some((k) => k >= least));
  if (enough.length === 0) return undefined;
  const counts = new Float64Array(BINS);
  for (const some of acts.values()) for (const { minute } of some) add(counts, binOf(minute));
  const profile = profileOf(counts, taken);
  const perDay = [...acts.values()].map((some) => some.length);
  const often = [...Map.groupBy(perDay, (n) => n)].map(([n, some]) => ({ n, days: some.length }));
  let best: Window | undefined;
  for (const { length, days } of enough) {
    // The day has edges at which a smooth profile falls too early: as much as all day long is always usual.
    const anyHour = length / (AWAKE_BINS - Math.min(taken.size, AWAKE_BINS / 2));
    const at = (start: number) => dayChance(profile, { start, length, first, anyHour });
    const start = mostUnlikely(days, least, (bin) => {
      const chance = at(bin);
      return sumOf(often.map((one) => one.days * chance(one.n)));
    });
    const chances = perDay.map(at(start));
    const k = days[start] as number;
    const chance = Math.min(1, looks(length) * atLeast(k, chances));
    const around = first ? 0 : shareAround(counts, { start, length });
    const byFlanks = sumOf(often.map(({ n, days: some }) => some * (1 - (1 - around) ** n)));
    const expected = Math.max(sumOf(chances), byFlanks) / eligible;
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
function mostUnlikely(
  days: Int32Array,
  least: number,
  expectedAt: (bin: number) => number,
): number {
  let [best, score] = [0, Number.NEGATIVE_INFINITY];
  for (let bin = 0; bin < BINS; bin += 1) {
    const k = days[bin] as number;
    if (k < least) continue;
    const expected = expectedAt(bin);
    const own = (k - expected) / Math.sqrt(expected + 0.5);
    if (own > score) [best, score] = [bin, own];
  }
  return best;
}

/** What the window would hold if as much came in it as in the more frequent of those beside it: the day's edge is none. */
function shareAround(
  counts: Float64Array,
  { start, length }: Pick<Place, "start" | "length">,
): number {
  let total = 0;
  for (const count of counts) total += count;
  const countIn = (from: number) => {
    let sum = 0;
    for (let n = 0; n < length; n += 1) sum += counts[(from + n + BINS) % BINS] as number;
    return sum;
  };
  return Math.min(1, Math.max(countIn(start - length), countIn(start + length)) / total);
}

interface Place {
  readonly start: number;
  readonly length: number;
  readonly first: boolean;
  /** The share of a window of that length at any waking hour. */
  readonly anyHour: number;
}

/** The chance that a day on which it came `n` times has it, or its first, in the window. */
function dayChance(
  profile: Profile,
  { start, length, first, anyHour }: Place,
): (n: number) => number {
  if (!first) {
    const share = Math.min(1, Math.max(anyHour, profile.share(start, length)));
    return (n) => 1 - (1 - share) ** n;
  }
  const later = (bin: number) => 1 - (profile.before[Math.min(BINS, bin)] as number);
  const [from, until] = [later(start), later(start + length)];
  return (n) => from ** n - until ** n;
}

const binOf = (minute: number) => Math.min(BINS - 1, Math.floor(minute / BIN_MINUTES));

/** The bins of a window. */
export const binsOf = ({ start, length }: Window): number[] =>
  Array.from({ length }, (_, n) => (start + n) % BINS);

export const isIn = ({ start, length }: Window, minute: number): boolean =>
  (binOf(minute) - start + BINS) % BINS < length;

const add = (counts: Float64Array, bin: number) => {
  counts[bin] = (counts[bin] as number) + 1;
};
