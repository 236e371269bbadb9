import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Position } from "../past/past.ts";

/**
 * Where the sun stands and when it passes a height: the formulas of the library that Home Assistant uses
 * (astral 2.2, `astral/sun.py`), so that its moments are the same to the second.
 */

const CENTURY_DAYS = 36_525;
const EPOCH_JULIAN_DAY = 2_440_587.5; // 1970-01-01
const J2000 = 2_451_545;
const NOON_MINUTES = 720;
const DAY_MINUTES = 1440;
const MINUTES_PER_DEGREE = 4;
const EARTH_RADIUS_M = 6_356_900;
const MOST_LATITUDE = 89.8; // at a pole every direction is south

const radians = (degrees: number) => (degrees * Math.PI) / 180;
const degrees = (angle: number) => (angle * 180) / Math.PI;
const sin = (angle: number) => Math.sin(radians(angle));
const cos = (angle: number) => Math.cos(radians(angle));
const tan = (angle: number) => Math.tan(radians(angle));

/** Julian centuries since 2000. `days` since 1970. */
const centuryOf = (days: number) => (days + EPOCH_JULIAN_DAY - J2000) / CENTURY_DAYS;

const meanLongitude = (t: number) => {
  const turned = (280.46646 + t * (36_000.76983 + 0.0003032 * t)) % 360;
  return turned < 0 ? turned + 360 : turned;
};
const meanAnomaly = (t: number) => 357.52911 + t * (35_999.05029 - 0.0001537 * t);
const eccentricity = (t: number) => 0.016708634 - t * (0.000042037 + 0.0000001267 * t);

function centerEquation(t: number): number {
  const m = meanAnomaly(t);
  return (
    sin(m) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    sin(2 * m) * (0.019993 - 0.000101 * t) +
    sin(3 * m) * 0.000289
  );
}

const node = (t: number) => 125.04 - 1934.136 * t;

const apparentLongitude = (t: number) =>
  meanLongitude(t) + centerEquation(t) - 0.00569 - 0.00478 * sin(node(t));

function obliquity(t: number): number {
  const seconds = 21.448 - t * (46.815 + t * (0.00059 - t * 0.001813));
  return 23 + (26 + seconds / 60) / 60 + 0.00256 * cos(node(t));
}

const declination = (t: number) =>
  degrees(Math.asin(sin(obliquity(t)) * sin(apparentLongitude(t))));

/** How far the sun is ahead of the clock. Minutes. */
function equationOfTime(t: number): number {
  const [l0, e, m] = [meanLongitude(t), eccentricity(t), meanAnomaly(t)];
  const y = tan(obliquity(t) / 2) ** 2;
  const angle =
    y * sin(2 * l0) -
    2 * e * sin(m) +
    4 * e * y * sin(m) * cos(2 * l0) -
    0.5 * y * y * sin(4 * l0) -
    1.25 * e * e * sin(2 * m);
  return degrees(angle) * MINUTES_PER_DEGREE;
}

/** By how much air lifts the sun at this distance from the zenith. Degrees. */
function refraction(zenith: number): number {
  const height = 90 - zenith;
  if (height >= 85) return 0;
  const te = tan(height);
  const seconds = () => {
    if (height > 5) return 58.1 / te - 0.07 / te ** 3 + 0.000086 / te ** 5;
    if (height <= -0.575) return -20.774 / te;
    return 1735 + height * (-518.2 + height * (103.4 + height * (-12.79 + height * 0.711)));
  };
  return seconds() / 3600;
}

const within = (latitude: number) => Math.max(-MOST_LATITUDE, Math.min(MOST_LATITUDE, latitude));

/** How much farther one sees from up there. Degrees. */
const dipOf = (elevation: number) =>
  elevation > 0 ? degrees(Math.acos(EARTH_RADIUS_M / (EARTH_RADIUS_M + elevation))) : 0;

export type Direction = "rising" | "setting";

/**
 * When the sun passes an angle from the zenith on a day (since 1970, UTC); absent when it does not.
 *
 * The first guess and its one correction are astral's; a better one would be another moment than Home Assistant's.
 */
export function transitOf(
  { latitude, longitude, elevation = 0 }: Position,
  day: number,
  { zenith, direction }: { readonly zenith: number; readonly direction: Direction },
): number | undefined {
  const dip = dipOf(elevation);
  const lift = refraction(zenith + dip);
  const side = direction === "rising" ? 1 : -1;
  const minutesAt = (t: number, angle: number) => {
    const [place, sun] = [within(latitude), declination(t)];
    const h = (cos(angle) - sin(place) * sin(sun)) / (cos(place) * cos(sun));
    const hourAngle = side * degrees(Math.acos(h));
    return NOON_MINUTES + MINUTES_PER_DEGREE * (-longitude - hourAngle) - equationOfTime(t);
  };
  const first = minutesAt(centuryOf(day), zenith + dip - lift);
  const minutes = minutesAt(centuryOf(day + first / DAY_MINUTES), zenith + dip + lift);
  return Number.isNaN(minutes) ? undefined : Math.floor(day * DAY_MS + minutes * MINUTE_MS);
}

/** When the sun is highest on a day (since 1970, UTC), to the second. */
export function noonOf({ longitude }: Position, day: number): number {
  const minutes = NOON_MINUTES - MINUTES_PER_DEGREE * longitude - equationOfTime(centuryOf(day));
  return day * DAY_MS + wholeSeconds(minutes);
}

/** When it is lowest, at the midnight that is next to the day's beginning. */
export function midnightOf({ longitude }: Position, day: number): number {
  const t = centuryOf(day + 0.5 - longitude / 360);
  return day * DAY_MS + wholeSeconds(-longitude * MINUTES_PER_DEGREE - equationOfTime(t));
}

const wholeSeconds = (minutes: number) => Math.trunc(minutes * 60) * 1000;

/** Degrees above the horizon, as it is seen through the air, and from north over east. */
export function placeOf(
  { latitude, longitude }: Position,
  at: number,
): { readonly elevation: number; readonly azimuth: number } {
  const second = Math.floor(at / 1000) * 1000; // astral reads the clock to the second
  const t = centuryOf(second / DAY_MS);
  const sun = declination(t);
  const place = within(latitude);
  const minuteOfDay = (second % DAY_MS) / MINUTE_MS;
  const solar = (minuteOfDay + equationOfTime(t) + MINUTES_PER_DEGREE * longitude) % DAY_MINUTES;
  const turned = solar / MINUTES_PER_DEGREE - 180;
  const hourAngle = turned < -180 ? turned + 360 : turned;
  const height = sin(place) * sin(sun) + cos(place) * cos(sun) * cos(hourAngle);
  const zenith = degrees(Math.acos(clamped(height)));
  return {
    elevation: 90 - zenith + refraction(zenith),
    azimuth: azimuthOf({ place, zenith, sun, hourAngle }),
  };
}

const clamped = (value: number) => Math.max(-1, Math.min(1, value));

interface Angles {
  readonly place: number;
  readonly zenith: number;
  readonly sun: number;
  readonly hourAngle: number;
}

function azimuthOf({ place, zenith, sun, hourAngle }: Angles): number {
  const level = cos(place) * sin(zenith);
  if (Math.abs(level) <= 0.001) return place > 0 ? 180 : 0;
  const found = 180 - degrees(Math.acos(clamped((sin(place) * cos(zenith) - sin(sun)) / level)));
  const signed = hourAngle > 0 ? -found : found;
  return signed < 0 ? signed + 360 : signed;
}
