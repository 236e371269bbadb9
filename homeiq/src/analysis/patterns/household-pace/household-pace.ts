import { atLeast } from "../chance/chance.ts";
import { sumOf } from "../circle/circle.ts";
import { type LivedDays, livedDaysOf, type PlacedStream } from "../lived-days/lived-days.ts";
import { once } from "../once/once.ts";
import type { Household } from "../pattern.ts";
import { timeAtHomeOf } from "./time-at-home.ts";

const MOST_A_DAY = 4; // of one kind: one thing that is used all the time does not make a busy day
const OTHERS = 40; // acts of other things; with far fewer all days count as equally busy
const ALIKE = 1.15; // days that are hardly busier explain nothing
const EXACT = 2_000; // acts; with more the share is plain enough

/** How busy the house is on each day: who is at home longer does more of everything. */
export interface HouseholdPace {
  /**
   * The chance that so many of its acts, or more, fall on the chosen days if it goes with all else that is done, or with
   * how long somebody is home: the greater of both.
   */
  atLeast(asked: Asked): number;
}

interface Asked {
  readonly stream: PlacedStream;
  /** Of each of these days whether it is chosen, and how often it came. */
  readonly days: readonly number[];
  readonly chosen: readonly boolean[];
  readonly counts: readonly number[];
}

export const paceOf = once((household: Household): HouseholdPace => {
  const lived: LivedDays = livedDaysOf(household);
  const busy = new Map<number, number>();
  const own = (stream: PlacedStream, day: number) =>
    Math.min(MOST_A_DAY, stream.byDay.get(day)?.length ?? 0);
  for (const stream of lived.streams) {
    for (const day of stream.byDay.keys()) busy.set(day, (busy.get(day) ?? 0) + own(stream, day));
  }

  const atHome = timeAtHomeOf(household, lived);

  const besideIt = ({ stream, days }: Asked) => {
    const mean = OTHERS / Math.max(1, days.length);
    return days.map((day) => (busy.get(day) ?? 0) - own(stream, day) + mean);
  };

  return {
    atLeast: (asked) =>
      Math.max(
        chanceBy(besideIt(asked), asked),
        atHome
          ? chanceBy(
              asked.days.map((day) => atHome.get(day) ?? 0),
              asked,
            )
          : 0,
      ),
  };
});

/** How likely it comes so often on the chosen days when it goes by how much there is on each. */
function chanceBy(much: readonly number[], { chosen, counts }: Asked): number {
  const [inside, outside] = [true, false].map((side) =>
    sumOf(much.filter((_, place) => chosen[place] === side)),
  ) as [number, number];
  const n = chosen.filter(Boolean).length;
  if (inside / n < ALIKE * (outside / (chosen.length - n))) return 0;
  const all = sumOf(counts);
  const k = sumOf(counts.filter((_, place) => chosen[place]));
  if (all > EXACT) return 0;
  return atLeast(k, new Array(all).fill(inside / (inside + outside)));
}
