import { failure } from "../run.ts";
import { type Reading, wallOf } from "./clock.ts";
import { DateTime } from "./datetime.ts";
import { DAY_US, Duration, SECOND_US } from "./duration.ts";
import { fixedZone, UTC, type Zone } from "./zone.ts";

const DATE_TIME = new RegExp(
  [
    String.raw`^(\d{4})(?:-(\d\d?)(?:-(\d\d?))?|(\d\d)(\d\d))`,
    String.raw`(?:[T ](?:(\d\d?)(?::(\d\d?)(?::(\d\d?)(?:[.,](\d{1,6})\d*)?)?)?|(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d{1,6})\d*)?)?)`,
    String.raw`(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?)?$`,
  ].join(""),
);

/** Home Assistant's `parse_datetime`: ISO 8601 and near to it; `undefined` when it is none. */
export function parseDateTime(text: string): DateTime | undefined {
  const match = DATE_TIME.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, shortMonth, shortDay, ...time] = match;
  const [hour, minute, second, fraction, shortHour, shortMinute, shortSecond, shortFraction, zone] =
    time;
  const hasTime = (hour ?? shortHour) !== undefined;
  if (!hasTime && (month?.length === 1 || day?.length === 1)) return undefined;
  const wall = wallOf({
    year: Number(year),
    month: Number(month ?? shortMonth),
    day: Number(day ?? shortDay ?? 1),
    hour: Number(hour ?? shortHour ?? 0),
    minute: Number(minute ?? shortMinute ?? 0),
    second: Number(second ?? shortSecond ?? 0),
    microsecond: Number((fraction ?? shortFraction ?? "").padEnd(6, "0")),
  });
  return new DateTime(wall, zone === undefined ? undefined : zoneOfText(zone));
}

/** `Z`, `+0100`, `+01:00` */
export function zoneOfText(text: string): Zone {
  if (text === "Z") return UTC;
  const digits = text.slice(1).replaceAll(":", "");
  const [hours, minutes, seconds] = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)];
  const size = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  if (size === 0) return UTC;
  return fixedZone(text.startsWith("-") ? -size : size);
}

/** `HH:MM` or `HH:MM:SS` as microseconds after midnight; `undefined` when it is none. */
export function parseTime(text: string): number | undefined {
  const parts = text.split(":");
  const numbers = parts
    .slice(0, 3)
    .map((part) => (/^\s*\d+\s*$/.test(part) ? Number(part) : Number.NaN));
  const [hour = Number.NaN, minute = Number.NaN, second = 0] = numbers;
  const fits = hour <= 23 && minute <= 59 && second <= 59;
  return fits ? (hour * 3600 + minute * 60 + second) * SECOND_US : undefined;
}

const STANDARD =
  /^(?:(-?\d+) (?:days?, )?)?(-?)(?:(\d+):(?=\d+:\d+))?(?:(\d+):)?(\d+)(?:[.,](\d{1,6})\d{0,6})?$/;
const ISO =
  /^([-+]?)P(?:(\d+(?:[.,]\d+)?)D)?(?:T(?:(\d+(?:[.,]\d+)?)H)?(?:(\d+(?:[.,]\d+)?)M)?(?:(\d+(?:[.,]\d+)?)S)?)?$/;

/** Home Assistant's `parse_duration`: `1 02:03:04`, `02:03`, `PT10M`; `undefined` when it is none. */
export function parseDuration(text: string): Duration | undefined {
  const number = (part: string | undefined) => Number((part ?? "0").replace(",", "."));
  const standard = STANDARD.exec(text);
  if (standard !== null) {
    const [, days, sign, hours, minutes, seconds, fraction] = standard;
    const clock = number(hours) * 3600 + number(minutes) * 60 + number(seconds);
    const size = clock * SECOND_US + Number((fraction ?? "").padEnd(6, "0"));
    return new Duration(number(days) * DAY_US + (sign === "-" ? -size : size));
  }
  const iso = ISO.exec(text);
  if (iso === null) return undefined;
  const [, sign, days, hours, minutes, seconds] = iso;
  const clock = number(hours) * 3600 + number(minutes) * 60 + number(seconds);
  const size = number(days) * DAY_US + clock * SECOND_US;
  return new Duration(sign === "-" ? -size : size);
}

/** A reading that has no date yet: what `strptime` starts from. */
export const EMPTY_READING: Reading = {
  year: 1900,
  month: 1,
  day: 1,
  hour: 0,
  minute: 0,
  second: 0,
  microsecond: 0,
};

export function notMatching(text: string, format: string): Error {
  return failure("ValueError", `time data '${text}' does not match format '${format}'`);
}
