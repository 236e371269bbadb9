import { toNumber } from "#ingest/normalize/number.ts";
import type { ByteReader, ByteWriter } from "#store/packed-numbers.ts";
import { readNumbers, writeNumbers } from "#store/packed-numbers.ts";

// The states of one entity. Most are numbers that were texts: "21.50" must come back as "21.50", so what is
// kept is the number without its point, and the rule by which it was written.

const TEXTS = 0;
const NUMBERS = 1;

const MAX_DECIMALS = 9;
const LARGEST = 2 ** 49; // room for the fold and a step
const LEAST_NUMERIC_SHARE = 0.5;
/** How a number was written: with a fixed count of decimals, or as few as it needs but at least so many. */
const FIXED = 0;
const SHORTEST = 1;
const SHORTEST_WITH_POINT = 2;

/** Stands for "no state": the entity had just appeared or vanished. No state of Home Assistant holds it. */
export const NO_STATE = "\u0000";

export interface States {
  /** The number in each state, NaN where it is none; made when it is first asked for. */
  readonly values: Float64Array;
  value(n: number): number;
  /** Text of row `n`. */
  text(n: number): string;
}

interface Parsed {
  readonly digits: number;
  readonly decimals: number;
}

/** A plain decimal number such as "-21.50"; `undefined` for anything that could not be written back the same. */
function parse(text: string): Parsed | undefined {
  const length = text.length;
  if (length === 0 || length > 17) return undefined;
  const negative = text.charCodeAt(0) === 45;
  const start = negative ? 1 : 0;
  let digits = 0;
  let point = -1;
  for (let at = start; at < length; at += 1) {
    const code = text.charCodeAt(at);
    if (code >= 48 && code <= 57) digits = digits * 10 + code - 48;
    else if (code === 46 && point < 0 && at > start) point = at;
    else return undefined;
  }
  const whole = (point < 0 ? length : point) - start;
  const decimals = point < 0 ? 0 : length - point - 1;
  if (whole === 0 || (point >= 0 && decimals === 0) || decimals > MAX_DECIMALS) return undefined;
  if (whole > 1 && text.charCodeAt(start) === 48) return undefined; // "007"
  if (digits > LARGEST || (negative && digits === 0)) return undefined; // "-0.0"
  return { digits: negative ? -digits : digits, decimals };
}

/** `digits` with `decimals` of them behind the point, written by the rule. */
function write(digits: number, decimals: number, rule: number): string {
  const negative = digits < 0;
  let rest = negative ? -digits : digits;
  let places = decimals;
  if (rule !== FIXED) {
    const least = rule === SHORTEST_WITH_POINT ? 1 : 0;
    while (places > least && rest % 10 === 0) {
      rest /= 10;
      places -= 1;
    }
  }
  if (places === 0) return `${negative ? "-" : ""}${rest}`;
  const scale = 10 ** places;
  const whole = Math.floor(rest / scale);
  const fraction = String(rest - whole * scale).padStart(places, "0");
  return `${negative ? "-" : ""}${whole}.${fraction}`;
}

export function writeStates(writer: ByteWriter, texts: readonly string[]): void {
  const parsed = texts.map(parse);
  const { rule, decimals, fits } = findRule(parsed);
  const odd: number[] = [];
  for (let n = 0; n < texts.length; n += 1) if (!fits(parsed[n])) odd.push(n);
  if (texts.length === 0 || 1 - odd.length / texts.length < LEAST_NUMERIC_SHARE) {
    writer.byte(TEXTS);
    writeTexts(writer, texts);
    return;
  }
  writer.byte(NUMBERS);
  writer.byte(rule * 16 + decimals);
  let last = 0;
  const oddRows = new Set(odd);
  const digits = parsed.map((one, n) => {
    if (one && !oddRows.has(n)) last = one.digits * 10 ** (decimals - one.decimals);
    return last; // an odd one repeats the number before it, which costs nothing
  });
  writeNumbers(writer, digits);
  writer.varint(odd.length);
  if (odd.length === 0) return;
  writeNumbers(writer, odd);
  writeTexts(
    writer,
    odd.map((n) => texts[n] as string),
  );
}

