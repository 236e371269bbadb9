import { sumOf } from "../circle/circle.ts";
import type { LivedDays } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { gridsOf, isHome, SLOTS, slotOf } from "../signal-grid/signal-grid.ts";

/**
 * How much would be done on each day by how long somebody is home on it, at the pace of each half hour; absent where no
 * presence is recorded. A half hour of which nobody's presence is known counts as one at home.
 */
export function timeAtHomeOf(
  { signals = [], timeZone }: Household,
  { lived, streams }: LivedDays,
): ReadonlyMap<number, number> | undefined {
  const people = signals.filter(({ of }) => of === "presence");
  if (people.length === 0) return undefined;
  const grids = gridsOf(people, lived, timeZone);
  const isAnybodyIn = (place: number) => {
    const told = grids.map(({ values }) => isHome(values[place]));
    return told.some((one) => one === true) || told.every((one) => one === undefined);
  };
  const isIn = lived.map((_, day) =>
    Array.from({ length: SLOTS }, (_, slot) => isAnybodyIn(day * SLOTS + slot)),
  );
  const done = new Array<number>(SLOTS).fill(0);
  for (const { acts } of streams) {
    for (const { minute } of acts) {
      const slot = slotOf(minute);
      done[slot] = (done[slot] ?? 0) + 1;
    }
  }
  const pace = done.map((acts, slot) => acts / Math.max(1, isIn.filter((day) => day[slot]).length));
  return new Map(
    isIn.map((slots, place) => [
      lived[place] as number,
      sumOf(slots.map((is, slot) => (is ? (pace[slot] as number) : 0))),
    ]),
  );
}
