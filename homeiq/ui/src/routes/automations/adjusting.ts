import { number, span } from "#lib/format.ts";
import { t } from "#lib/i18n/translate.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const FACTORS = [0.25, 0.5, 1, 2, 4]; // of a length of time
const STEPS = [-2, -1, 0, 1, 2];
const SHARE = 0.1; // of a number, for one step

/** A value that can be another; a length of time in milliseconds, a time of day in those since midnight. */
interface Valued {
  readonly kind: "number" | "duration" | "time";
  readonly value: number;
}

/** Values around what is written, itself among them, in order. */
export function valuesAround({ kind, value }: Valued): number[] {
  const found = STEPS.map((step, index) => {
    if (step === 0 && value !== 0) return value;
    if (kind === "time") return (value + step * 30 * MINUTE_MS + DAY_MS) % DAY_MS;
    if (kind === "number") return rounded(value + step * stepFor(value));
    const length = value === 0 ? index * MINUTE_MS : value * (FACTORS[index] ?? 1);
    return asSpoken(length);
  });
  return [...new Set(found)];
}

/** As exact as one says it, which is as exact as it is shown: 11 minutes, not 11 minutes and 15 seconds. */
function asSpoken(ms: number): number {
  const [, unit] = SPOKEN.find(([least]) => ms >= least) ?? [0, SECOND_MS];
  return Math.round(ms / unit) * unit;
}
const SPOKEN = [
  [10 * DAY_MS, DAY_MS],
  [10 * HOUR_MS, HOUR_MS],
  [10 * MINUTE_MS, MINUTE_MS],
] as const;

/** About a tenth, as a person would count: 0.5, 1, 2, 5, 10. */
function stepFor(value: number): number {
  const about = Math.abs(value) * SHARE;
  if (about === 0) return 1;
  const size = 10 ** Math.floor(Math.log10(about));
  return ([1, 2, 5, 10].find((one) => one * size >= about * 0.75) ?? 10) * size;
}

const rounded = (value: number) => Number(value.toPrecision(6));

const two = (value: number) => String(value).padStart(2, "0");

/** Milliseconds after midnight, as a field for a time of day holds it. */
export const timeText = (ms: number): string =>
  `${two(Math.floor(ms / 3_600_000))}:${two(Math.floor(ms / MINUTE_MS) % 60)}`;

/** A value as it is read. */
export function valueText({ kind }: Pick<Valued, "kind">, value: number, unit = ""): string {
  if (kind === "time") return timeText(value);
  if (kind === "duration") return value === 0 ? t("whatif.atOnce") : span(value);
  return unit === "" ? number(value, 3) : `${number(value, 3)} ${unit}`;
}

/** What was typed in the field for this kind, lengths of time in minutes; `undefined` while it is none. */
export function typedValue({ kind }: Pick<Valued, "kind">, typed: string): number | undefined {
  if (typed.trim() === "") return undefined;
  if (kind === "time") {
    const [hours = Number.NaN, minutes = Number.NaN] = typed.split(":").map(Number);
    const ms = (hours * 60 + minutes) * MINUTE_MS;
    return Number.isFinite(ms) ? ms : undefined;
  }
  const value = Number(typed.trim().replace(",", "."));
  if (!Number.isFinite(value) || (kind === "duration" && value < 0)) return undefined;
  return kind === "duration" ? Math.round(value * MINUTE_MS) : value;
}
