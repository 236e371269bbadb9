import { type Act, kindsOf } from "#src/analysis/patterns/acts/acts.ts";
import { around } from "#src/analysis/patterns/circle/circle.ts";
import { createHouseDays } from "#src/analysis/patterns/house-days/house-days.ts";
import type { Household, TimeOfDay } from "#src/analysis/patterns/pattern.ts";
import { findTimesOfDay } from "#src/analysis/patterns/time-of-day/time-of-day.ts";
import { isOn } from "./homes.ts";

/** A day that came after a pattern was found: how sure it was, and whether it came true. */
export interface Trial {
  readonly confidence: number;
  readonly came: boolean;
}

/** What is found in the first part of a record, held against the days that follow. */
export function trialsOf(household: Household, share: number): Trial[] {
  const until = household.from + (household.to - household.from) * share;
  const known = household.acts.filter(({ at }) => at < until);
  const later = household.acts.filter(({ at }) => at >= until);
  const found = findTimesOfDay({ ...household, acts: known, to: until });
  return found.flatMap((pattern) => trialsOfPattern(pattern, household, later));
}

function trialsOfPattern(pattern: TimeOfDay, household: Household, later: readonly Act[]): Trial[] {
  const days = createHouseDays(household);
  const placed = later.map((act) => ({ act, ...days.placeOf(act.at) }));
  const lived = new Set(placed.map(({ day }) => day));
  const [first, last] = [Math.min(...lived), Math.max(...lived)]; // neither is whole
  const own = kindsOf(later).find(
    ([first]) => first?.entityId === pattern.entityId && first.to === pattern.to,
  );
  const minutes = Map.groupBy(own ?? [], ({ at }) => days.placeOf(at).day);
  return [...lived]
    .filter((day) => day > first && day < last)
    .filter((day) => {
      const { weekday, free } = days.dayOf(day);
      return isOn(pattern.on, weekday, free);
    })
    .map((day) => {
      const some = (minutes.get(day) ?? []).map(({ at }) => days.placeOf(at).minute);
      const asked = pattern.first ? some.slice(0, 1) : some;
      const came = asked.some(
        (minute) => Math.abs(around(minute - pattern.minute)) <= pattern.within,
      );
      return { confidence: pattern.confidence, came };
    });
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
