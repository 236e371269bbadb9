import { discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { livedDaysOf } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import type { Contextual } from "./contextual-habit.ts";
import { findPresenceHabits } from "./presence.ts";
import { findSunHabits } from "./sun.ts";
import { findWeatherHabits } from "./weather.ts";

export type { Contextual, PresenceEvent, SunEvent } from "./contextual-habit.ts";

/**
 * Habits bound to the sun, to the weather, or to coming and going.
 *
 * Each must be explained better by its context than by the clock: the null model of each is the same acts by the clock
 * only. All events, weathers and streams that are tried count as tests.
 */
export function findContextual(household: Household): Contextual[] {
  const lived = livedDaysOf(household);
  const looks = [findSunHabits, findWeatherHabits, findPresenceHabits].map((find) =>
    find(lived, household),
  );
  const found = looks.flatMap((one) => one.found);
  const tests = looks.reduce((sum, one) => sum + one.tests, 0);
  const chances = found.map(({ chance }) => chance);
  const believed = discoveriesOf(chances, FALSE_DISCOVERIES, tests - found.length);
  return plainest(found.filter((_, index) => believed.has(index)));
}

/** Of what is told in several ways of one context, such as two quartiles of one temperature, the least likely chance. */
function plainest(found: readonly Contextual[]): Contextual[] {
  const order = [...found].sort(
    (one, other) => one.chance - other.chance || one.key.localeCompare(other.key),
  );
  const kept = new Map<string, Contextual>();
  for (const one of order) {
    const name = `${one.entityId} ${one.to} ${sideOf(one)}`;
    // The sun explains the weather of its hour, the weather does not explain the sun.
    const isSuns = one.context.of === "weather" && kept.has(`${one.entityId} ${one.to} sun`);
    if (!isSuns && !kept.has(name)) kept.set(name, one);
  }
  return [...kept.values()].sort(
    (one, other) => other.confidence - one.confidence || one.chance - other.chance,
  );
}

function sideOf({ context }: Contextual): string {
  if (context.of !== "presence") return context.of;
  return context.event === "arriving" || context.event === "first_home" ? "coming" : "going";
}
