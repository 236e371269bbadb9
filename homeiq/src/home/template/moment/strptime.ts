import { failure } from "../run.ts";
import { wallOf } from "./clock.ts";
import { DateTime } from "./datetime.ts";
import { DAY_US } from "./duration.ts";
import { EMPTY_READING, notMatching, zoneOfText } from "./parse.ts";
import { MONTHS } from "./strftime.ts";

const SHORT_MONTHS = MONTHS.map((month) => month.slice(0, 3));
const DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday";
const PATTERNS: Readonly<Record<string, string>> = {
  d: "(?<d>3[01]|[12]\\d|0[1-9]|[1-9]| [1-9])",
  m: "(?<m>1[0-2]|0[1-9]|[1-9])",
  Y: "(?<Y>\\d{4})",
  y: "(?<y>\\d{2})",
  H: "(?<H>2[0-3]|[01]\\d|\\d)",
  I: "(?<I>1[0-2]|0[1-9]|[1-9])",
  M: "(?<M>[0-5]\\d|\\d)",
  S: "(?<S>6[01]|[0-5]\\d|\\d)",
  f: "(?<f>\\d{1,6})",
  j: "(?<j>\\d{1,3})",
  p: "(?<p>am|pm)",
  B: `(?<B>${MONTHS.join("|")})`,
  b: `(?<b>${SHORT_MONTHS.join("|")})`,
  A: `(?:${DAYS})`,
  a: "(?:mon|tue|wed|thu|fri|sat|sun)",
  z: "(?<z>[+-]\\d\\d:?[0-5]\\d(?::?[0-5]\\d(?:\\.\\d{1,6})?)?|Z)",
  Z: "(?<Z>utc|gmt|[a-z]{3,4})",
  "%": "%",
};
const WHOLE: Readonly<Record<string, string>> = {
  T: "%H:%M:%S",
  X: "%H:%M:%S",
  R: "%H:%M",
  F: "%Y-%m-%d",
  D: "%m/%d/%y",
  x: "%m/%d/%y",
  c: "%a %b %d %H:%M:%S %Y",
};

/** Python's `datetime.strptime` in the C locale. Throws ValueError when the text is not of the format. */
export function strptime(text: string, format: string): DateTime {
  const found = patternOf(format).exec(text)?.groups;
  if (found === undefined) throw notMatching(text, format);
  const number = (name: string, otherwise: number) =>
    found[name] === undefined ? otherwise : Number(found[name]);
  const month = monthOf(found);
  const wall = wallOf({
    ...EMPTY_READING,
    year: yearOf(found),
    month: found.j === undefined ? month : 1,
    day: number("d", 1),
    hour: hourOf(found),
    minute: number("M", 0),
    second: number("S", 0),
    microsecond: Number((found.f ?? "").padEnd(6, "0")),
  });
  const days = found.j === undefined ? 0 : Number(found.j) - 1;
  const zone = found.z === undefined ? undefined : zoneOfText(found.z.toUpperCase());
  return new DateTime(wall + days * DAY_US, zone);
}

function patternOf(format: string): RegExp {
  const plain = format.replace(/%([TXRFDxc])/g, (_, name: string) => WHOLE[name] ?? "");
  const source = plain.replace(
    /%-?(.)|(\s+)|([\\^$.*+?()[\]{}|/-])/g,
    (_, name, space, special) => {
      if (space !== undefined) return "\\s+";
      if (special !== undefined) return `\\${special}`;
      const pattern = PATTERNS[name];
      if (pattern !== undefined) return pattern;
      throw failure("ValueError", `'${name}' is a bad directive in format '${format}'`);
    },
  );
  try {
    return new RegExp(`^${source}$`, "i");
  } catch {
    throw failure("ValueError", `a directive is there twice in format '${format}'`);
  }
}

type Found = Readonly<Record<string, string | undefined>>;

function yearOf({ Y, y }: Found): number {
  if (Y !== undefined) return Number(Y);
  if (y === undefined) return EMPTY_READING.year;
  return Number(y) + (Number(y) < 69 ? 2000 : 1900);
}

function monthOf({ m, B, b }: Found): number {
  if (m !== undefined) return Number(m);
  const name = (B ?? b)?.slice(0, 3).toLowerCase();
  if (name === undefined) return 1;
  return SHORT_MONTHS.findIndex((month) => month.toLowerCase() === name) + 1;
}

function hourOf({ H, I, p }: Found): number {
  if (H !== undefined) return Number(H);
  if (I === undefined) return 0;
  return (Number(I) % 12) + (p?.toLowerCase() === "pm" ? 12 : 0);
}
