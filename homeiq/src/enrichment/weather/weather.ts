import { DAY_MS } from "#foundation/time.ts";

/** What a vendor's number is in: Home Assistant's and the vendors' spellings. Absent is what we use ourselves. */
const TO_CELSIUS: Readonly<Record<string, (value: number) => number>> = {
  "°C": (value) => value,
  "°F": (value) => ((value - 32) * 5) / 9,
  K: (value) => value - 273.15,
};
const TO_METERS_PER_SECOND: Readonly<Record<string, number>> = {
  "m/s": 1,
  "km/h": 1 / 3.6,
  "mp/h": 0.44704,
  mph: 0.44704,
  kn: 1852 / 3600,
  "ft/s": 0.3048,
};
const TO_HECTOPASCAL: Readonly<Record<string, number>> = {
  hPa: 1,
  mbar: 1,
  kPa: 10,
  Pa: 0.01,
  inHg: 33.8639,
  mmHg: 1.33322,
  psi: 68.9476,
  bar: 1000,
  cbar: 10,
};
const TO_MILLIMETERS: Readonly<Record<string, number>> = { mm: 1, cm: 10, in: 25.4, inch: 25.4 };

type Convert = (value: number | undefined, unit: string | undefined) => number | undefined;

export const toCelsius: Convert = (value, unit = "°C") =>
  value === undefined ? undefined : rounded(TO_CELSIUS[unit]?.(value));
export const toMetersPerSecond: Convert = (value, unit = "m/s") =>
  scaled(value, TO_METERS_PER_SECOND[unit]);
export const toHectopascal: Convert = (value, unit = "hPa") => scaled(value, TO_HECTOPASCAL[unit]);
export const toMillimeters: Convert = (value, unit = "mm") => scaled(value, TO_MILLIMETERS[unit]);

/** Without the noise of binary fractions. A unit nobody knows has no value: a guess would be an invention. */
const rounded = (value: number | undefined) =>
  value === undefined || !Number.isFinite(value) ? undefined : Math.round(value * 100) / 100;
const scaled = (value: number | undefined, factor: number | undefined) =>
  value === undefined || factor === undefined ? undefined : rounded(value * factor);

/** A day begins at the next one's start, which on two days of the year is not 24 hours later. */
export function toDayEnds<D extends { readonly start: number }>(days: readonly D[]) {
  return days.map((day, n) => ({ ...day, end: days[n + 1]?.start ?? day.start + DAY_MS }));
}

/** Sunny is a word of the day. */
export const byNight = (condition: string | undefined, isNight: boolean) =>
  isNight && condition === "sunny" ? "clear-night" : condition;
