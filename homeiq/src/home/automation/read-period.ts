import { kindOf } from "./fields.ts";
import { checkTemplate } from "./read-json.ts";
import { toFloat, toInteger } from "./read-number.ts";
import { type At, type Reading, renameKey, replaceBy } from "./reading.ts";
import { nearest } from "./spelling.ts";
import {
  isTagged,
  isTemplateText,
  type Path,
  type Period,
  type PeriodUnit,
  tagText,
} from "./value.ts";

const UNIT_MS: Readonly<Record<PeriodUnit, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
  milliseconds: 1,
};
const UNITS = Object.keys(UNIT_MS) as PeriodUnit[]; // the keys are what the record says

/** A length of time of at least nothing, in which templates are allowed: `for`, `delay`, `timeout`. */
export function readPeriod(r: Reading, at: At): Period | undefined {
  const { value, path } = at;
  if (isTagged(value) && value.tag !== "!input") return { template: tagText(value) };
  if (typeof value === "string" && isTemplateText(value)) {
    checkTemplate(r, { value, path });
    return { template: value };
  }
  const parts = templatedParts(r, at);
  if (parts) return { parts };
  const ms = readMs(r, at);
  if (ms === undefined) return undefined;
  if (ms >= 0) return { ms };
  r.error(path, "negative_period", "This time must not be negative.");
  return undefined;
}

/** A length of time that may be negative, without templates: `offset`. */
export function readOffset(r: Reading, at: At): Period | undefined {
  if (isTagged(at.value) && at.value.tag !== "!input") return { template: tagText(at.value) };
  const ms = readMs(r, at);
  return ms === undefined ? undefined : { ms };
}

/** Seconds, `"HH:MM"`, `"HH:MM:SS"` or a set of units, in milliseconds (to a thousandth). */
function readMs(r: Reading, at: At): number | undefined {
  const { value, path } = at;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return unitsMs(r, Object.entries(value), path);
  }
  const seconds = toFloat(value);
  const ms = seconds === undefined ? clockMs(value) : seconds * 1000;
  if (ms !== undefined && Number.isFinite(ms)) return exact(ms);
  const near = typeof value === "string" ? spokenPeriod(value) : undefined;
  const shown = typeof value === "string" ? `\`${value}\`` : kindOf(value);
  r.error(
    path,
    "invalid_period",
    `${shown} is not a length of time: write "HH:MM:SS", seconds as a number, or \`minutes: 5\`.`,
    {
      ...(near !== undefined && { fix: replaceBy(path, near) }),
    },
  );
  return undefined;
}

const exact = (ms: number) => Math.round(ms * 1000) / 1000 + 0;

function clockMs(value: unknown): number | undefined {
  if (typeof value !== "string") return undefined;
  const negative = value.startsWith("-");
  const parts = value.replace(/^[+-]/, "").split(":");
  if (parts.length !== 2 && parts.length !== 3) return undefined;
  const hours = toInteger(parts[0]);
  const minutes = toInteger(parts[1]);
  const seconds = parts.length === 3 ? toFloat(parts[2]) : 0;
  if (hours === undefined || minutes === undefined || seconds === undefined) return undefined;
  const ms = hours * UNIT_MS.hours + minutes * UNIT_MS.minutes + seconds * 1000;
  return negative ? -ms : ms;
}

