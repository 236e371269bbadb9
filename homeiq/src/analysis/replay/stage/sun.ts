import type { LocalDays } from "#analysis/local-days/local-days.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Position } from "../past/past.ts";
import { midnightOf, noonOf, placeOf, transitOf } from "./astral.ts";

export type SunEvent = "sunrise" | "sunset";
/** `dawn` and `dusk` are the passing of a height, upwards and downwards. */
export type SolarEvent = SunEvent | "noon" | "midnight" | "dawn" | "dusk";

interface Wanted {
  readonly offsetMs?: number;
  /** Of dawn and dusk; degrees above the horizon. */
  readonly elevation?: number;
}

/** The sun over the house. */
export interface Sun {
  readonly latitude: number;
  /** An event of a day, days since 1970-01-01; absent where there is none. */
  on(day: number, event: SolarEvent, elevation?: number): number | undefined;
  /** The first one after `at`, moved by an offset; absent when there is none within a year. */
  next(at: number, event: SolarEvent, wanted?: Wanted): number | undefined;
  /** Degrees above the horizon. */
  elevation(at: number): number;
  /** Degrees from north over east. */
  azimuth(at: number): number;
  /** Whether it is higher a minute later. */
  isRising(at: number): boolean;
}

/** Elevations in degrees at which Home Assistant's words for the sun begin and end (`components/sun/const.py`, 2026.11). */
export const ELEVATIONS = {
  horizon: -0.833,
  civil: -6,
  nautical: -12,
  astronomical: -18,
  goldenHourLow: -4,
  goldenHourHigh: 6,
  blueHourLow: -6,
  blueHourHigh: -4,
} as const;

const MOST_DAYS = 366;
const ZENITH = 90;
const APPARENT_RADIUS = 32 / 120; // half of the sun's 32 arc minutes

/** As Home Assistant's `helpers/sun.py`, 2026.11, which asks for the days of the house and gets those of UTC. */
export function createSun(position: Position, days: LocalDays): Sun {
  const known = new Map<string, number | undefined>();

  function timeOf(day: number, event: SolarEvent, elevation: number): number | undefined {
    if (event === "noon") return noonOf(position, day);
    if (event === "midnight") return midnightOf(position, day);
    const isAtHorizon = event === "sunrise" || event === "sunset";
    return transitOf(position, day, {
      zenith: isAtHorizon ? ZENITH + APPARENT_RADIUS : ZENITH - elevation,
      direction: event === "sunrise" || event === "dawn" ? "rising" : "setting",
    });
  }

  function on(day: number, event: SolarEvent, elevation: number = ELEVATIONS.civil) {
    const key = `${event} ${day} ${elevation}`;
    if (known.has(key)) return known.get(key);
    const time = timeOf(day, event, elevation);
    known.set(key, time);
    return time;
  }

  const elevation = (at: number) => placeOf(position, at).elevation;

  return {
    on,
    elevation,
    latitude: position.latitude,
    next(at, event, { offsetMs = 0, elevation: height } = {}) {
      const { day } = days.wallTime(at);
      for (let n = -1; n <= MOST_DAYS; n += 1) {
        const moment = on(day + n, event, height);
        if (moment !== undefined && moment + offsetMs > at) return moment + offsetMs;
      }
      return undefined;
    },
    azimuth: (at) => placeOf(position, at).azimuth,
    isRising: (at) => elevation(at + MINUTE_MS) > elevation(at),
  };
}
