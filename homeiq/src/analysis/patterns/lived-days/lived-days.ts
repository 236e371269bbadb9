import { type Act, kindsOf } from "../acts/acts.ts";
import { createHouseDays, type HouseDays } from "../house-days/house-days.ts";
import { once } from "../once/once.ts";
import type { Household } from "../pattern.ts";

/** An act on its day, at its minute of that day. */
export interface PlacedAct {
  readonly act: Act;
  readonly day: number;
  readonly minute: number;
}

/** All of one kind: an entity brought to a state, on days that were lived. */
export interface PlacedStream {
  readonly entityId: string;
  readonly to: string;
  /** In order of time. */
  readonly acts: readonly PlacedAct[];
  readonly byDay: ReadonlyMap<number, readonly PlacedAct[]>;
}

export interface LivedDays {
  readonly days: HouseDays;
  /** Whole days on which somebody did something, in order: a week away has none. */
  readonly lived: readonly number[];
  readonly streams: readonly PlacedStream[];
}

/** What people did, by its kind and by the days on which they were there. */
export const livedDaysOf = once((household: Household): LivedDays => {
  const days = createHouseDays(household);
  const [first, last] = [days.placeOf(household.from), days.placeOf(household.to)];
  const isWhole = (day: number) =>
    day < last.day && (first.minute === 0 ? day >= first.day : day > first.day);
  const streams = kindsOf(household.acts).flatMap((kind): PlacedStream[] => {
    const acts = kind
      .map((act): PlacedAct => ({ act, ...days.placeOf(act.at) }))
      .filter(({ day }) => isWhole(day));
    const [{ entityId, to }] = kind as [Act];
    const byDay = Map.groupBy(acts, ({ day }) => day);
    return acts.length === 0 ? [] : [{ entityId, to, acts, byDay }];
  });
  const lived = [...new Set(streams.flatMap(({ byDay }) => [...byDay.keys()]))];
  lived.sort((one, other) => one - other);
  return { days, lived, streams };
});
