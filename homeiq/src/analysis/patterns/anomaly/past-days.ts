import { DAY_MS } from "#foundation/time.ts";
import type { Household } from "../pattern.ts";
import { isHome, readerOf } from "../signal-grid/signal-grid.ts";

const MOST_DAYS = 120; // longer ago people lived otherwise

/** 24 hours each, counted back from the end: 0 is what is judged, the others are the past it is held against. */
export interface PastDays {
  placeOf(at: number): number | undefined;
  /** The days of the past on which somebody did something. */
  readonly lived: readonly number[];
  /** Whether all were away for most of what is judged, so that little could be done. */
  readonly isAway: boolean;
}

export function pastDaysOf(household: Household): PastDays {
  const { from, to, acts } = household;
  const days = Math.min(MOST_DAYS, Math.floor((to - from) / DAY_MS));
  const placeOf = (at: number) => {
    const place = Math.floor((to - 1 - at) / DAY_MS);
    return place >= 0 && place < days ? place : undefined;
  };
  const busy = new Set(acts.map(({ at }) => placeOf(at)));
  const lived = Array.from({ length: days }, (_, place) => place).filter(
    (place) => place > 0 && busy.has(place),
  );
  return { placeOf, lived, isAway: isAwayBefore(household, busy.has(0)) };
}

const LOOKS = 48;

/** Told by presence; where that says nothing, by that nothing at all was done. */
function isAwayBefore({ signals = [], to }: Household, isBusy: boolean): boolean {
  const people = signals.filter(({ of }) => of === "presence");
  const readers = people.map(readerOf);
  const moments = Array.from({ length: LOOKS }, (_, n) => to - DAY_MS + (n * DAY_MS) / LOOKS);
  const told = moments.map((at) => readers.map((read) => isHome(read(at))));
  const isTold = told.some((all) => all.some((one) => one !== undefined));
  if (!isTold) return !isBusy;
  const away = told.filter((all) => all.every((one) => one === false));
  return away.length * 2 > LOOKS;
}

/** The most surprising of one day. */
export interface Surprise<Of> {
  readonly score: number;
  readonly of: Of;
}

/**
 * How likely a day of the past has something as surprising as the one that is judged.
 *
 * Each is scored against the days other than itself, so all are alike if nothing is unusual; ties count against it.
 */
export function chanceOf(
  score: number,
  { lived }: PastDays,
  past: ReadonlyMap<number, Surprise<unknown>>,
): number {
  const asMuch = lived.filter((place) => (past.get(place)?.score ?? 0) >= score).length;
  return (asMuch + 1) / (lived.length + 1);
}

/** Keeps the most surprising of each day. */
export function keepMost<Of>(
  most: Map<number, Surprise<Of>>,
  place: number,
  one: Surprise<Of>,
): void {
  if (one.score > (most.get(place)?.score ?? 0)) most.set(place, one);
}
