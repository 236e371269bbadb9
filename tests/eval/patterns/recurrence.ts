import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import type { Pattern } from "#src/analysis/patterns/any-pattern.ts";
import { around } from "#src/analysis/patterns/circle/circle.ts";
import type { CoActivation } from "#src/analysis/patterns/co-activation/co-activation.ts";
import { findPatterns } from "#src/analysis/patterns/find-patterns.ts";
import { createHouseDays, type HouseDays } from "#src/analysis/patterns/house-days/house-days.ts";
import type { Household, TimeOfDay } from "#src/analysis/patterns/pattern.ts";
import { MINUTE_MS } from "#src/foundation/time.ts";
import { isOn } from "./homes.ts";

/** A day that came after a pattern was found: how sure it was, and whether it came true. */
export interface Trial {
  readonly confidence: number;
  readonly came: boolean;
}

/** What is found in the first part of a record, held against the days that follow; of kinds that say when they come. */
export function trialsOf(household: Household, share: number): Trial[] {
  const until = household.from + (household.to - household.from) * share;
  const isKnown = ({ at }: Act) => at < until;
  const known = household.acts.filter(isKnown);
  const traces = (household.traces ?? []).filter(isKnown);
  const found = findPatterns({ ...household, acts: known, traces, to: until });
  const later = createLater(household, until);
  return found.flatMap((pattern) =>
    cameOf(pattern, later).map((came) => ({ confidence: pattern.confidence, came })),
  );
}

interface Later {
  readonly days: HouseDays;
  /** Whole days on which somebody did something, after it was found. */
  readonly lived: readonly number[];
  actsOf(step: { readonly entityId: string; readonly to: string }): readonly Act[];
  /** On that day, minutes since it began. */
  minutesOn(
    day: number,
    of: { readonly entityId: string; readonly to: string },
    person?: string,
  ): number[];
  isActive(person: string, day: number): boolean;
}

function createLater(household: Household, until: number): Later {
  const days = createHouseDays(household);
  const acts = household.acts.filter(({ at }) => at >= until);
  const all = [...acts, ...(household.traces ?? []).filter(({ at }) => at >= until)];
  const nameOf = (one: { entityId: string; to: string }) => `${one.entityId} ${one.to}`;
  const byName = Map.groupBy(all, nameOf);
  const lived = [...new Set(acts.map(({ at }) => days.placeOf(at).day))].slice(1, -1); // the ends are no whole days
  const active = new Set(acts.map(({ at, person }) => `${person} ${days.placeOf(at).day}`));
  const byDay = new Map(
    [...byName].map(([name, own]) => [name, Map.groupBy(own, ({ at }) => days.placeOf(at).day)]),
  );
  return {
    ...{ days, lived },
    actsOf: (step) => byName.get(nameOf(step)) ?? [],
    minutesOn: (day, of, person) =>
      (byDay.get(nameOf(of))?.get(day) ?? [])
        .filter((act) => person === undefined || act.person === person)
        .map(({ at }) => days.placeOf(at).minute),
    isActive: (person, day) => active.has(`${person} ${day}`),
  };
}

function cameOf(pattern: Pattern, later: Later): boolean[] {
  const { days, lived } = later;
  const cameOn = (eligible: readonly number[]) =>
    eligible.map((day) => later.minutesOn(day, pattern as TimeOfDay).length > 0);
  switch (pattern.kind) {
    case "time_of_day":
      return lived
        .filter((day) => isOn(pattern.on, days.dayOf(day).weekday, days.dayOf(day).free))
        .map((day) => isThen(pattern, later.minutesOn(day, pattern, pattern.person)));
    case "co_activation":
      return followed(pattern, later);
    case "day_type":
      if (pattern.differs !== "count") return [];
      return cameOn(
        lived.filter((day) => {
          const { weekday, free } = days.dayOf(day);
          if (pattern.on === "workday") return !free;
          return free && weekday >= 5 === (pattern.on === "weekend");
        }),
      );
    case "frequency": {
      const { what } = pattern;
      if (what.is !== "weekly") return cameOn(lived);
      return cameOn(lived.filter((day) => what.weekdays.includes(days.dayOf(day).weekday)));
    }
    case "seasonal":
      return cameOn(lived);
    case "person":
      return lived
        .filter((day) => later.isActive(pattern.person, day))
        .map((day) => {
          const { from, until } = pattern.between ?? { from: 0, until: 1440 };
          const own = later.minutesOn(day, pattern, pattern.person);
          return own.some((minute) => minute >= from && minute < until);
        });
    case "routine":
      return lived
        .filter((day) => isOn(pattern.on, days.dayOf(day).weekday, days.dayOf(day).free))
        .map((day) => {
          const done = pattern.members.filter((member) =>
            later
              .minutesOn(day, member)
              .some((minute) => Math.abs(minute - pattern.minute - member.afterMinutes) <= ROUTINE),
          );
          return done.length >= Math.max(2, pattern.members.length / 2);
        });
    default:
      return []; // what it depends on is not told by days
  }
}

const ROUTINE = 90; // minutes

function isThen(pattern: TimeOfDay, minutes: readonly number[]): boolean {
  const asked = pattern.first ? minutes.slice(0, 1) : minutes;
  return asked.some((minute) => Math.abs(around(minute - pattern.minute)) <= pattern.within);
}

/** Of the times at which the trigger came after a pause, at its hours. */
function followed(
  { trigger, hours, withinMinutes, ...act }: CoActivation,
  later: Later,
): boolean[] {
  const within = withinMinutes * MINUTE_MS;
  const followers = later.actsOf(act);
  const tries = later
    .actsOf(trigger)
    .filter(({ at }, n, all) => n === 0 || at - (all[n - 1] as Act).at > within)
    .filter(({ at }) => {
      const { minute } = later.days.placeOf(at);
      return !hours || (minute >= hours.start && minute <= hours.end) || minute + 1440 <= hours.end;
    });
  return tries.map(({ at }) => followers.some((one) => one.at > at && one.at <= at + within));
}

const BINS = 10;

/** How far confidence and what came of it are apart, on average, weighted by how often each is said. */
export function calibrationError(trials: readonly Trial[]): number {
  const bins = Map.groupBy(trials, ({ confidence }) => Math.floor(confidence * BINS));
  let error = 0;
  for (const some of bins.values()) {
    const said = some.reduce((sum, { confidence }) => sum + confidence, 0);
    const came = some.filter((one) => one.came).length;
    error += Math.abs(said - came);
  }
  return error / trials.length;
}
