import {
  dayOfYear,
  isoDate,
  isoOffset,
  isoTime,
  isoWeekOf,
  type Reading,
  readingOf,
  weekdayOf,
} from "./clock.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** What is shown, and of which zone. */
export interface Shown {
  /** Microseconds on the wall. */
  readonly wall: number;
  readonly offsetMs?: number | undefined;
  readonly zone?: string | undefined;
}

const DIRECTIVE = /%([-_0^#]?)([a-zA-Z%])/g;

/** Python's `strftime` in the C locale, with the flags `-`, `_`, `0`, `^` of Linux. */
export function strftime(shown: Shown, format: string): string {
  const reading = readingOf(shown.wall);
  return format.replace(DIRECTIVE, (whole, flag: string, directive: string) => {
    const number = numberOf(directive, reading, shown.wall);
    if (number !== undefined) {
      const [value, width, fill] = number;
      if (flag === "-") return String(value);
      return String(value).padStart(width, flag === "_" ? " " : fill);
    }
    const text = textOf(directive, reading, shown);
    if (text === undefined) return whole;
    return flag === "^" ? text.toUpperCase() : text;
  });
}

type Padded = readonly [number, number, string];

function numberOf(directive: string, reading: Reading, wall: number): Padded | undefined {
  const weekday = weekdayOf(wall);
  const twelve = reading.hour % 12 === 0 ? 12 : reading.hour % 12;
  switch (directive) {
    case "d":
      return [reading.day, 2, "0"];
    case "e":
      return [reading.day, 2, " "];
    case "m":
      return [reading.month, 2, "0"];
    case "y":
      return [reading.year % 100, 2, "0"];
    case "C":
      return [Math.floor(reading.year / 100), 2, "0"];
    case "Y":
      return [reading.year, 4, "0"];
    case "H":
      return [reading.hour, 2, "0"];
    case "k":
      return [reading.hour, 2, " "];
    case "I":
      return [twelve, 2, "0"];
    case "l":
      return [twelve, 2, " "];
    case "M":
      return [reading.minute, 2, "0"];
    case "S":
      return [reading.second, 2, "0"];
    case "f":
      return [reading.microsecond, 6, "0"];
    case "j":
      return [dayOfYear(wall), 3, "0"];
    case "u":
      return [weekday + 1, 1, "0"];
    case "w":
      return [(weekday + 1) % 7, 1, "0"];
    case "U":
      return [Math.floor((dayOfYear(wall) + 6 - ((weekday + 1) % 7)) / 7), 2, "0"];
    case "W":
      return [Math.floor((dayOfYear(wall) + 6 - weekday) / 7), 2, "0"];
    case "G":
      return [isoWeekOf(wall)[0], 4, "0"];
    case "V":
      return [isoWeekOf(wall)[1], 2, "0"];
    default:
      return undefined;
  }
}

function textOf(directive: string, reading: Reading, shown: Shown): string | undefined {
  const day = DAYS[weekdayOf(shown.wall)] ?? "";
  const month = MONTHS[reading.month - 1] ?? "";
  const half = reading.hour < 12 ? "AM" : "PM";
  const clock = isoTime({ ...reading, microsecond: 0 });
  const date = isoDate(reading);
  const { offsetMs } = shown;
  switch (directive) {
    case "a":
      return day.slice(0, 3);
    case "A":
      return day;
    case "b":
    case "h":
      return month.slice(0, 3);
    case "B":
      return month;
    case "p":
      return half;
    case "P":
      return half.toLowerCase();
    case "z":
      return offsetMs === undefined ? "" : isoOffset(offsetMs).replaceAll(":", "");
    case "Z":
      return shown.zone ?? "";
    case "c":
      return `${day.slice(0, 3)} ${month.slice(0, 3)} ${String(reading.day).padStart(2)} ${clock} ${reading.year}`;
    case "x":
    case "D":
      return `${date.slice(5, 7)}/${date.slice(8)}/${date.slice(2, 4)}`;
    case "X":
    case "T":
      return clock;
    case "F":
      return date;
    case "R":
      return clock.slice(0, 5);
    case "r":
      return strftime(shown, "%I:%M:%S %p");
    case "s":
      return String(Math.floor(shown.wall / 1e6 - (offsetMs ?? 0) / 1000));
    case "n":
      return "\n";
    case "t":
      return "\t";
    case "%":
      return "%";
    default:
      return undefined;
  }
}
