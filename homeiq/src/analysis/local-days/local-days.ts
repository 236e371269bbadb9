import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import { offsetMs as offsetOf } from "#foundation/wall-time.ts";

/** A moment as the clock on the wall shows it. */
export interface WallTime {
  /** Days since 1970-01-01. */
  readonly day: number;
  readonly msOfDay: number;
  /** 0 is Monday. */
  readonly weekday: number;
}

/** A house's time zone. */
export interface LocalDays {
  readonly timeZone: string;
  offsetMs(at: number): number;
  wallTime(at: number): WallTime;
  /** The moments at which the clock shows that time on that day: none or two on the days it is changed. */
  momentsOf(day: number, msOfDay: number): readonly number[];
  /** The first moment after `at` at which the clock shows that time. */
  nextAt(at: number, msOfDay: number): number;
  /** The first whole second after `at` that fits. */
  nextFitting(at: number, fits: ClockPattern): number;
}

export interface ClockPattern {
  hour(hour: number): boolean;
  /** In order, like the seconds. */
  readonly minutes: readonly number[];
  readonly seconds: readonly number[];
}

const FIRST_WEEKDAY = 3; // 1970-01-01 was a Thursday
const MOST_DAYS = 3;
const PER_HOUR = 60;
const PER_MINUTE = 60;
const MOST_STEPS = 100_000; // a pattern that fits at no time

export function createLocalDays(timeZone: string): LocalDays {
  const dayOffsets = new Map<number, number | undefined>();

  /** That of a whole UTC day; absent on the two days of a year in which the clocks are changed. */
  function offsetOfDay(day: number): number | undefined {
    if (dayOffsets.has(day)) return dayOffsets.get(day);
    const first = offsetOf(timeZone, day * DAY_MS);
    const offset = first === offsetOf(timeZone, (day + 1) * DAY_MS) ? first : undefined;
    dayOffsets.set(day, offset);
    return offset;
  }

  function offsetMs(at: number): number {
    const ofDay = offsetOfDay(Math.floor(at / DAY_MS));
    return ofDay ?? offsetOf(timeZone, at);
  }

  function wallTime(at: number): WallTime {
    const wall = at + offsetMs(at);
    const day = Math.floor(wall / DAY_MS);
    return { day, msOfDay: wall - day * DAY_MS, weekday: (((day + FIRST_WEEKDAY) % 7) + 7) % 7 };
  }

  function momentsOf(day: number, msOfDay: number): number[] {
    const wall = day * DAY_MS + msOfDay;
    const offsetsAround = new Set([offsetMs(wall - DAY_MS), offsetMs(wall + DAY_MS)]);
    return [...offsetsAround]
      .map((offset) => wall - offset)
      .filter((at) => at + offsetMs(at) === wall)
      .sort((one, other) => one - other);
  }

  return {
    timeZone,
    offsetMs,
    wallTime,
    momentsOf,
    nextAt(at, msOfDay) {
      const { day } = wallTime(at);
      for (let n = 0; n <= MOST_DAYS; n += 1) {
        const next = momentsOf(day + n, msOfDay).find((moment) => moment > at);
        if (next !== undefined) return next;
      }
      return Number.POSITIVE_INFINITY;
    },
    nextFitting(after, fits) {
      let at = Math.floor(after / SECOND_MS) * SECOND_MS + SECOND_MS;
      for (let n = 0; n < MOST_STEPS; n += 1) {
        const { msOfDay } = wallTime(at);
        const minute = Math.floor((msOfDay % HOUR_MS) / MINUTE_MS);
        const second = Math.floor((msOfDay % MINUTE_MS) / SECOND_MS);
        const nextMinute = fits.minutes.find((one) => one >= minute) ?? PER_HOUR;
        if (!fits.hour(Math.floor(msOfDay / HOUR_MS)) || nextMinute === PER_HOUR) {
          at += HOUR_MS - (msOfDay % HOUR_MS);
        } else if (nextMinute > minute)
          at += (nextMinute - minute) * MINUTE_MS - second * SECOND_MS;
        else {
          const next = fits.seconds.find((one) => one >= second) ?? PER_MINUTE;
          if (next === second) return at;
          at += (next - second) * SECOND_MS;
        }
      }
      return Number.POSITIVE_INFINITY;
    },
  };
}
