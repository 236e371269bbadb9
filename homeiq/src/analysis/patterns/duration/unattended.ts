import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { HouseDays } from "../house-days/house-days.ts";
import type { Household } from "../pattern.ts";
import { isHome, readerOf } from "../signal-grid/signal-grid.ts";
import type { LeftOn } from "./duration-habit.ts";

/** A stretch of time in which nobody looks after things. */
export interface Stretch {
  readonly while: LeftOn["while"];
  readonly from: number;
  readonly until: number;
}

const LEAST_AWAY_MS = 45 * MINUTE_MS;
const LEAST_NIGHT_MS = 4 * HOUR_MS;
/** Minutes since 04:00: whoever does nothing more from between 20:00 and 04:00 on sleeps. */
const BED = 16 * 60;

/** When all were away, and when nobody who was at home did anything for a night. In order of time. */
export function unattendedOf(household: Household, days: HouseDays): Stretch[] {
  const away = awayOf(household);
  const nights = nightsOf(household, days).filter(
    (night) => !away.some((one) => one.from < night.until && night.from < one.until),
  );
  return [...away, ...nights].sort((one, other) => one.from - other.from);
}

function awayOf({ signals = [], to }: Household): Stretch[] {
  const people = signals.filter(({ of }) => of === "presence");
  if (people.length === 0) return [];
  const readers = people.map(readerOf);
  const moments = [...new Set(people.flatMap(({ steps }) => steps.map(({ at }) => at)))];
  const stretches: Stretch[] = [];
  let since: number | undefined;
  for (const at of [...moments.sort((one, other) => one - other), to]) {
    const isAway = at < to && readers.every((read) => isHome(read(at)) === false);
    if (isAway) since ??= at;
    else if (since !== undefined) {
      if (at - since >= LEAST_AWAY_MS) stretches.push({ while: "away", from: since, until: at });
      since = undefined;
    }
  }
  return stretches;
}

function nightsOf({ acts, traces = [] }: Household, days: HouseDays): Stretch[] {
  const moments = [...acts, ...traces].map(({ at }) => at).sort((one, other) => one - other);
  return moments.flatMap((until, place): Stretch[] => {
    const from = moments[place - 1];
    if (from === undefined || until - from < LEAST_NIGHT_MS) return [];
    return days.placeOf(from).minute >= BED ? [{ while: "asleep", from, until }] : [];
  });
}
