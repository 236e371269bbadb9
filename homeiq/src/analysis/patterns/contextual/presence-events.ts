import type { HouseDays } from "../house-days/house-days.ts";
import type { Household, Signal } from "../pattern.ts";
import { isHome } from "../signal-grid/signal-grid.ts";
import type { PresenceEvent } from "./contextual-habit.ts";

export interface Moment {
  readonly at: number;
  readonly day: number;
  readonly minute: number;
}

/** The times of one event of presence. */
export interface PresenceTimes {
  readonly event: PresenceEvent;
  readonly signalId?: string;
  readonly moments: readonly Moment[];
}

/** Comings and goings of each, and of all together; where all are known. */
export function presenceTimesOf(
  { signals = [], from, to }: Household,
  days: HouseDays,
): PresenceTimes[] {
  const people = signals.filter(({ of }) => of === "presence");
  if (people.length === 0) return [];
  const moments = (changes: readonly Change[], isThere: boolean) =>
    changes
      .filter((one) => one.isThere === isThere && one.at >= from && one.at < to)
      .map(({ at }) => ({ at, ...days.placeOf(at) }));
  const own = people.flatMap(({ id: signalId, steps }): PresenceTimes[] => {
    const changes = changesOf(steps.map(({ at, value }) => ({ at, isThere: isHome(value) })));
    return [
      { event: "arriving", signalId, moments: moments(changes, true) },
      { event: "leaving", signalId, moments: moments(changes, false) },
    ];
  });
  const all = anybody(people);
  return [
    { event: "first_home", moments: moments(all, true) },
    { event: "all_away", moments: moments(all, false) },
    ...(people.length > 1 ? own : []), // of one person alone both are the same
  ];
}

interface Step {
  readonly at: number;
  readonly isThere: boolean | undefined;
}
interface Change extends Step {
  readonly isThere: boolean;
}

/** Only where it became known from the opposite: not after an outage. */
function changesOf(steps: readonly Step[]): Change[] {
  return steps.flatMap(({ at, isThere }, place) => {
    const before = steps[place - 1]?.isThere;
    return isThere === undefined || before === undefined || before === isThere
      ? []
      : [{ at, isThere }];
  });
}

/** Whether somebody is there; known while all are. */
function anybody(people: readonly Signal[]): Change[] {
  const now = new Map<string, boolean | undefined>(people.map(({ id }) => [id, undefined]));
  const steps = people
    .flatMap(({ id, steps }) => steps.map(({ at, value }) => ({ id, at, isThere: isHome(value) })))
    .sort((one, other) => one.at - other.at);
  const together = steps.map(({ id, at, isThere }): Step => {
    now.set(id, isThere);
    const known = [...now.values()];
    if (known.includes(true)) return { at, isThere: true };
    return { at, isThere: known.includes(undefined) ? undefined : false };
  });
  return changesOf(together);
}
