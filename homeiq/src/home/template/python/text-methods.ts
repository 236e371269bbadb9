import { checkLength, failure } from "../run.ts";
import { type Definitions, functionsOf } from "./callable.ts";
import { Tuple } from "./collection.ts";
import { listOf } from "./iterate.ts";
import { isInt, typeName } from "./value.ts";

const text = (value: unknown): string => {
  if (typeof value === "string") return value;
  throw failure("TypeError", `expected str, got ${typeName(value)}`);
};
const int = (value: unknown, otherwise: number): number => (isInt(value) ? value : otherwise);

/** `Hello world`: the first letter large, all others small. */
export function capitalize(value: string): string {
  const [first = "", ...rest] = value;
  return first.toUpperCase() + rest.join("").toLowerCase();
}

/** Python's `str.title`: each run of letters starts large. */
function title(value: string): string {
  return value.replace(/\p{L}+/gu, capitalize);
}

/** Takes away at one side or both: white space, or the characters given. */
export function strip(value: string, side: "both" | "start" | "end", characters?: unknown): string {
  if (typeof characters !== "string") {
    if (side === "start") return value.trimStart();
    return side === "end" ? value.trimEnd() : value.trim();
  }
  const all = [...value];
  let [start, end] = [0, all.length];
  while (side !== "end" && start < end && characters.includes(all[start] ?? "")) start++;
  while (side !== "start" && end > start && characters.includes(all[end - 1] ?? "")) end--;
  return all.slice(start, end).join("");
}

function split(value: string, separator: unknown, most: number): string[] {
  if (typeof separator !== "string") return splitSpace(value, most);
  if (separator === "") throw failure("ValueError", "empty separator");
  const parts = value.split(separator);
  if (most < 0 || parts.length <= most + 1) return parts;
  return [...parts.slice(0, most), parts.slice(most).join(separator)];
}

