import { Dict, PythonSet, Tuple } from "./collection.ts";
import { unescaped } from "./unescaped.ts";
import { toFloat } from "./value.ts";

const NUMERIC = /^[+-]?(?!0\d)\d*(?:\.\d*)?$/; // Home Assistant's _IS_NUMERIC
const NOT_A_LITERAL = Symbol("not a literal");
const COMMON = new Map<string, unknown>([
  ["", ""],
  ["True", true],
  ["False", false],
  ["None", null],
]);
const MOST_DEPTH = 90; // about where Python's own parser gives up

/**
 * What a rendered text is for Home Assistant: a number, a boolean, `None`, a list, a dict, or the text itself.
 * As its `_parse_result`: `"5"` is 5, `"+5"` is 5, `"007"`, `"1_000"`, `"1e5"` and `"'a'"` stay texts.
 */
export function parseResult(text: string): unknown {
  const known = COMMON.get(text);
  if (known !== undefined) return known;
  if (NUMERIC.test(text) && /\d/.test(text)) {
    return text.includes(".") ? toFloat(Number(text)) : Number(text);
  }
  const first = text.charCodeAt(0);
  if (!canStart(first)) return text;
  const value = parseLiteral(text);
  if (value === NOT_A_LITERAL || typeof value === "string") return text;
  const isNumber =
    typeof value === "number" || (typeof value === "object" && value !== null && "value" in value);
  return isNumber ? text : value;
}

/** Only what starts with these can be anything but a text. */
function canStart(code: number): boolean {
  const character = String.fromCharCode(code);
  return "([{TFNs+-0123456789.'\"".includes(character);
}

interface Cursor {
  readonly text: string;
  at: number;
  depth: number;
}

function parseLiteral(text: string): unknown {
  const cursor: Cursor = { text, at: 0, depth: 0 };
  const first = parseValue(cursor);
  if (first === NOT_A_LITERAL) return first;
  const items = [first];
  let isTuple = false;
  while (take(cursor, ",")) {
    isTuple = true;
    skipSpace(cursor);
    if (cursor.at >= text.length) break;
    const item = parseValue(cursor);
    if (item === NOT_A_LITERAL) return item;
    items.push(item);
  }
  skipSpace(cursor);
  if (cursor.at < text.length) return NOT_A_LITERAL;
  return isTuple ? new Tuple(items) : first;
}

function skipSpace(cursor: Cursor): void {
  const { text, depth } = cursor;
  for (; cursor.at < text.length; cursor.at++) {
    const character = text[cursor.at];
    if (character === " " || character === "\t") continue;
    if (depth > 0 && (character === "\n" || character === "\r")) continue;
    return;
  }
}

function take(cursor: Cursor, character: string): boolean {
  skipSpace(cursor);
  if (cursor.text[cursor.at] !== character) return false;
  cursor.at++;
  return true;
}

const NUMBER = /(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+(?:_\d+)*)?/y;
const BASED = /0(?:[xX](?:_?[\da-fA-F])+|[oO](?:_?[0-7])+|[bB](?:_?[01])+)/y;
const WORD = /True\b|False\b|None\b|set\(\)/y;
const WORDS = new Map<string, boolean | null>([
  ["True", true],
  ["False", false],
  ["None", null],
]);

function parseValue(cursor: Cursor): unknown {
  skipSpace(cursor);
  const character = cursor.text[cursor.at] ?? "";
  if (cursor.depth > MOST_DEPTH) return NOT_A_LITERAL;
  if (character === "[" || character === "(" || character === "{")
    return parseBrackets(cursor, character);
  if (character === "'" || character === '"') return parseText(cursor);
  const word = match(cursor, WORD);
  if (word !== undefined) return word === "set()" ? new PythonSet() : WORDS.get(word);
  return parseNumber(cursor);
}

function match(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found !== undefined) cursor.at += found.length;
  return found;
}

function parseNumber(cursor: Cursor): unknown {
  let sign = 1;
  for (;;) {
    if (take(cursor, "-")) sign = -sign;
    else if (!take(cursor, "+")) break;
  }
  const based = match(cursor, BASED);
  if (based !== undefined) return sign * Number(based.replaceAll("_", ""));
  const digits = match(cursor, NUMBER);
  if (digits === undefined) return NOT_A_LITERAL;
  const isWhole = /^[\d_]+$/.test(digits);
  if (isWhole && /^0[\d_]*[1-9]/.test(digits)) return NOT_A_LITERAL; // a leading zero
  const value = sign * Number(digits.replaceAll("_", ""));
  return isWhole ? value + 0 : toFloat(value);
}

function parseText(cursor: Cursor): unknown {
  let text = "";
  let found = false;
  for (;;) {
    skipSpace(cursor);
    const part = match(
      cursor,
      /'[^'\\\n]*(?:\\[\s\S][^'\\\n]*)*'|"[^"\\\n]*(?:\\[\s\S][^"\\\n]*)*"/y,
    );
    if (part === undefined) return found ? text : NOT_A_LITERAL;
    const value = unescaped(part.slice(1, -1));
    if (value === undefined) return NOT_A_LITERAL;
    text += value;
    found = true;
  }
}

function parseBrackets(cursor: Cursor, open: string): unknown {
  cursor.at++;
  cursor.depth++;
  const result = parseItems(cursor, open);
  cursor.depth--;
  return result;
}

const CLOSING: Readonly<Record<string, string>> = { "[": "]", "(": ")", "{": "}" };

function parseItems(cursor: Cursor, open: string): unknown {
  const close = CLOSING[open] ?? "";
  const items: unknown[] = [];
  const pairs: [unknown, unknown][] = [];
  let endsWithComma = false;
  while (!take(cursor, close)) {
    if (items.length > 0 && !endsWithComma) return NOT_A_LITERAL;
    const item = parseValue(cursor);
    if (item === NOT_A_LITERAL) return item;
    items.push(item);
    if (open === "{" && take(cursor, ":")) {
      const value = parseValue(cursor);
      if (value === NOT_A_LITERAL) return value;
      pairs.push([item, value]);
    }
    endsWithComma = take(cursor, ",");
  }
  if (open === "[") return items;
  if (open === "(") return items.length === 1 && !endsWithComma ? items[0] : new Tuple(items);
  if (pairs.length !== items.length && pairs.length > 0) return NOT_A_LITERAL;
  try {
    return pairs.length === items.length ? new Dict(pairs) : new PythonSet(items);
  } catch {
    return NOT_A_LITERAL; // a list as a key: Python refuses it too, and the text stays a text
  }
}