function unitsMs(
  r: Reading,
  entries: readonly [string, unknown][],
  path: Path,
): number | undefined {
  let sum = 0;
  let failed = false;
  for (const [key, value] of entries) {
    const unit = UNITS.find((known) => known === key);
    if (!unit) {
      failed = true;
      reportUnit(r, key, { value, path: [...path, key] });
      continue;
    }
    const number = toFloat(value);
    if (number === undefined || !Number.isFinite(number)) {
      failed = true;
      r.error([...path, key], "not_a_number", `\`${key}\` must be a number, not ${kindOf(value)}.`);
      continue;
    }
    sum += number * UNIT_MS[unit];
  }
  if (entries.length === 0) {
    r.error(
      path,
      "missing_key",
      `A length of time needs one of ${UNITS.map((unit) => `\`${unit}\``).join(", ")}.`,
    );
    return undefined;
  }
  return failed ? undefined : exact(sum);
}

function reportUnit(r: Reading, key: string, { path }: At): void {
  const short: Readonly<Record<string, PeriodUnit>> = {
    d: "days",
    h: "hours",
    hrs: "hours",
    m: "minutes",
    min: "minutes",
    mins: "minutes",
    s: "seconds",
    sec: "seconds",
    secs: "seconds",
    ms: "milliseconds",
  };
  const meant = short[key.toLowerCase()] ?? nearest(key, UNITS)?.word;
  r.error(
    path,
    "unknown_key",
    `\`${key}\` is not a unit of time${meant ? `; write \`${meant}\`.` : "."}`,
    {
      facts: { key, ...(meant && { meant }) },
      ...(meant && { fix: renameKey(path, meant) }),
    },
  );
}

/** The parts of a set of units of which at least one is a template. */
function templatedParts(r: Reading, { value, path }: At) {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  const entries = Object.entries(value);
  const isTemplate = (part: unknown) =>
    (typeof part === "string" && isTemplateText(part)) || isTagged(part);
  if (!entries.some(([, part]) => isTemplate(part))) return undefined;
  const parts: Partial<Record<PeriodUnit, number | { template: string }>> = {};
  for (const [key, part] of entries) {
    const at = { value: part as unknown, path: [...path, key] };
    const unit = UNITS.find((known) => known === key);
    const number = toFloat(part);
    if (!unit) reportUnit(r, key, at);
    else if (isTagged(part)) parts[unit] = { template: tagText(part) };
    else if (typeof part === "string" && isTemplateText(part)) {
      checkTemplate(r, { value: part, path: at.path });
      parts[unit] = { template: part };
    } else if (number !== undefined && number >= 0) parts[unit] = number;
    else
      r.error(at.path, "not_a_number", `\`${key}\` must be a number of at least 0 or a template.`);
  }
  return parts;
}

const SPOKEN_UNITS: readonly (readonly [RegExp, number])[] = [
  [/^(d|days?)$/, 86_400],
  [/^(h|hrs?|hours?)$/, 3600],
  [/^(m|mins?|minutes?)$/, 60],
  [/^(s|secs?|seconds?)$/, 1],
];
const NUMBER_WORDS = [
  "zero",
  "one",
  "two",
  "three",
  "four",
  "five",
  "six",
  "seven",
  "eight",
  "nine",
  "ten",
];

/** `5m`, `1 h 30 min`, `five minutes` as `"HH:MM:SS"`. A word such as `before` makes it negative. */
export function spokenPeriod(text: string): string | undefined {
  const words = text.toLowerCase().trim();
  const before = /\b(before|earlier)$/.test(words);
  const amounts = words
    .replace(/\b(before|after|earlier|later)$/, "")
    .replace(/^(after|for|in)\b/, "")
    .trim();
  const parts = [...amounts.matchAll(/([\d.]+|[a-z]+?)\s*([a-z]+)\s*(?:,|and)?\s*/g)];
  if (parts.length === 0 || parts.map(([whole]) => whole).join("") !== amounts) return undefined;
  let seconds = 0;
  for (const [, amount = "", unit = ""] of spaced(amounts) ?? parts) {
    const number = /^\d/.test(amount) ? Number(amount) : NUMBER_WORDS.indexOf(amount);
    const factor = SPOKEN_UNITS.find(([pattern]) => pattern.test(unit))?.[1];
    if (!Number.isFinite(number) || number < 0 || factor === undefined) return undefined;
    seconds += number * factor;
  }
  const two = (value: number) => String(value).padStart(2, "0");
  const whole = Math.round(seconds);
  return `${before ? "-" : ""}${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}

/** Amounts in words need the space after them: `five minutes`. */
function spaced(text: string) {
  const parts = [...text.matchAll(/([a-z]+)\s+([a-z]+)\s*/g)];
  return /^\d/.test(text) || parts.length === 0 ? undefined : parts;
}
