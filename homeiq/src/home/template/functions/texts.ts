import {
  capitalize,
  type Definitions,
  Dict,
  dictEntries,
  formatValue,
  intOf,
  isDict,
  isIterable,
  listOf,
  numberOf,
  parseFloatOf,
  printf,
  replaceText,
  strip,
  Tuple,
  toText,
  truthy,
} from "../python/python.ts";
import { checkLength, failure, type Run } from "../run.ts";
import type { Family } from "./family.ts";

/** Each word large at its start, where a word begins after a space, a bracket or a hyphen. */
const title = (text: string) =>
  text
    .split(/([-\s({[<]+)/)
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join("");

function center(text: string, width: number): string {
  checkLength(width);
  const missing = Math.max(0, width - [...text].length);
  const left = Math.floor(missing / 2) + (missing & width & 1);
  return " ".repeat(left) + text + " ".repeat(missing - left);
}

function truncate([text, length, killWords, end, leeway]: readonly unknown[]): string {
  const whole = toText(text);
  const most = numberOf(length ?? 255) ?? 255;
  const mark = end === undefined ? "..." : toText(end);
  if (most < mark.length)
    throw failure("AssertionError", `expected length >= ${mark.length}, got ${most}`);
  if (whole.length <= most + (numberOf(leeway ?? 5) ?? 5)) return whole;
  const cut = whole.slice(0, most - mark.length);
  if (truthy(killWords ?? false)) return cut + mark;
  const space = cut.lastIndexOf(" ");
  return (space < 0 ? cut : cut.slice(0, space)) + mark;
}

function indent([text, width, first, blank]: readonly unknown[]): string {
  const number = numberOf(width ?? 4);
  if (number !== undefined) checkLength(number);
  const by = number === undefined ? toText(width) : " ".repeat(number);
  const [start = "", ...others] = `${toText(text)}\n`.replace(/\n$/, "").split(/\r\n|[\n\r]/);
  const lines = others.map((line) => (line !== "" || truthy(blank ?? false) ? by + line : line));
  return [truthy(first ?? false) ? by + start : start, ...lines].join("\n");
}

const escapeHtml = (text: string) =>
  text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&#34;")
    .replaceAll("'", "&#39;");

/** Python's `quote`: `/` stays. */
const quote = (text: string) =>
  encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%2F", "/");
const quoteAll = (value: unknown) =>
  quote(toText(value)).replaceAll("/", "%2F").replaceAll("%20", "+");

function urlencode(run: Run, value: unknown): string {
  const isText = typeof value === "string" || !isIterable(run, value);
  if (isText) return quote(toText(value));
  const pairs = isDict(value)
    ? [...dictEntries(value)]
    : listOf(run, value).map((pair) => listOf(run, pair));
  return pairs.map(([key, item]) => `${quoteAll(key)}=${quoteAll(item)}`).join("&");
}

const SUFFIXES = ["th", "st", "nd", "rd"];
function ordinal(value: unknown): string {
  const text = toText(value);
  const [tens, ones] = [intOf(text.slice(-2)), intOf(text.slice(-1))];
  if (tens === undefined || ones === undefined) {
    throw failure("ValueError", `invalid literal for int() with base 10: '${text}'`);
  }
  const isTeen = tens % 100 >= 11 && tens % 100 <= 13;
  return text + (isTeen ? "th" : (SUFFIXES[ones] ?? "th"));
}

const LETTERS: Readonly<Record<string, string>> = {
  ß: "ss",
  æ: "ae",
  œ: "oe",
  ø: "o",
  đ: "d",
  ł: "l",
  þ: "th",
  ð: "d",
  ı: "i",
};

/** As Home Assistant makes entity ids; letters of other alphabets are left out. */
function slugify(value: unknown, separator: unknown): string {
  if (value === "") return "";
  const between = separator === undefined ? "_" : toText(separator);
  const plain = toText(value)
    .toLowerCase()
    .replace(/[ßæœøđłþðı]/g, (letter) => LETTERS[letter] ?? letter)
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .replace(/(?<=\d),(?=\d)/g, "");
  const slug = (plain.match(/[a-z0-9]+/g) ?? []).join(between);
  return slug === "" ? "unknown" : slug;
}

const UNITS = ["k", "M", "G", "T", "P", "E", "Z", "Y"];
function fileSize(value: unknown, binary: unknown): string {
  const bytes = parseFloatOf(value);
  const isBinary = truthy(binary ?? false);
  const base = isBinary ? 1024 : 1000;
  if (bytes === 1) return "1 Byte";
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const power = Math.min(UNITS.length, Math.max(1, Math.floor(Math.log(bytes) / Math.log(base))));
  const unit = UNITS[power - 1] ?? "";
  const name = isBinary ? `${unit.toUpperCase()}iB` : `${unit}B`;
  return `${formatValue(bytes / base ** power, ".1f")} ${name}`;
}

const escaped: Definitions["x"] = ["s", (_, [value]) => escapeHtml(toText(value))];

/** Texts. */
export const texts: Family = {
  both: {
    slugify: ["value separator?", (_, [value, separator]) => slugify(value, separator)],
    urlencode: ["value", (run, [value]) => urlencode(run, value)],
  },
  filters: {
    upper: ["s", (_, [value]) => toText(value).toUpperCase()],
    lower: ["s", (_, [value]) => toText(value).toLowerCase()],
    capitalize: ["s", (_, [value]) => capitalize(toText(value))],
    title: ["s", (_, [value]) => title(toText(value))],
    trim: ["value chars?", (_, [value, chars]) => strip(toText(value), "both", chars)],
    center: [
      "value width?",
      (_, [value, width]) => center(toText(value), numberOf(width ?? 80) ?? 80),
    ],
    replace: [
      "s old new count?",
      (_, [value, from, to, most]) =>
        replaceText(toText(value), toText(from), toText(to), numberOf(most ?? -1) ?? -1),
    ],
    truncate: ["s length? killwords? end? leeway?", (_, args) => truncate(args)],
    indent: ["s width? first? blank?", (_, args) => indent(args)],
    wordcount: ["s", (_, [value]) => toText(value).match(/[\p{L}\p{N}_]+/gu)?.length ?? 0],
    format: [
      "value *args **named",
      (_, [value, args, named]) => {
        const byName = named instanceof Dict && named.size > 0;
        return printf(toText(value), byName ? named : new Tuple(args as unknown[]));
      },
    ],
    ordinal: ["value", (_, [value]) => ordinal(value)],
    ord: [
      "value",
      (_, [value]) => {
        const text = toText(value);
        if ([...text].length === 1) return text.codePointAt(0);
        const message = `ord() expected a character, but string of length ${text.length} found`;
        throw failure("TypeError", message);
      },
    ],
    e: escaped,
    escape: escaped,
    forceescape: escaped,
    safe: ["value", (_, [value]) => toText(value)],
    filesizeformat: ["value binary?", (_, [value, binary]) => fileSize(value, binary)],
  },
};
