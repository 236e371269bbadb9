import {
  BoundMethod,
  functionsOf,
  PythonObject,
  Tuple,
  toFloat,
  toText,
} from "../python/python.ts";
import { failure } from "../run.ts";
import { dayOfYear, isoDate, isoOffset, isoTime, readingOf, wallOf, weekdayOf } from "./clock.ts";
import { CALENDAR, CalendarDate, ClockTime, clockArgs, replaced } from "./date.ts";
import { DAY_US, Duration } from "./duration.ts";
import { strftime } from "./strftime.ts";
import { UTC, type Zone, zoneOf } from "./zone.ts";

/** Python's `datetime`: a reading of a clock, in a zone or in none ("naive"). */
export class DateTime extends PythonObject {
  readonly typeName = "datetime";
  readonly qualifiedName = "datetime.datetime";
  /** Microseconds since 1970-01-01 00:00 on the wall. */
  readonly wall: number;
  readonly zone: Zone | undefined;
  readonly fold: 0 | 1;

  constructor(wall: number, zone: Zone | undefined, fold: 0 | 1 = 0) {
    super();
    if (!(Math.abs(wall) < 253_402_300_800e6))
      throw failure("OverflowError", "date value out of range");
    [this.wall, this.zone, this.fold] = [wall, zone, fold];
  }

  get offsetMs(): number | undefined {
    return this.zone?.offsetOfWall(Math.floor(this.wall / 1000), this.fold);
  }

  /** Microseconds since the epoch; a naive one is read in the zone given. */
  utc(naive: Zone = UTC): number {
    const zone = this.zone ?? naive;
    return this.wall - zone.offsetOfWall(Math.floor(this.wall / 1000), this.fold) * 1000;
  }

  in(zone: Zone, naive: Zone = zone): DateTime {
    return atUtc(this.utc(naive), zone);
  }

  override text(): string {
    return this.iso(" ");
  }

  iso(separator = "T"): string {
    const reading = readingOf(this.wall);
    const { offsetMs } = this;
    const offset = offsetMs === undefined ? "" : isoOffset(offsetMs);
    return `${isoDate(reading)}${separator}${isoTime(reading)}${offset}`;
  }

  override repr(): string {
    const { year, month, day, hour, minute, second, microsecond } = readingOf(this.wall);
    const clock = clockArgs([hour, minute, second, microsecond]);
    const fold = this.fold === 1 ? ", fold=1" : "";
    const zone = this.zone === undefined ? "" : `, tzinfo=${this.zone.repr}`;
    return `datetime.datetime(${year}, ${month}, ${day}, ${clock}${fold}${zone})`;
  }

  override equals(other: unknown): boolean {
    if (!(other instanceof DateTime)) return false;
    if ((this.zone === undefined) !== (other.zone === undefined)) return false;
    return this.minus(other) === 0;
  }

  override order(other: unknown): number | undefined {
    if (!(other instanceof DateTime)) return undefined;
    if ((this.zone === undefined) !== (other.zone === undefined)) {
      throw failure("TypeError", "can't compare offset-naive and offset-aware datetimes");
    }
    return this.minus(other);
  }

  override key(): unknown {
    return `\0datetime ${this.utc()}${this.zone === undefined ? " naive" : ""}`;
  }

  /** Microseconds. Two of one zone are subtracted as their clocks show, as Python does. */
  private minus(other: DateTime): number {
    return this.zone === other.zone ? this.wall - other.wall : this.utc() - other.utc();
  }

  override binary(operator: string, other: unknown, reversed: boolean): unknown {
    if (operator === "format") return strftime(this.shown(), toText(other));
    if (other instanceof Duration) {
      if (operator === "+") return new DateTime(this.wall + other.microseconds, this.zone);
      if (operator === "-" && !reversed)
        return new DateTime(this.wall - other.microseconds, this.zone);
    }
    if (!(other instanceof DateTime) || operator !== "-" || reversed) return undefined;
    if ((this.zone === undefined) !== (other.zone === undefined)) {
      throw failure("TypeError", "can't subtract offset-naive and offset-aware datetimes");
    }
    return new Duration(this.minus(other));
  }

  shown() {
    const { wall, offsetMs } = this;
    return { wall, offsetMs, zone: this.zone?.abbreviationAt(this.utc() / 1000) };
  }