function splitSpace(value: string, most: number): string[] {
  const parts: string[] = [];
  let rest = value.trimStart();
  while (rest !== "") {
    const end = most >= 0 && parts.length >= most ? -1 : rest.search(/\s/);
    if (end < 0) {
      parts.push(most >= 0 ? rest : rest.trimEnd());
      break;
    }
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return parts;
}

function splitFromEnd(value: string, separator: unknown, most: number): string[] {
  const parts = split(value, separator, -1);
  if (most < 0 || parts.length <= most + 1) return parts;
  const joined = typeof separator === "string" ? separator : " ";
  return [parts.slice(0, -most || undefined).join(joined), ...(most > 0 ? parts.slice(-most) : [])];
}

/** Replaces at most so many; all when `most` is below 0. */
export function replaceText(value: string, from: string, to: string, most: number): string {
  if (most < 0) {
    const result = value.replaceAll(from, () => to);
    checkLength(result.length);
    return result;
  }
  let result = value;
  let at = 0;
  for (let count = 0; count < most; count++) {
    const found = result.indexOf(from, at);
    if (found < 0) break;
    result = result.slice(0, found) + to + result.slice(found + from.length);
    at = found + to.length + (from === "" ? 1 : 0);
  }
  return result;
}

function pad(value: string, width: unknown, fill: unknown, side: "start" | "end" | "both"): string {
  const wanted = int(width, 0);
  checkLength(wanted);
  if (typeof fill === "string" && [...fill].length !== 1) {
    throw failure("TypeError", "The fill character must be exactly one character long");
  }
  const missing = Math.max(0, wanted - [...value].length);
  const character = typeof fill === "string" ? fill : " ";
  if (side === "start") return character.repeat(missing) + value;
  if (side === "end") return value + character.repeat(missing);
  const left = Math.floor(missing / 2) + (missing & wanted & 1);
  return character.repeat(left) + value + character.repeat(missing - left);
}

function zeroFill(value: string, width: unknown): string {
  const mark = /^[+-]/.exec(value)?.[0] ?? "";
  return mark + pad(value.slice(mark.length), int(width, 0) - mark.length, "0", "start");
}

function hasSide(value: string, wanted: unknown, side: "startsWith" | "endsWith"): boolean {
  if (wanted instanceof Tuple) return wanted.items.some((one) => hasSide(value, one, side));
  return value[side](text(wanted));
}

function indexIn(value: string, wanted: unknown, last = false): number {
  return last ? value.lastIndexOf(text(wanted)) : value.indexOf(text(wanted));
}

function indexOrFail(value: string, wanted: unknown, last = false): number {
  const index = indexIn(value, wanted, last);
  if (index < 0) throw failure("ValueError", "substring not found");
  return index;
}

function partition(value: string, separator: unknown, last: boolean): Tuple {
  const at = indexIn(value, separator, last);
  if (at < 0) return new Tuple(last ? ["", "", value] : [value, "", ""]);
  const mark = text(separator);
  return new Tuple([value.slice(0, at), mark, value.slice(at + mark.length)]);
}

const isCased = (value: string, cased: string, other: string) => value === cased && value !== other;
const fits = (value: unknown, pattern: RegExp) => pattern.test(text(value));

const METHODS: Definitions = {
  upper: ["self", (_, [self]) => text(self).toUpperCase()],
  lower: ["self", (_, [self]) => text(self).toLowerCase()],
  casefold: ["self", (_, [self]) => text(self).toLowerCase().replaceAll("ß", "ss")],
  capitalize: ["self", (_, [self]) => capitalize(text(self))],
  title: ["self", (_, [self]) => title(text(self))],
  swapcase: [
    "self",
    (_, [self]) =>
      [...text(self)]
        .map((one) => (one === one.toUpperCase() ? one.toLowerCase() : one.toUpperCase()))
        .join(""),
  ],
  strip: ["self chars?", (_, [self, chars]) => strip(text(self), "both", chars)],
  lstrip: ["self chars?", (_, [self, chars]) => strip(text(self), "start", chars)],
  rstrip: ["self chars?", (_, [self, chars]) => strip(text(self), "end", chars)],
  split: ["self sep? maxsplit?", (_, [self, by, most]) => split(text(self), by, int(most, -1))],
  rsplit: [
    "self sep? maxsplit?",
    (_, [self, by, most]) => splitFromEnd(text(self), by, int(most, -1)),
  ],
  splitlines: [
    "self keepends?",
    (_, [self]) => {
      const lines = text(self).split(/\r\n|[\n\r\v\f\u0085\u2028\u2029]/);
      return lines.at(-1) === "" ? lines.slice(0, -1) : lines;
    },
  ],
  replace: [
    "self old new count?",
    (_, [self, old, to, most]) => replaceText(text(self), text(old), text(to), int(most, -1)),
  ],
  startswith: ["self prefix", (_, [self, prefix]) => hasSide(text(self), prefix, "startsWith")],
  endswith: ["self suffix", (_, [self, suffix]) => hasSide(text(self), suffix, "endsWith")],
  removeprefix: [
    "self prefix",
    (_, [self, prefix]) =>
      text(self).startsWith(text(prefix)) ? text(self).slice(text(prefix).length) : self,
  ],
  removesuffix: [
    "self suffix",
    (_, [self, suffix]) => {
      const mark = text(suffix);
      return mark !== "" && text(self).endsWith(mark) ? text(self).slice(0, -mark.length) : self;
    },
  ],
  find: ["self sub", (_, [self, sub]) => indexIn(text(self), sub)],
  rfind: ["self sub", (_, [self, sub]) => indexIn(text(self), sub, true)],
  index: ["self sub", (_, [self, sub]) => indexOrFail(text(self), sub)],
  rindex: ["self sub", (_, [self, sub]) => indexOrFail(text(self), sub, true)],
  count: [
    "self sub",
    (_, [self, sub]) =>
      text(sub) === "" ? [...text(self)].length + 1 : text(self).split(text(sub)).length - 1,
  ],
  join: [
    "self items",
    (run, [self, items]) => {
      const parts = listOf(run, items).map((item, index) => {
        if (typeof item === "string") return item;
        const message = `sequence item ${index}: expected str instance, ${typeName(item)} found`;
        throw failure("TypeError", message);
      });
      return parts.join(text(self));
    },
  ],
  zfill: ["self width", (_, [self, width]) => zeroFill(text(self), width)],
  ljust: ["self width fill?", (_, [self, width, fill]) => pad(text(self), width, fill, "end")],
  rjust: ["self width fill?", (_, [self, width, fill]) => pad(text(self), width, fill, "start")],
  center: ["self width fill?", (_, [self, width, fill]) => pad(text(self), width, fill, "both")],
  partition: ["self sep", (_, [self, by]) => partition(text(self), by, false)],
  rpartition: ["self sep", (_, [self, by]) => partition(text(self), by, true)],
  isdigit: ["self", (_, [self]) => fits(self, /^[\p{Nd}²³¹]+$/u)],
  isdecimal: ["self", (_, [self]) => fits(self, /^\p{Nd}+$/u)],
  isnumeric: ["self", (_, [self]) => fits(self, /^\p{N}+$/u)],
  isalpha: ["self", (_, [self]) => fits(self, /^\p{L}+$/u)],
  isalnum: ["self", (_, [self]) => fits(self, /^[\p{L}\p{N}]+$/u)],
  isspace: ["self", (_, [self]) => fits(self, /^\s+$/)],
  isidentifier: ["self", (_, [self]) => fits(self, /^[\p{L}_][\p{L}\p{N}_]*$/u)],
  isascii: ["self", (_, [self]) => [...text(self)].every((one) => one < "\x80")],
  isupper: [
    "self",
    (_, [self]) => isCased(text(self), text(self).toUpperCase(), text(self).toLowerCase()),
  ],
  islower: [
    "self",
    (_, [self]) => isCased(text(self), text(self).toLowerCase(), text(self).toUpperCase()),
  ],
};

/** The methods of a text but `format`; the first argument is the text. */
export const textMethods = functionsOf(METHODS);
