import { failure } from "../run.ts";
import { textRepr } from "./text.ts";
import { numberOf, typeName, Undefined } from "./value.ts";

const DIGITS = String.raw`\d+(?:_\d+)*`;
const FLOAT = new RegExp(
  `^[+-]?(?:${DIGITS}\\.?(?:${DIGITS})?|\\.${DIGITS})(?:e[+-]?${DIGITS})?$`,
  "i",
);
const INT = new RegExp(`^[+-]?${DIGITS}$`);
const SPECIAL = /^([+-]?)(inf|infinity|nan)$/i;

/** Python's `float(value)`: throws ValueError or TypeError, and UndefinedError of what is undefined. */
export function parseFloatOf(value: unknown): number {
  const known = numberOf(value);
  if (known !== undefined) return known;
  if (value instanceof Undefined) throw value.failure();
  if (typeof value !== "string") {
    const message = `float() argument must be a string or a real number, not '${typeName(value)}'`;
    throw failure("TypeError", message);
  }
  const number = floatOfText(value);
  if (number !== undefined) return number;
  throw failure("ValueError", `could not convert string to float: ${textRepr(value)}`);
}

/** The number that a text is; `undefined` when it is none for Python. */
export function floatOfText(text: string): number | undefined {
  const trimmed = text.trim();
  if (FLOAT.test(trimmed)) return Number(trimmed.replaceAll("_", ""));
  const special = SPECIAL.exec(trimmed);
  if (special === null) return undefined;
  if (special[2]?.toLowerCase() === "nan") return Number.NaN;
  return special[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

const PREFIXES: Readonly<Record<number, RegExp>> = { 2: /^0b/i, 8: /^0o/i, 16: /^0x/i };

/** Jinja2's `int` filter: the whole part of a number or of a text that is one; `undefined` of others. */
export function intOf(value: unknown, base = 10): number | undefined {
  if (typeof value === "string") return intOfText(value, base);
  if (value instanceof Undefined) throw value.failure();
  const number = numberOf(value);
  return number === undefined || !Number.isFinite(number) ? undefined : whole(number);
}

function intOfText(text: string, base: number): number | undefined {
  const trimmed = text.trim();
  if (base === 10 && INT.test(trimmed)) return whole(Number(trimmed.replaceAll("_", "")));
  if (base !== 10) {
    const digits = trimmed.replace(/^[+-]/, "").replace(PREFIXES[base] ?? "", "");
    const number = Number.parseInt(digits, base);
    const isAll =
      digits !== "" && [...digits].every((digit) => !Number.isNaN(Number.parseInt(digit, base)));
    if (isAll) return trimmed.startsWith("-") ? -number : number;
  }
  const number = floatOfText(trimmed);
  return number === undefined || !Number.isFinite(number) ? undefined : whole(number);
}

/** Towards zero; never `-0`, which no int is. */
export function whole(value: number): number {
  return Math.trunc(value) + 0;
}

/** Python's `round`: halves go to the even neighbor, judged by the exact value of the float. */
export function roundHalfEven(value: number, digits: number): number {
  if (!Number.isFinite(value) || digits > 22) return value;
  if (digits >= 0 && digits <= 100) {
    const fixed = Number(value.toFixed(digits)); // exact, but halves go away from zero
    return isTie(value, digits) ? evenNeighbor(value, digits) : fixed;
  }
  const factor = 10 ** -digits;
  return roundHalfEven(value / factor, 0) * factor;
}

function isTie(value: number, digits: number): boolean {
  // A tie needs a last digit of 5 right after `digits`, exactly: only multiples of a power of two can be one.
  const scaled = value * 2 ** (digits + 1);
  if (!Number.isInteger(scaled)) return false;
  const exact = value.toFixed(Math.min(100, digits + 30));
  return (
    /^-?\d*\.?\d*5$/.test(exact.replace(/0+$/, "")) &&
    exact.replace(/0+$/, "").split(".")[1]?.length === digits + 1
  );
}

function evenNeighbor(value: number, digits: number): number {
  const factor = 10 ** digits;
  const below = Math.floor(Math.abs(value) * factor + 1e-9);
  const even = below % 2 === 0 ? below : below + 1;
  return Number((Math.sign(value) * (even / factor)).toFixed(digits));
}
