import { getPosition, getTimes } from "suncalc";
import type { Place } from "#enrichment/provider.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { offsetMs, wallAt } from "#foundation/wall-time.ts";

/** The sun of one local day. A moment is absent where there is none: the sun does not set in a polar summer. */
export interface SunDay {
  readonly sunrise?: number;
  readonly sunset?: number;
  /** Civil twilight: the sun is 6 degrees below the horizon. */
  readonly dawn?: number;
  readonly dusk?: number;
  /** 12 degrees below. */
  readonly nauticalDawn?: number;
  readonly nauticalDusk?: number;
  /** 18 degrees below. */
  readonly astronomicalDawn?: number;
  readonly astronomicalDusk?: number;
  readonly noon: number;
  /** From sunrise to sunset: 24 hours in a polar day, 0 in a polar night. */
  readonly dayLengthMs: number;
  readonly polar?: "day" | "night";
}

export interface Sun {
  readonly at: number;
  /** Degrees above the horizon, refraction included. */
  readonly elevation: number;
  /** Degrees clockwise from north. */
  readonly azimuth: number;
  readonly isUp: boolean;
  readonly today: SunDay;
  readonly tomorrow: SunDay;
}

const HORIZON = -0.833; // the upper edge of the sun, refraction included

/** Where the sun is and when it rises and sets. Worked out here: nobody is asked. */
export function readSun(place: Place, at: number): Sun {
  const { altitude, azimuth } = getPosition(new Date(at), place.latitude, place.longitude);
  const noon = localNoon(place.timeZone, at);
  return {
    at,
    elevation: rounded(altitude),
    azimuth: rounded(azimuth),
    isUp: altitude > HORIZON,
    today: dayOf(place, noon),
    tomorrow: dayOf(place, localNoon(place.timeZone, noon + DAY_MS)),
  };
}

function dayOf({ latitude, longitude, elevation = 0 }: Place, noon: number): SunDay {
  const times = getTimes(new Date(noon), latitude, longitude, Math.max(0, elevation));
  const sunrise = momentOf(times.sunrise);
  const sunset = momentOf(times.sunset);
  const polar = polarOf(times);
  return {
    noon: times.solarNoon.getTime(),
    dayLengthMs: lengthOf({ sunrise, sunset, polar }),
    ...dropAbsent({
      sunrise,
      sunset,
      dawn: momentOf(times.dawn),
      dusk: momentOf(times.dusk),
      nauticalDawn: momentOf(times.nauticalDawn),
      nauticalDusk: momentOf(times.nauticalDusk),
      astronomicalDawn: momentOf(times.nightEnd),
      astronomicalDusk: momentOf(times.night),
      polar,
    }),
  };
}

const polarOf = (times: { alwaysUp?: boolean; alwaysDown?: boolean }) => {
  if (times.alwaysUp) return "day";
  return times.alwaysDown ? "night" : undefined;
};

function lengthOf(day: {
  readonly sunrise: number | undefined;
  readonly sunset: number | undefined;
  readonly polar: SunDay["polar"] | undefined;
}): number {
  if (day.sunrise !== undefined && day.sunset !== undefined) return day.sunset - day.sunrise;
  return day.polar === "day" ? DAY_MS : 0;
}

function momentOf(date: Date | null): number | undefined {
  const at = date?.getTime();
  return at === undefined || Number.isNaN(at) ? undefined : Math.round(at);
}

/** Noon by the clock of the house, of the day that it has there. */
function localNoon(timeZone: string, at: number): number {
  const midnight = Math.floor(wallAt(timeZone, at) / DAY_MS) * DAY_MS;
  return midnight + 12 * HOUR_MS - offsetMs(timeZone, at);
}

const rounded = (degrees: number) => Math.round(degrees * 100) / 100;
