import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { wallOf } from "#foundation/wall-time.ts";

/** A time as it stands in a cell: on the wall, or with the offset that it names. */
export interface CellTime {
  readonly wall: number;
  readonly offsetMs?: number;
}

const CLOCK = String.raw`(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?`;
const ZONE = String.raw`(Z|[+-]\d{2}:?\d{2})?`;
const DATE = String.raw`(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})`;
const ONLY_DATE = new RegExp(`^${DATE}$`);
const ONLY_CLOCK = new RegExp(`^${CLOCK}$`);
const DATE_AND_CLOCK = new RegExp(String.raw`^${DATE}(?:T|\s+|,\s*)${CLOCK}\s*${ZONE}$`);

/** `isMonthFirst` for 12/31/2026, which only a whole file can tell from 31/12/2026. */
export function readTime(cell: string, isMonthFirst: boolean): CellTime | undefined {
  const found = DATE_AND_CLOCK.exec(cell);
  if (!found) return undefined;
  const [, first = "", , second = "", third = "", hour, minute, seconds, zone] = found;
  const day = readDate([first, second, third], isMonthFirst);
  const clock = clockMs([hour, minute, seconds]);
  if (day === undefined || clock === undefined) return undefined;
  return { wall: day + clock, ...(zone ? { offsetMs: toOffsetMs(zone) } : {}) };
}

/** A date at midnight, on the wall. */
export function readDay(cell: string, isMonthFirst: boolean): number | undefined {
  const [, first = "", , second = "", third = ""] = ONLY_DATE.exec(cell) ?? [];
  return first === "" ? undefined : readDate([first, second, third], isMonthFirst);
}

/** A time of day, milliseconds since midnight; 24:00 is the end of the day. */
export function readClock(cell: string): number | undefined {
  const found = ONLY_CLOCK.exec(cell);
  return found ? clockMs(found.slice(1)) : undefined;
}

/** Whether the second number of a date cannot be a month. */
export function hasMonthFirst(cell: string): boolean {
  const [, first = "", second = ""] = /^(\d{1,2})[./-](\d{1,2})[./-]\d{2,4}/.exec(cell) ?? [];
  return Number(second) > 12 && Number(first) <= 12;
}

function readDate(parts: readonly string[], isMonthFirst: boolean): number | undefined {
  const [first = "", second = "", third = ""] = parts;
  if (first.length === 4) return wallOf(Number(first), Number(second), Number(third));
  if (first.length > 2) return undefined;
  const year = third.length === 2 ? 2000 + Number(third) : Number(third);
  const [day, month] = isMonthFirst ? [second, first] : [first, second];
  return year < 1990 ? undefined : wallOf(year, Number(month), Number(day));
}

function clockMs([hour, minute, second]: readonly (string | undefined)[]): number | undefined {
  const ms = Number(hour) * HOUR_MS + Number(minute) * MINUTE_MS + Number(second ?? 0) * 1_000;
  return Number(minute) < 60 && Number(second ?? 0) < 60 && ms <= DAY_MS ? ms : undefined;
}

function toOffsetMs(zone: string): number {
  if (zone === "Z") return 0;
  const [, sign, hours, minutes] = /([+-])(\d\d):?(\d\d)/.exec(zone) ?? [];
  const ms = Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
  return sign === "-" ? -ms : ms;
}

/** `0,154`, `0.154`, `1.234,5`, `1'234.5`; what has both signs ends with the decimal one. */
export function readNumber(cell: string): number | undefined {
  const text = cell.replaceAll(/[\s'\u00a0]/g, "").replace(/k?Wh$/i, "");
  if (!/^[+-]?[\d.,]*\d[\d.,]*$/.test(text)) return undefined;
  const decimal = Math.max(text.lastIndexOf(","), text.lastIndexOf("."));
  const groups = text.match(/[.,]/g) ?? [];
  const isGrouped = groups.length > 1 && new Set(groups).size === 1; // 1.234.567 has no decimals
  const whole = (decimal < 0 || isGrouped ? text : text.slice(0, decimal)).replaceAll(/[.,]/g, "");
  const rest = decimal < 0 || isGrouped ? "" : text.slice(decimal + 1);
  const value = Number(rest === "" ? whole : `${whole}.${rest}`);
  return Number.isFinite(value) ? value : undefined;
}
