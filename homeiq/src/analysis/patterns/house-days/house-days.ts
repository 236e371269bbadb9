import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";

/** A day of the people: what happens after midnight still belongs to the evening before. */
export const DAY_BEGINS_MS = 4 * HOUR_MS;
export const MINUTES = DAY_MS / MINUTE_MS;

export interface HouseDay {
  /** Days since 1970-01-01, of the date on which it begins. */
  readonly day: number;
  /** 0 is Monday. */
  readonly weekday: number;
  /** A Saturday, a Sunday or a holiday. */
  readonly free: boolean;
}

export interface Place {
  readonly day: number;
  /** Minutes on the wall's clock since the day began at 04:00, with fractions: 0 to below 1440. */
  readonly minute: number;
}

/** Days as people live them, by the clock on the wall, also where it is changed. */
export interface HouseDays {
  placeOf(at: number): Place;
  dayOf(day: number): HouseDay;
  /** Minutes since the day began, as the clock shows it: `HH:MM`. */
  clockOf(minute: number): string;
}

interface Options {
  readonly timeZone: string;
  /** Whether a date, in days since 1970-01-01, is a public or school holiday. */
  readonly isHoliday?: (day: number) => boolean;
}

const SATURDAY = 5;

export function createHouseDays({ timeZone, isHoliday }: Options): HouseDays {
  const local = createLocalDays(timeZone);
  return {
    placeOf(at) {
      const { day, msOfDay } = local.wallTime(at);
      const since = msOfDay - DAY_BEGINS_MS;
      return since >= 0
        ? { day, minute: since / MINUTE_MS }
        : { day: day - 1, minute: (since + DAY_MS) / MINUTE_MS };
    },
    dayOf(day) {
      const weekday = (((day + 3) % 7) + 7) % 7; // 1970-01-01 was a Thursday
      return { day, weekday, free: weekday >= SATURDAY || (isHoliday?.(day) ?? false) };
    },
    clockOf(minute) {
      const ofDay = Math.round(minute + DAY_BEGINS_MS / MINUTE_MS) % MINUTES;
      const [hour, left] = [Math.floor(ofDay / 60), ofDay % 60];
      return `${String(hour).padStart(2, "0")}:${String(left).padStart(2, "0")}`;
    },
  };
}