  override attribute(name: string): unknown {
    const reading = readingOf(this.wall);
    if (name in reading && Object.hasOwn(reading, name))
      return reading[name as keyof typeof reading];
    if (name === "tzinfo") return this.zone === undefined ? null : new ZoneValue(this.zone);
    if (name === "fold") return this.fold;
    const method = methods.get(name);
    return method === undefined ? undefined : new BoundMethod(this, method);
  }
}

/** What `tzinfo` of a datetime is. */
export class ZoneValue extends PythonObject {
  readonly typeName = "tzinfo";
  readonly zone: Zone;
  constructor(zone: Zone) {
    super();
    this.zone = zone;
  }
  override text(): string {
    return this.zone.name;
  }
  override repr(): string {
    return this.zone.repr;
  }
  override equals(other: unknown): boolean {
    return other instanceof ZoneValue && other.zone === this.zone;
  }
  override attribute(name: string): unknown {
    return name === "key" ? this.zone.name : undefined;
  }
}

/** A moment, microseconds UTC, as the clock of a zone shows it. */
export function atUtc(utc: number, zone: Zone): DateTime {
  const offset = zone.offsetAt(Math.floor(utc / 1000));
  const wall = utc + offset * 1000;
  const isSecond = zone.offsetOfWall(Math.floor(wall / 1000), 0) !== offset;
  return new DateTime(wall, zone, isSecond ? 1 : 0);
}

const asDateTime = (value: unknown) => value as DateTime;
const REPLACEABLE = "self year? month? day? hour? minute? second? microsecond? tzinfo? fold?";

const methods = functionsOf({
  ...CALENDAR,
  timestamp: [
    "self",
    ({ world }, [self]) => toFloat(asDateTime(self).utc(zoneOf(world.timeZone)) / 1e6),
  ],
  strftime: [
    "self format",
    (_, [self, format]) => strftime(asDateTime(self).shown(), toText(format)),
  ],
  isoformat: [
    "self sep? timespec?",
    (_, [self, separator]) =>
      asDateTime(self).iso(separator === undefined ? "T" : toText(separator)),
  ],
  date: ["self", (_, [self]) => new CalendarDate(asDateTime(self).wall)],
  time: ["self", (_, [self]) => new ClockTime(asDateTime(self).wall)],
  ctime: ["self", (_, [self]) => strftime(asDateTime(self).shown(), "%c")],
  utcoffset: [
    "self",
    (_, [self]) => {
      const { offsetMs } = asDateTime(self);
      return offsetMs === undefined ? null : new Duration(offsetMs * 1000);
    },
  ],
  tzname: ["self", (_, [self]) => asDateTime(self).shown().zone ?? null],
  astimezone: [
    "self tz?",
    ({ world }, [self, tz]) => {
      const local = zoneOf(world.timeZone);
      return asDateTime(self).in(tz instanceof ZoneValue ? tz.zone : local, local);
    },
  ],
  timetuple: ["self", (_, [self]) => new TimeTuple(asDateTime(self).wall)],
  replace: [
    REPLACEABLE,
    (_, [self, year, month, day, hour, minute, second, microsecond, tzinfo, fold]) => {
      const from = asDateTime(self);
      const parts = { year, month, day, hour, minute, second, microsecond };
      const zone = tzinfo instanceof ZoneValue ? tzinfo.zone : undefined;
      const wall = wallOf(replaced(readingOf(from.wall), parts));
      const isSecond = fold === undefined ? from.fold : fold;
      return new DateTime(wall, tzinfo === undefined ? from.zone : zone, isSecond === 1 ? 1 : 0);
    },
  ],
});

/** `datetime.timetuple()`. */
class TimeTuple extends Tuple {
  override readonly typeName = "struct_time" as "tuple";
  readonly #wall: number;
  constructor(wall: number) {
    const { year, month, day, hour, minute, second } = readingOf(wall);
    super([year, month, day, hour, minute, second, weekdayOf(wall), dayOfYear(wall), -1]);
    this.#wall = wall;
  }
  override attribute(name: string): unknown {
    if (name === "tm_yday") return dayOfYear(this.#wall);
    const names = ["tm_year", "tm_mon", "tm_mday", "tm_hour", "tm_min", "tm_sec", "tm_wday"];
    return this.items[names.indexOf(name)];
  }
}

/** Midnight of the day, in the same zone. */
export function startOfDay(moment: DateTime): DateTime {
  return new DateTime(Math.floor(moment.wall / DAY_US) * DAY_US, moment.zone);
}
