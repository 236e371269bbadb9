import { getTimes } from "suncalc";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";

interface Where {
  readonly latitude: number;
  readonly longitude: number;
}

/** Minutes from sunrise to sunset on a date, in days since 1970-01-01: 1440 in a polar day, 0 in a polar night. */
export function sunMinutesOf(day: number, { latitude, longitude }: Where): number {
  const noon = day * DAY_MS + (12 - longitude / 15) * HOUR_MS; // of the sun, so that it is that day's
  const { sunrise, sunset, alwaysUp } = getTimes(new Date(noon), latitude, longitude);
  if (sunrise && sunset) return (sunset.getTime() - sunrise.getTime()) / MINUTE_MS;
  return alwaysUp ? DAY_MS / MINUTE_MS : 0;
}
