import { failure } from "../run.ts";
import { DAY_US, SECOND_US } from "./duration.ts";

/** A date and a time of day, as a calendar and a clock on the wall show them. */
export interface Reading {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
}

/** A reading as microseconds since 1970-01-01 00:00 on the same wall. Throws ValueError when there is no such date. */
export function wallOf(reading: Reading): number {
  const { year, month, day, hour, minute, second, microsecond } = reading;
  check(year >= 1 && year <= 9999, `year must be in 1..9999, not ${year}`);
  check(month >= 1 && month <= 12, `month must be in 1..12, not ${month}`);
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const exists = day >= 1 && date.getUTCDate() === day;
  check(exists, `day ${day} must be in range for month ${month} in year ${year}`);
  check(hour >= 0 && hour <= 23, `hour must be in 0..23, not ${hour}`);
  check(minute >= 0 && minute <= 59, `minute must be in 0..59, not ${minute}`);
  check(second >= 0 && second <= 59, `second must be in 0..59, not ${second}`);
  check(microsecond >= 0 && microsecond < SECOND_US, "microsecond must be in 0..999999");
  return date.getTime() * 1000 + (hour * 3600 + minute * 60 + second) * SECOND_US + microsecond;
}

function check(isRight: boolean, message: string): void {
  if (!isRight) throw failure("ValueError", message);
}

export function readingOf(wall: number): Reading {
  const date = new Date(Math.floor(wall / 1000));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: ((wall % SECOND_US) + SECOND_US) % SECOND_US,
  };
}

/** Monday is 0. */
export function weekdayOf(wall: number): number {
  return (((Math.floor(wall / DAY_US) + 3) % 7) + 7) % 7;
}

/** 1 January is 1. */
export function dayOfYear(wall: number): number {
  const { year } = readingOf(wall);
  const start = new Date(0);
  start.setUTCFullYear(year, 0, 1);
  return Math.floor((wall / 1000 - start.getTime()) / 86_400_000) + 1;
}

/** The ISO 8601 year, week and weekday (Monday is 1). */
export function isoWeekOf(wall: number): readonly [number, number, number] {
  const weekday = weekdayOf(wall);
  const thursday = wall + (3 - weekday) * DAY_US;
  return [readingOf(thursday).year, Math.ceil(dayOfYear(thursday) / 7), weekday + 1];
}

const two = (value: number) => String(value).padStart(2, "0");

export function isoDate({ year, month, day }: Reading): string {
  return `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
}

export function isoTime({ hour, minute, second, microsecond }: Reading): string {
  const fraction = microsecond === 0 ? "" : `.${String(microsecond).padStart(6, "0")}`;
  return `${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
}

/** `+01:00`; of seconds only when there are some. */
export function isoOffset(offsetMs: number): string {
  const seconds = Math.abs(offsetMs) / 1000;
  const rest = seconds % 60 === 0 ? "" : `:${two(seconds % 60)}`;
  const sign = offsetMs < 0 ? "-" : "+";
  return `${sign}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}${rest}`;
}
