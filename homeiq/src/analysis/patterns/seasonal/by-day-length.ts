import { sumOf } from "../circle/circle.ts";
import { exchangeScore, exchangeTails } from "../exchange/exchange.ts";
import type { LivedDays, PlacedStream } from "../lived-days/lived-days.ts";
import { sunMinutesOf } from "./day-length.ts";
import type { ByDayLength } from "./seasonal-habit.ts";

const LEAST = { days: 60, sunMinutes: 120, ratio: 2, more: 0.15, score: 3 };
const MOST_A_DAY = 3;
const TOLERATED = 1.2;

/** The lived days, those with the least sun first, in three parts. */
export interface DayLengths {
  readonly parts: readonly [readonly number[], readonly number[], readonly number[]];
  /** At the middle. */
  readonly sunMinutes: number;
}

/** Absent where the days are too few, or too much alike, to tell anything by their length. */
export function dayLengthsOf(
  { lived }: LivedDays,
  where: { readonly latitude?: number; readonly longitude?: number },
): DayLengths | undefined {
  const { latitude, longitude } = where;
  if (latitude === undefined || longitude === undefined || lived.length < LEAST.days) return;
  const days = lived
    .map((day) => ({ day, sun: sunMinutesOf(day, { latitude, longitude }) }))
    .sort((one, other) => one.sun - other.sun || one.day - other.day);
  const sunAt = (place: number) => days[place]?.sun ?? 0;
  if (sunAt(days.length - 1) - sunAt(0) < LEAST.sunMinutes) return undefined;
  const part = (n: number) =>
    days.slice((n * days.length) / 3, ((n + 1) * days.length) / 3).map(({ day }) => day);
  return { parts: [part(0), part(1), part(2)], sunMinutes: sunAt(days.length >> 1) };
}

export interface LengthFound {
  readonly when: ByDayLength;
  readonly chance: number;
  readonly perDay: number;
  readonly perDayOtherwise: number;
  readonly days: readonly number[];
}

/**
 * What is more frequent when days are short, or long, and in between in between.
 *
 * Null model: the days of the first and the last third are exchanged (exact permutation test, two sides).
 */
export function lengthFor(
  { byDay }: PlacedStream,
  { parts, sunMinutes }: DayLengths,
): LengthFound | undefined {
  const countsIn = (days: readonly number[]) =>
    days.map((day) => Math.min(MOST_A_DAY, byDay.get(day)?.length ?? 0));
  const [short, middle, long] = parts.map(countsIn) as [number[], number[], number[]];
  const [less, between, more] = [short, middle, long].map(
    (counts) => sumOf(counts) / counts.length,
  ) as [number, number, number];
  const isShort = less > more;
  const [perDay, perDayOtherwise] = [Math.max(less, more), Math.min(less, more)];
  if (perDay < LEAST.ratio * perDayOtherwise || perDay - perDayOtherwise < LEAST.more) return;
  const isBetween = between < TOLERATED * perDay && between > perDayOtherwise / TOLERATED;
  if (!isBetween) return undefined; // it comes and goes
  const both = [...short, ...long];
  const isIn = both.map((_, place) => place < short.length === isShort);
  if (exchangeScore(both, isIn) < LEAST.score) return undefined;
  return {
    when: { tentative: true, days: isShort ? "short" : "long", sunMinutes },
    chance: Math.min(1, 2 * exchangeTails(both, isIn).atLeast),
    ...{ perDay, perDayOtherwise, days: parts[isShort ? 0 : 2] },
  };
}
