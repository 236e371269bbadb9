import { AppError } from "#foundation/errors.ts";
import { textRepr, unescaped } from "../python/python.ts";

export interface Token {
  /** `name`, `string`, `integer`, `float`, `data`, `eof`, the begin or end of a tag, or the operator itself. */
  readonly type: string;
  readonly value: string;
  readonly at: number;
}

const DELIMITERS = /(\{%[-+]?\s*raw\s*(?:-%\}\s*|%\}))|(\{#[-+]?)|(\{%[-+]?)|(\{\{[-+]?)/g;
const COMMENT_END = /\+#\}|-#\}\s*|#\}/g;
const RAW_END = /\{%([-+]?)\s*endraw\s*(?:\+%\}|-%\}\s*|%\})/g;
const ENDS = { variable: /-\}\}\s*|\}\}/y, block: /\+%\}|-%\}\s*|%\}/y } as const;
const WHITESPACE = /\s+/y;
const FLOAT = /(?<!\.)(?:\d+_)*\d+(?:(?:\.(?:\d+_)*\d+)?e[+-]?(?:\d+_)*\d+|\.(?:\d+_)*\d+)/iy;
const INTEGER = /0b(?:_?[01])+|0o(?:_?[0-7])+|0x(?:_?[\da-f])+|[1-9](?:_?\d)*|0(?:_?0)*/iy;
const NAME = /[\p{L}\p{N}\p{M}\p{Pc}]+/uy;
const STRING = /'[^'\\]*(?:\\[\s\S][^'\\]*)*'|"[^"\\]*(?:\\[\s\S][^"\\]*)*"/y;
const OPERATOR = /\/\/|\*\*|==|!=|>=|<=|[+\-/*%~[\](){}><=.:|,;]/y;
const CLOSING: Readonly<Record<string, string>> = { "{": "}", "(": ")", "[": "]" };

/** Says what is wrong with the text of a template, in Jinja2's words, and where. */
export function syntaxError(message: string, at: number): AppError {
  return new AppError("invalid", "template.syntax", message, { facts: { at } });
}

/**
 * The tokens of a template one after the other, as Jinja2's lexer makes them with Home Assistant's settings; the last
 * is `eof`. Throws `template.syntax` when it comes to what is wrong.
 */
export function* tokenize(source: string): Generator<Token, void, void> {
  let at = 0;
  while (at < source.length) {
    DELIMITERS.lastIndex = at;
    const match = DELIMITERS.exec(source);
    if (match === null) {
      yield* dataOf(source.slice(at), at);
      break;
    }
    const [found, raw, comment, block] = match;
    const before = source.slice(at, match.index);
    yield* dataOf(found[2] === "-" ? before.trimEnd() : before, at);
    const inside = match.index + found.length;
    if (raw !== undefined) at = yield* readRaw(source, inside);
    else if (comment !== undefined) at = endOfComment(source, inside);
    else {
      const kind = block === undefined ? "variable" : "block";
      yield { type: `${kind}_begin`, value: found, at: match.index };
      at = yield* readTag(source, kind, inside);
    }
  }
  yield { type: "eof", value: "", at: source.length };
}

type Tokens = Generator<Token, number, void>;

function* dataOf(text: string, at: number): Generator<Token, void, void> {
  if (text !== "") yield { type: "data", value: text.replace(/\r\n?/g, "\n"), at };
}

function* readRaw(source: string, start: number): Tokens {
  RAW_END.lastIndex = start;
  const end = RAW_END.exec(source);
  if (end === null && start < source.length)
    throw syntaxError("Missing end of raw directive", start);
  if (end === null) return start; // nothing follows: Jinja2 lets it be
  const text = source.slice(start, end.index);
  yield* dataOf(end[1] === "-" ? text.trimEnd() : text, start);
  return end.index + end[0].length;
}

function endOfComment(source: string, start: number): number {
  COMMENT_END.lastIndex = start;
  const end = COMMENT_END.exec(source);
  if (end === null && start < source.length) throw syntaxError("Missing end of comment tag", start);
  if (end === null) return start; // nothing follows: Jinja2 lets it be
  return end.index + end[0].length;
}

function* readTag(source: string, kind: keyof typeof ENDS, start: number): Tokens {
  const open: string[] = [];
  let at = start;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined) at += found.length;
    return found;
  };
  while (at < source.length) {
    const from = at;
    if (open.length === 0) {
      const end = take(ENDS[kind]);
      if (end !== undefined) {
        yield { type: `${kind}_end`, value: end, at: from };
        return at;
      }
    }
    if (take(WHITESPACE) !== undefined) continue;
    const token = readToken(take, from);
    if (token === undefined) throw unexpectedCharacter(source, from);
    if (token.type === token.value) balance(open, token);
    yield token;
  }
  return at;
}

function readToken(take: (pattern: RegExp) => string | undefined, at: number): Token | undefined {
  let found = take(FLOAT);
  if (found !== undefined) return { type: "float", value: found.replaceAll("_", ""), at };
  found = take(INTEGER);
  if (found !== undefined) return { type: "integer", value: found.replaceAll("_", ""), at };
  found = take(NAME);
  if (found !== undefined) {
    if (/^\p{N}/u.test(found)) throw syntaxError("Invalid character in identifier", at);
    return { type: "name", value: found, at };
  }
  found = take(STRING);
  if (found !== undefined) {
    const value = unescaped(found.slice(1, -1).replace(/\r\n?/g, "\n"));
    if (value === undefined) throw syntaxError(cutOff(found), at);
    return { type: "string", value, at };
  }
  found = take(OPERATOR);
  return found === undefined ? undefined : { type: found, value: found, at };
}

const CUT = /\\(?:(x)(?![\da-f]{2})|(u)(?![\da-f]{4})|(U)(?![\da-f]{8}))/i;

/** Python's words for an escape that ends too early. */
function cutOff(text: string): string {
  const letter = CUT.exec(text.replaceAll("\\\\", ""))?.[0]?.charAt(1);
  if (letter === undefined) return "illegal Unicode character";
  const digits = { x: 2, u: 4 }[letter] ?? 8;
  return `truncated \\${letter}${"X".repeat(digits)} escape`;
}

function balance(open: string[], { value, at }: Token): void {
  const closing = CLOSING[value];
  if (closing !== undefined) open.push(closing);
  if (value !== "}" && value !== ")" && value !== "]") return;
  const expected = open.pop();
  if (expected === undefined) throw syntaxError(`unexpected '${value}'`, at);
  if (expected !== value) throw syntaxError(`unexpected '${value}', expected '${expected}'`, at);
}

function unexpectedCharacter(source: string, at: number): AppError {
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  const quoted = textRepr(character);
  return syntaxError(`unexpected char ${quoted} at ${at}`, at);
}