/** The rule that brings the most texts back as they were. */
function findRule(parsed: readonly (Parsed | undefined)[]) {
  let decimals = 0;
  let isFixed = true;
  let hasPoint = true;
  for (const one of parsed) {
    if (!one) continue;
    if (one.decimals > decimals) decimals = one.decimals;
    if (one.decimals === 0) hasPoint = false;
  }
  let shortest = true;
  for (const one of parsed) {
    if (!one) continue;
    if (one.decimals !== decimals) isFixed = false;
    if (one.decimals > (hasPoint ? 1 : 0) && one.digits % 10 === 0) shortest = false;
  }
  const ruleOfShortest = hasPoint ? SHORTEST_WITH_POINT : SHORTEST;
  const rule = isFixed || !shortest ? FIXED : ruleOfShortest;
  const least = rule === SHORTEST_WITH_POINT ? 1 : 0;
  const fits = (one: Parsed | undefined) => {
    if (!one) return false;
    if (Math.abs(one.digits) * 10 ** (decimals - one.decimals) > LARGEST) return false;
    if (rule === FIXED) return one.decimals === decimals;
    return one.decimals === least || one.digits % 10 !== 0;
  };
  return { rule, decimals, fits };
}

export function readStates(reader: ByteReader, count: number): States {
  if (reader.byte() === TEXTS) return fromTexts(readTexts(reader, count));
  const head = reader.byte();
  const rule = head >> 4;
  const decimals = head & 15;
  const digits = readNumbers(reader, count);
  const scale = 10 ** decimals;
  // In place: what was read is not needed beside. Below 2^49 it comes back by rounding.
  const values = digits;
  for (let n = 0; n < count; n += 1) values[n] = (digits[n] as number) / scale;
  const odd = new Map<number, string>();
  const oddCount = reader.varint();
  if (oddCount > 0) {
    const rows = readNumbers(reader, oddCount);
    const { texts, index } = readTexts(reader, oddCount);
    rows.forEach((n, which) => {
      const text = texts[index[which] as number] as string;
      odd.set(n, text);
      values[n] = numberIn(text);
    });
  }
  return {
    values,
    value: (n) => values[n] as number,
    text: (n) => odd.get(n) ?? write(Math.round((values[n] as number) * scale), decimals, rule),
  };
}

const numberIn = (text: string) => toNumber(text) ?? Number.NaN;

function fromTexts({ texts, index }: Texts): States {
  const numbers = texts.map(numberIn);
  let values: Float64Array | undefined;
  return {
    get values() {
      values ??= Float64Array.from(index, (at) => numbers[at] as number);
      return values;
    },
    value: (n) => numbers[index[n] as number] as number,
    text: (n) => texts[index[n] as number] as string,
  };
}

/** Texts that repeat: each once, and which one every row has. */
export function writeTexts(writer: ByteWriter, texts: readonly string[]): void {
  const known = new Map<string, number>();
  const index = texts.map((text) => {
    const at = known.get(text) ?? known.size;
    known.set(text, at);
    return at;
  });
  writer.varint(known.size);
  for (const text of known.keys()) writer.text(text);
  writeNumbers(writer, index);
}

interface Texts {
  readonly texts: readonly string[];
  /** Which one each row has; as narrow as their number allows, since a day of a house is many rows. */
  readonly index: Uint8Array | Uint16Array | Int32Array;
}

export function readTexts(reader: ByteReader, count: number): Texts {
  const texts = Array.from({ length: reader.varint() }, () => reader.text());
  const index = readNumbers(reader, count);
  if (texts.length <= 2 ** 8) return { texts, index: Uint8Array.from(index) };
  if (texts.length <= 2 ** 16) return { texts, index: Uint16Array.from(index) };
  return { texts, index: Int32Array.from(index) };
}
