import { createZone, type Tick } from "./zone.ts";

const LANGUAGE = navigator.language;
const LONG_MS = 60 * 86_400_000;

/** Moments and numbers as this house and this reader write them. */
export function createFormat(timeZone: string) {
  const zone = isZone(timeZone) ? timeZone : undefined;
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LANGUAGE, { ...options, ...(zone ? { timeZone: zone } : {}) });
  const clock = of({ hour: "2-digit", minute: "2-digit" });
  const exact = of({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = of({ weekday: "long", day: "numeric", month: "long" });
  const moment = of({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  const brief = of({ hour: "numeric", minute: "2-digit" });
  const dayShort = of({ day: "numeric", month: "short" });
  const date = of({ day: "numeric", month: "short", year: "numeric" });
  const month = of({ month: "short" });
  const year = of({ year: "numeric" });
  return {
    zone: createZone(zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone),
    date: (at: number) => date.format(at),
    /** From and to; of long times only the days. */
    range: ({ from, to }: { readonly from: number; readonly to: number }) => {
      const form = to - from > LONG_MS ? date : moment;
      return `${form.format(from)} – ${form.format(to)}`;
    },
    /** What stands beneath a mark of a time axis. */
    tick: ({ at, isMajor, step }: Tick) => {
      if (step === "year") return year.format(at);
      if (step === "month") return month.format(at);
      return (step === "day" || isMajor ? dayShort : brief).format(at);
    },
    clock: (at: number) => clock.format(at),
    exact: (at: number) => exact.format(at),
    day: (at: number) => day.format(at),
    moment: (at: number) => moment.format(at),
  };
}

export type Format = ReturnType<typeof createFormat>;

function isZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch {
    return false; // a zone that this browser does not know: its own is the better guess
  }
}

export const number = (value: number, digits = 1) =>
  new Intl.NumberFormat(LANGUAGE, { maximumFractionDigits: digits }).format(value);

const UNITS: readonly [Intl.NumberFormatOptions["unit"], number][] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** A span of time by its largest unit: "3 hours". */
export function duration(ms: number): string {
  const [unit, size] = UNITS.find(([, length]) => ms >= length) ?? ["second", 1000];
  return new Intl.NumberFormat(LANGUAGE, {
    style: "unit",
    unit,
    unitDisplay: "long",
    maximumFractionDigits: 0,
  }).format(Math.round(ms / size));
}

/** A length of time in up to two units, short: "3 hr 20 min". */
export function span(ms: number): string {
  const first = UNITS.findIndex(([, length]) => ms >= length);
  const [unit, size] = UNITS[first] ?? ["second", 1000];
  const whole = Math.floor(ms / size);
  const [smaller, smallerSize] = UNITS[first + 1] ?? [];
  const rest = smallerSize ? Math.round((ms - whole * size) / smallerSize) : 0;
  const short = (count: number, what: Intl.NumberFormatOptions["unit"]) =>
    new Intl.NumberFormat(LANGUAGE, { style: "unit", unit: what, unitDisplay: "short" }).format(
      count,
    );
  const isRound = rest === 0 || whole >= 10 || smallerSize === undefined;
  return isRound
    ? short(Math.round(ms / size), unit)
    : `${short(whole, unit)} ${short(rest, smaller)}`;
}

/** Monday to Sunday, whatever day a week begins with here. */
export const weekdays = (width: "long" | "short") => {
  const format = new Intl.DateTimeFormat(LANGUAGE, { weekday: width, timeZone: "UTC" });
  const monday = Date.UTC(2024, 0, 1);
  return Array.from({ length: 7 }, (_, day) => format.format(monday + day * 86_400_000));
};

const fullHour = new Intl.DateTimeFormat(LANGUAGE, {
  hour: "numeric",
  minute: "2-digit",
  timeZone: "UTC",
});

/** A full hour as a clock here shows it. */
export const hourText = (hour: number) => fullHour.format((hour % 24) * 3_600_000);

const calendarDay = new Intl.DateTimeFormat(LANGUAGE, {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});

/** A date, given as its midnight in UTC: "24 Nov". */
export const dayName = (midnight: number) => calendarDay.format(midnight);

/** A number of which only the first two digits are meant. */
export const roughly = (value: number) =>
  new Intl.NumberFormat(LANGUAGE, { maximumSignificantDigits: 2 }).format(value);

/** A large number in few characters: "1.2M". */
export const compact = (value: number) =>
  new Intl.NumberFormat(LANGUAGE, { notation: "compact", maximumFractionDigits: 1 }).format(value);

const SIZES: readonly [Intl.NumberFormatOptions["unit"], number][] = [
  ["gigabyte", 1e9],
  ["megabyte", 1e6],
  ["kilobyte", 1e3],
];

export function bytes(value: number): string {
  const [unit, size] = SIZES.find(([, least]) => value >= least) ?? ["kilobyte", 1e3];
  return new Intl.NumberFormat(LANGUAGE, {
    style: "unit",
    unit,
    maximumFractionDigits: value / size < 10 ? 1 : 0,
  }).format(value / size);
}

/** An amount of money; a cheap thing with more digits. */
export function money(value: number, currency: string, digits?: number): string {
  const wanted = digits === undefined ? {} : { minimumFractionDigits: digits };
  const most = digits === undefined ? {} : { maximumFractionDigits: digits };
  return new Intl.NumberFormat(LANGUAGE, {
    style: "currency",
    currency,
    ...wanted,
    ...most,
  }).format(value);
}

/** A number with a unit that `Intl` knows. */
export const unit = (value: number, name: Intl.NumberFormatOptions["unit"], digits = 1) =>
  new Intl.NumberFormat(LANGUAGE, {
    style: "unit",
    unit: name,
    maximumFractionDigits: digits,
  }).format(value);

/** `Intl` knows no watts. */
export const inWatts = (value: number) => `${number(value, 0)} W`;
