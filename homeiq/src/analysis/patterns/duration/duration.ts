import { discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { createHouseDays } from "../house-days/house-days.ts";
import type { Household } from "../pattern.ts";
import { phasesOf } from "../phases/phases.ts";
import type { Duration, Looks } from "./duration-habit.ts";
import { findLeftOn } from "./left-on.ts";
import { unattendedOf } from "./unattended.ts";
import { findUsual } from "./usual.ts";

export type { Duration, LeftOn, UsualDuration } from "./duration-habit.ts";

/**
 * How long things usually stay on after people turned them on, and what is left on when nobody is there or awake.
 *
 * The null models are stated with each: ends at any moment for what is usual, and what is usual for what is left on.
 */
export function findDurations(household: Household): Duration[] {
  const days = createHouseDays(household);
  const stretches = unattendedOf(household, days);
  const byKind = Map.groupBy(phasesOf(household), ({ entityId, to }) => `${entityId} ${to}`);
  const groups = [...byKind.values()];
  const usual = believed(findUsual(groups, days));
  const known = new Map(usual.map((one) => [`${one.entityId} ${one.to}`, one]));
  const looks = [...byKind].map(([name, phases]) =>
    findLeftOn({ phases, stretches, days, usual: known.get(name) }),
  );
  const left = believed({
    found: looks.flatMap((one) => one.found),
    tests: looks.reduce((sum, one) => sum + one.tests, 0),
  });
  return [...usual, ...left].sort(
    (one, other) => other.confidence - one.confidence || one.chance - other.chance,
  );
}

function believed<Found extends Duration>({ found, tests }: Looks<Found>): Found[] {
  const chances = found.map(({ chance }) => chance);
  const discoveries = discoveriesOf(chances, FALSE_DISCOVERIES, tests - found.length);
  return found.filter((_, index) => discoveries.has(index));
}
