import { getTimes } from "suncalc";
import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { HOUR_MS } from "#foundation/time.ts";
import type { HouseDays } from "../house-days/house-days.ts";
import type { SunEvent } from "./contextual-habit.ts";

/** When the sun does something on a day, minutes since the day began; absent where it does not. */
export type SunClock = (day: number, event: SunEvent) => number | undefined;

interface Where {
  readonly days: HouseDays;
  readonly timeZone: string;
  readonly latitude: number;
  readonly longitude: number;
}

/** Worked out for the place of the house; dawn and dusk are civil. */
export function createSunClock({ days, timeZone, latitude, longitude }: Where): SunClock {
  const local = createLocalDays(timeZone);
  const known = new Map<number, ReturnType<typeof getTimes>>();
  const timesOf = (day: number) => {
    const own = known.get(day);
    if (own) return own;
    const [noon = 0] = local.momentsOf(day, 12 * HOUR_MS);
    const times = getTimes(new Date(noon), latitude, longitude);
    known.set(day, times);
    return times;
  };
  return (day, event) => {
    const at = timesOf(day)[event]?.getTime();
    if (at === undefined || Number.isNaN(at)) return undefined;
    const place = days.placeOf(at);
    return place.day === day ? place.minute : undefined; // a white night: it sets after the day has ended
  };
}
