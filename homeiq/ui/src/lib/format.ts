const LANGUAGE = navigator.language;

/** Moments and numbers as this house and this reader write them. */
export function createFormat(timeZone: string) {
  const zone = isZone(timeZone) ? timeZone : undefined;
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LANGUAGE, { ...options, ...(zone ? { timeZone: zone } : {}) });
  const clock = of({ hour: "2-digit", minute: "2-digit" });
  const exact = of({ hour: "2-digit", minute: "2-digit", second: "2-digit" });
  const day = of({ weekday: "long", day: "numeric", month: "long" });
  const moment = of({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return {
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

export const bytes = (value: number) =>
  new Intl.NumberFormat(LANGUAGE, {
    style: "unit",
    unit: "megabyte",
    maximumFractionDigits: value < 1e7 ? 1 : 0,
  }).format(value / 1e6);
