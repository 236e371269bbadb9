import { getPosition, getTimes } from "suncalc";
import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Position } from "../past/past.ts";

export type SunEvent = "sunrise" | "sunset";

/** The sun over the house. */
export interface Sun {
  /** Sunrise or sunset of a local day, days since 1970-01-01; absent where there is none. */
  on(day: number, event: SunEvent): number | undefined;
  /** The first one after `at`, moved by `offsetMs`; absent when there is none within a year. */
  next(at: number, event: SunEvent, offsetMs?: number): number | undefined;
  /** Degrees above the horizon. */
  elevation(at: number): number;
}

const MOST_DAYS = 366;

/** Sunrise is the upper edge at an even horizon, refraction included (-0.833 degrees), as Home Assistant has it. */
export function createSun({ latitude, longitude, elevation = 0 }: Position, days: LocalDays): Sun {
  const known = new Map<number, Readonly<Record<SunEvent, number | undefined>>>();

  function timesOf(day: number) {
    const found = known.get(day);
    if (found) return found;
    const noon = day * DAY_MS + 12 * HOUR_MS;
    const at = noon - days.offsetMs(noon);
    const { sunrise, sunset } = getTimes(new Date(at), latitude, longitude, elevation);
    const times = { sunrise: sunrise?.getTime(), sunset: sunset?.getTime() };
    known.set(day, times);
    return times;
  }

  const on = (day: number, event: SunEvent) => timesOf(day)[event];

  return {
    on,
    next(at, event, offsetMs = 0) {
      const { day } = days.wallTime(at - offsetMs);
      for (let n = -1; n <= MOST_DAYS; n += 1) {
        const moment = on(day + n, event);
        if (moment !== undefined && moment + offsetMs > at) return moment + offsetMs;
      }
      return undefined;
    },
    elevation: (at) => getPosition(new Date(at), latitude, longitude).altitude,
  };
}
