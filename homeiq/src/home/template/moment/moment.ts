import { atUtc, type DateTime } from "./datetime.ts";
import { zoneOf } from "./zone.ts";

export { CalendarDate, ClockTime } from "./date.ts";
export { atUtc, DateTime, startOfDay } from "./datetime.ts";
export { DAY_US, Duration, SECOND_US } from "./duration.ts";
export { parseDateTime, parseDuration, parseTime } from "./parse.ts";
export { strftime } from "./strftime.ts";
export { strptime } from "./strptime.ts";
export { lengthInWords } from "./words.ts";
export { UTC, type Zone, zoneOf } from "./zone.ts";

/** A moment, milliseconds UTC, as the clocks of a zone show it. */
export function momentOf(at: number, timeZone: string): DateTime {
  return atUtc(Math.round(at * 1000), zoneOf(timeZone));
}
