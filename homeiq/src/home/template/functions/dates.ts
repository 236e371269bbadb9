import {
  atUtc,
  CalendarDate,
  DAY_US,
  DateTime,
  Duration,
  lengthInWords,
  momentOf,
  parseDateTime,
  parseDuration,
  parseTime,
  SECOND_US,
  startOfDay,
  strftime,
  strptime,
  UTC,
  zoneOf,
} from "../moment/moment.ts";
import {
  type Definitions,
  floatOfText,
  numberOf,
  toFloat,
  toText,
  truthy,
  typeName,
  Undefined,
} from "../python/python.ts";
import { failure, isFailure, type Run } from "../run.ts";
import { type Family, noDefault, orDefault } from "./family.ts";

const DATE_FORMAT = "%Y-%m-%d %H:%M:%S";
const local = ({ world }: Run) => zoneOf(world.timeZone);
const nowOf = ({ world }: Run) => momentOf(world.now, world.timeZone);

/** Seconds since the epoch as a moment of UTC. */
function ofTimestamp(value: unknown): DateTime {
  const seconds = numberOf(value);
  if (seconds === undefined) {
    throw failure("TypeError", `'${typeName(value)}' object cannot be interpreted as an integer`);
  }
  if (!Number.isFinite(seconds)) throw failure("ValueError", "cannot convert float NaN to integer");
  if (Math.abs(seconds) > 253_402_300_799) throw failure("ValueError", "year is out of range");
  return atUtc(Math.round(seconds * SECOND_US), UTC);
}

function asTimestamp(run: Run, value: unknown): unknown {
  const moment = value instanceof DateTime ? value : parseDateTime(toText(value));
  if (moment === undefined) throw failure("ValueError", "not a valid date/time.");
  return toFloat(moment.utc(local(run)) / SECOND_US);
}

function asDateTime(run: Run, value: unknown, otherwise: unknown): unknown {
  if (value instanceof DateTime) return value;
  if (value instanceof CalendarDate) return new DateTime(value.wall, undefined);
  if (value instanceof Undefined) throw value.failure();
  const seconds = typeof value === "string" ? floatOfText(value) : numberOf(value);
  if (seconds !== undefined) {
    const moment = quietly(() => ofTimestamp(seconds));
    if (moment !== undefined) return moment;
  }
  const parsed = typeof value === "string" ? quietly(() => parseDateTime(value)) : undefined;
  if (parsed !== undefined) return parsed;
  if (otherwise !== undefined) return otherwise;
  if (typeof value === "string") return null;
  throw noDefault(run, "as_datetime", value);
}

function quietly<T>(parse: () => T): T | undefined {
  try {
    return parse();
  } catch (error) {
    if (isFailure(error, "ValueError", "TypeError")) return undefined;
    throw error;
  }
}

function asLocal(run: Run, value: unknown): DateTime {
  if (value instanceof DateTime) return value.in(local(run));
  throw failure("AttributeError", `'${typeName(value)}' object has no attribute 'tzinfo'`);
}

function todayAt(run: Run, time: unknown): DateTime {
  const today = startOfDay(nowOf(run));
  const text = time === undefined ? "" : toText(time);
  if (text === "") return today;
  const afterMidnight = parseTime(text);
  if (afterMidnight !== undefined) return new DateTime(today.wall + afterMidnight, today.zone);
  throw failure("ValueError", `could not convert ${typeName(time)} to datetime: '${text}'`);
}

function relative(
  run: Run,
  value: unknown,
  options: { precision: unknown; future: boolean },
): unknown {
  if (!(value instanceof DateTime)) return value;
  const moment = value.zone === undefined ? value.in(local(run)) : value;
  const now = nowOf(run);
  const seconds = (now.utc() - moment.utc()) / SECOND_US;
  if (options.future ? seconds > 0 : seconds < 0) return moment;
  return lengthInWords(Math.abs(seconds), numberOf(options.precision ?? 1) ?? 1);
}

function timedelta(parts: readonly unknown[]): Duration {
  const units = [DAY_US, SECOND_US, 1, 1000, 60 * SECOND_US, 3600 * SECOND_US, 7 * DAY_US];
  const sum = units.reduce((total, unit, index) => {
    const part = parts[index] ?? 0;
    const number = numberOf(part);
    if (number !== undefined) return total + number * unit;
    const message = `unsupported type for timedelta component: ${typeName(part)}`;
    throw failure("TypeError", message);
  }, 0);
  return new Duration(sum);
}

function custom(run: Run, value: unknown, format: string, isLocal: boolean): string {
  const moment = ofTimestamp(value);
  return strftime((isLocal ? moment.in(local(run)) : moment).shown(), format);
}

const BOTH: Definitions = {
  as_datetime: ["value default?", (run, [value, otherwise]) => asDateTime(run, value, otherwise)],
  as_local: ["value", (run, [value]) => asLocal(run, value)],
  as_timedelta: [
    "value",
    (_, [value]) => {
      if (typeof value === "string") return parseDuration(value) ?? null;
      throw failure("TypeError", `expected string or bytes-like object, got '${typeName(value)}'`);
    },
  ],
  as_timestamp: [
    "value default?",
    (run, [value, otherwise]) =>
      orDefault(run, "as_timestamp", { value, otherwise }, () => asTimestamp(run, value)),
  ],
  relative_time: ["value", (run, [value]) => relative(run, value, { precision: 1, future: false })],
  time_since: [
    "value precision?",
    (run, [value, precision]) => relative(run, value, { precision, future: false }),
  ],
  time_until: [
    "value precision?",
    (run, [value, precision]) => relative(run, value, { precision, future: true }),
  ],
  timedelta_string: [
    "value precision?",
    (_, [value, precision]) =>
      value instanceof Duration
        ? lengthInWords(Math.abs(value.microseconds) / SECOND_US, numberOf(precision ?? 1) ?? 1)
        : value,
  ],
  today_at: ["time_str?", (run, [time]) => todayAt(run, time)],
};

/** Moments, dates and lengths of time. */
export const dates: Family = {
  both: BOTH,
  globals: {
    now: ["", (run) => nowOf(run)],
    utcnow: ["", ({ world }) => atUtc(Math.round(world.now * 1000), UTC)],
    strptime: [
      "string fmt default?",
      (run, [value, format, otherwise]) =>
        orDefault(run, "strptime", { value, otherwise }, () => {
          if (typeof value === "string") return strptime(value, toText(format));
          throw failure("TypeError", "strptime() argument 1 must be str");
        }),
    ],
    timedelta: [
      "days? seconds? microseconds? milliseconds? minutes? hours? weeks?",
      (_, parts) => timedelta(parts),
    ],
  },
  filters: {
    timestamp_custom: [
      "value date_format? local? default?",
      (run, [value, format = DATE_FORMAT, isLocal = true, otherwise]) =>
        orDefault(run, "timestamp_custom", { value, otherwise }, () =>
          custom(run, value, toText(format), truthy(isLocal)),
        ),
    ],
    timestamp_local: [
      "value default?",
      (run, [value, otherwise]) =>
        orDefault(run, "timestamp_local", { value, otherwise }, () =>
          ofTimestamp(value).in(local(run)).iso(),
        ),
    ],
    timestamp_utc: [
      "value default?",
      (run, [value, otherwise]) =>
        orDefault(run, "timestamp_utc", { value, otherwise }, () => ofTimestamp(value).iso()),
    ],
  },
  tests: { datetime: ["value", (_, [value]) => value instanceof DateTime] },
};
