import type { Slot } from "#enrichment/provider.ts";
import { HOUR_MS } from "#foundation/time.ts";
import { wallAt } from "#foundation/wall-time.ts";
import type { OccupancyHint } from "./hints.ts";
import type { Meaning } from "./rules.ts";

export interface OccupancyHour extends Slot {
  /** How likely somebody is at home, 0 to 1; absent when neither a habit nor an event says anything. */
  readonly home?: number;
  /** The event that changed it. */
  readonly because?: OccupancyHint;
}

/** An hour of which it is known whether somebody was at home, from the history of persons. */
export interface PresenceHour extends Slot {
  /** The part of the hour with somebody at home, 0 to 1. */
  readonly home: number;
}

const EFFECTS: Readonly<Record<Meaning, "home" | "away" | undefined>> = {
  home_office: "home",
  guests: "home",
  vacation: "away",
  away: "away",
  school_holiday: undefined, // it changes who is at home, not whether anybody is
};
const WORK_HOURS = { from: 8, until: 18 };
const HOURS = 7 * 24;
const FEWEST_SEEN = 2; // one Tuesday is no habit

interface Known {
  readonly hints: readonly OccupancyHint[];
  /** Of the weeks before `from`; without any only events count. */
  readonly history: readonly PresenceHour[];
  /** The start of an hour. */
  readonly from: number;
  readonly timeZone: string;
  /** How many; a week when not given. */
  readonly hours?: number;
}

/** The hours to come: the habit of the same hour of the same weekday, moved by the surest event of that hour. */
export function predictOccupancy(known: Known): readonly OccupancyHour[] {
  const { hints, history, from, timeZone, hours = HOURS } = known;
  const habits = learnHabits(history, timeZone);
  return Array.from({ length: hours }, (_, index) => {
    const start = from + index * HOUR_MS;
    const slot = { start, end: start + HOUR_MS };
    const habit = habits.get(hourOfWeek(start, timeZone));
    const hint = findSurest(hints, slot, timeZone);
    if (!hint) return { ...slot, ...(habit === undefined ? {} : { home: habit }) };
    const before = habit ?? 0.5;
    const isHome = EFFECTS[hint.meaning] === "home";
    const home = isHome ? before + (1 - before) * hint.confidence : before * (1 - hint.confidence);
    return { ...slot, home, because: hint };
  });
}

function learnHabits(
  history: readonly PresenceHour[],
  timeZone: string,
): ReadonlyMap<number, number> {
  const groups = Map.groupBy(history, ({ start }) => hourOfWeek(start, timeZone));
  return new Map(
    [...groups]
      .filter(([, seen]) => seen.length >= FEWEST_SEEN)
      .map(([hour, seen]) => [hour, seen.reduce((sum, { home }) => sum + home, 0) / seen.length]),
  );
}

const hourOfWeek = (at: number, timeZone: string) =>
  Math.floor(wallAt(timeZone, at) / HOUR_MS) % HOURS;

function findSurest(
  hints: readonly OccupancyHint[],
  { start, end }: Slot,
  timeZone: string,
): OccupancyHint | undefined {
  const hour = Math.floor(wallAt(timeZone, start) / HOUR_MS) % 24;
  const isWorkHour = hour >= WORK_HOURS.from && hour < WORK_HOURS.until;
  return hints
    .filter(({ meaning, event, ...hint }) => {
      if (EFFECTS[meaning] === undefined || hint.start >= end || hint.end <= start) return false;
      return meaning !== "home_office" || !event.isAllDay || isWorkHour;
    })
    .sort((one, other) => other.confidence - one.confidence)[0];
}

export interface OccupancyAccuracy {
  /** Hours of which both are known. */
  readonly hours: number;
  /** The part of them that was right. */
  readonly right: number;
  /** The part that "as most of the time" would have had right. */
  readonly rightByGuessing: number;
  /** Mean squared error; 0 is perfect, 0.25 knows nothing. */
  readonly brier: number;
}

/** How good a prediction was; `undefined` when nothing can be compared. */
export function measureAccuracy(
  predicted: readonly OccupancyHour[],
  seen: readonly PresenceHour[],
): OccupancyAccuracy | undefined {
  const truth = new Map(seen.map(({ start, home }) => [start, home]));
  const pairs = predicted.flatMap(({ start, home }) => {
    const was = truth.get(start);
    return home === undefined || was === undefined ? [] : [{ home, was }];
  });
  if (pairs.length === 0) return undefined;
  const partOf = (is: (pair: { home: number; was: number }) => boolean) =>
    pairs.filter(is).length / pairs.length;
  const atHome = partOf(({ was }) => was >= 0.5);
  return {
    hours: pairs.length,
    right: partOf(({ home, was }) => home >= 0.5 === was >= 0.5),
    rightByGuessing: Math.max(atHome, 1 - atHome),
    brier: pairs.reduce((sum, { home, was }) => sum + (home - was) ** 2, 0) / pairs.length,
  };
}
