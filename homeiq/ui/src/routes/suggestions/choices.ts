import { number } from "#lib/format.ts";
import type { Choice, Chosen } from "#lib/suggestion-api.ts";

type Value = Chosen[string];
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;
const two = (value: number) => String(value).padStart(2, "0");

/** What a field holds for a value: minutes for a period, `22:30` for a time of day. */
export function toFieldText({ kind }: Choice, value: Value | undefined): string {
  if (typeof value !== "number") return typeof value === "string" ? value : "";
  if (kind === "period") return String(value / MINUTE_MS);
  if (kind !== "time") return String(value);
  const minutes = Math.round(value / MINUTE_MS) % DAY_MINUTES;
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

/** The value that a field means; `undefined` while it means none, or one that is not allowed. */
export function fromFieldText({ kind, min, max }: Choice, text: string): Value | undefined {
  if (text.trim() === "") return undefined;
  if (kind === "time") {
    const [hour = Number.NaN, minute = Number.NaN] = text.split(":").map(Number);
    return Number.isFinite(hour * minute) ? (hour * 60 + minute) * MINUTE_MS : undefined;
  }
  const value = Number(text) * (kind === "period" ? MINUTE_MS : 1);
  const isAllowed = Number.isFinite(value) && value >= (min ?? value) && value <= (max ?? value);
  return isAllowed ? value : undefined;
}

/** The same value, whatever it is made of. */
export const keyOf = (value: Value | undefined) => JSON.stringify(value);

/** Between which numbers a field may be, in the unit of the field. */
export function limitsText({ kind, min, max, unit }: Choice): string {
  if (min === undefined || max === undefined) return "";
  const size = kind === "period" ? MINUTE_MS : 1;
  return [`${number(min / size)} – ${number(max / size)}`, unit].filter(Boolean).join(" ");
}

/** What is chosen at first: what was filled in, save where a person must say it. */
export const filledIn = (choices: readonly Choice[]): Chosen =>
  Object.fromEntries(
    choices.flatMap(({ slot, value }) => (value === undefined ? [] : [[slot, value] as const])),
  );

/** What must still be chosen before it can be accepted. */
export const missingIn = (choices: readonly Choice[], chosen: Chosen): string[] =>
  choices.filter(({ slot }) => isNothing(chosen[slot])).map(({ label }) => label);

const isNothing = (value: Value | undefined) =>
  value === undefined || (Array.isArray(value) && value.length === 0);
