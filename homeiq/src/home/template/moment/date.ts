import {
  BoundMethod,
  type Definitions,
  functionsOf,
  isInt,
  PythonObject,
  Tuple,
  toText,
} from "../python/python.ts";
import {
  isoDate,
  isoTime,
  isoWeekOf,
  type Reading,
  readingOf,
  wallOf,
  weekdayOf,
} from "./clock.ts";
import { DAY_US, Duration } from "./duration.ts";
import { strftime } from "./strftime.ts";

/** Python's `date`. */
export class CalendarDate extends PythonObject {
  readonly typeName = "date";
  readonly qualifiedName = "datetime.date";
  /** Midnight, microseconds on the wall. */
  readonly wall: number;

  constructor(wall: number) {
    super();
    this.wall = Math.floor(wall / DAY_US) * DAY_US;
  }
  override text(): string {
    return isoDate(readingOf(this.wall));
  }
  override repr(): string {
    const { year, month, day } = readingOf(this.wall);
    return `datetime.date(${year}, ${month}, ${day})`;
  }
  override equals(other: unknown): boolean {
    return other instanceof CalendarDate && other.wall === this.wall;
  }
  override order(other: unknown): number | undefined {
    return other instanceof CalendarDate ? this.wall - other.wall : undefined;
  }
  override key(): unknown {
    return `\0date ${this.wall}`;
  }
  override attribute(name: string): unknown {
    if (name === "year" || name === "month" || name === "day") return readingOf(this.wall)[name];
    const method = dateMethods.get(name);
    return method === undefined ? undefined : new BoundMethod(this, method);
  }
  override binary(operator: string, other: unknown, reversed: boolean): unknown {
    if (operator === "format") return strftime(this, toText(other));
    if (other instanceof Duration) {
      if (operator === "+") return new CalendarDate(this.wall + other.days * DAY_US);
      if (operator === "-" && !reversed) return new CalendarDate(this.wall - other.days * DAY_US);
    }
    const isDifference = other instanceof CalendarDate && operator === "-" && !reversed;
    return isDifference ? new Duration(this.wall - other.wall) : undefined;
  }
}

const part = (value: unknown, otherwise: number) => (isInt(value) ? value : otherwise);

/** A reading with some of its parts replaced; those that were not given stay. */
export function replaced(
  reading: Reading,
  parts: Partial<Record<keyof Reading, unknown>>,
): Reading {
  return {
    year: part(parts.year, reading.year),
    month: part(parts.month, reading.month),
    day: part(parts.day, reading.day),
    hour: part(parts.hour, reading.hour),
    minute: part(parts.minute, reading.minute),
    second: part(parts.second, reading.second),
    microsecond: part(parts.microsecond, reading.microsecond),
  };
}

const asDate = (value: unknown) => value as CalendarDate;

/** Methods of whatever has a `wall`: a date or a datetime. */
export const CALENDAR: Definitions = {
  weekday: ["self", (_, [self]) => weekdayOf(asDate(self).wall)],
  isoweekday: ["self", (_, [self]) => weekdayOf(asDate(self).wall) + 1],
  isocalendar: ["self", (_, [self]) => new IsoCalendar(isoWeekOf(asDate(self).wall))],
  toordinal: ["self", (_, [self]) => Math.floor(asDate(self).wall / DAY_US) + 719_163],
};

/** `date.isocalendar()`: a tuple whose items have names. */
class IsoCalendar extends Tuple {
  override readonly typeName = "IsoCalendarDate" as "tuple";
  override shown(): string {
    const [year, week, weekday] = this.items;
    return `datetime.IsoCalendarDate(year=${year}, week=${week}, weekday=${weekday})`;
  }
  override attribute(name: string): unknown {
    return this.items[["year", "week", "weekday"].indexOf(name)];
  }
}

const dateMethods = functionsOf({
  ...CALENDAR,
  strftime: ["self format", (_, [self, format]) => strftime(asDate(self), toText(format))],
  isoformat: ["self", (_, [self]) => asDate(self).text()],
  replace: [
    "self year? month? day?",
    (_, [self, year, month, day]) =>
      new CalendarDate(wallOf(replaced(readingOf(asDate(self).wall), { year, month, day }))),
  ],
});

/** Python's `time`: a time of day. */
export class ClockTime extends PythonObject {
  readonly typeName = "time";
  readonly qualifiedName = "datetime.time";
  /** Microseconds after midnight. */
  readonly wall: number;

  constructor(wall: number) {
    super();
    this.wall = ((wall % DAY_US) + DAY_US) % DAY_US;
  }
  override text(): string {
    return isoTime(readingOf(this.wall));
  }
  override repr(): string {
    const { hour, minute, second, microsecond } = readingOf(this.wall);
    return `datetime.time(${clockArgs([hour, minute, second, microsecond])})`;
  }
  override equals(other: unknown): boolean {
    return other instanceof ClockTime && other.wall === this.wall;
  }
  override order(other: unknown): number | undefined {
    return other instanceof ClockTime ? this.wall - other.wall : undefined;
  }
  override key(): unknown {
    return `\0time ${this.wall}`;
  }
  override attribute(name: string): unknown {
    if (name === "hour" || name === "minute" || name === "second" || name === "microsecond") {
      return readingOf(this.wall)[name];
    }
    if (name === "tzinfo") return null;
    const method = timeMethods.get(name);
    return method === undefined ? undefined : new BoundMethod(this, method);
  }
  override binary(operator: string, other: unknown): unknown {
    return operator === "format" ? strftime(this, toText(other)) : undefined;
  }
}

const asTime = (value: unknown) => value as ClockTime;
const timeMethods = functionsOf({
  strftime: ["self format", (_, [self, format]) => strftime(asTime(self), toText(format))],
  isoformat: ["self", (_, [self]) => asTime(self).text()],
  replace: [
    "self hour? minute? second? microsecond?",
    (_, [self, hour, minute, second, microsecond]) =>
      new ClockTime(
        wallOf(replaced(readingOf(asTime(self).wall), { hour, minute, second, microsecond })),
      ),
  ],
});

/** Hour and minute, and what follows as far as it is not 0: as Python's `repr` of times. */
export function clockArgs([
  hour = 0,
  minute = 0,
  second = 0,
  micro = 0,
]: readonly number[]): string {
  const parts = [hour, minute];
  if (second !== 0 || micro !== 0) parts.push(second);
  if (micro !== 0) parts.push(micro);
  return parts.join(", ");
}
