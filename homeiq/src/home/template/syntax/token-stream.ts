import type { AppError } from "#foundation/errors.ts";
import { syntaxError, type Token, tokenize } from "./lexer.ts";

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  block_begin: "begin of statement block",
  block_end: "end of statement block",
  variable_begin: "begin of print statement",
  variable_end: "end of print statement",
  data: "template data / text",
  eof: "end of template",
};

/** A token's name in Jinja2's messages. `name:endif` is the name `endif`. */
export function describe(type: string, value?: string): string {
  if (type.startsWith("name:")) return type.slice("name:".length);
  if (type === "name" && value !== undefined) return value;
  return DESCRIPTIONS[type] ?? type;
}

/** The tokens of one template, read one after the other. */
export interface TokenStream {
  current(): Token;
  look(): Token;
  next(): Token;
  /** Is the current token one of these? `name:in` is the name `in`. */
  is(...expected: readonly string[]): boolean;
  skipIf(expected: string): boolean;
  /** Throws `template.syntax` when the current token is another. */
  expect(expected: string): Token;
  fail(message: string, at?: number): AppError;
}

export function streamOf(source: string): TokenStream {
  const tokens = tokenize(source);
  const end: Token = tokens.at(-1) ?? { type: "eof", value: "", at: source.length };
  let index = 0;
  const current = () => tokens[index] ?? end;
  const matches = (token: Token, expected: string) =>
    token.type === expected || (token.type === "name" && expected === `name:${token.value}`);
  const fail = (message: string, at = current().at) => syntaxError(message, at);
  return {
    current,
    look: () => tokens[index + 1] ?? end,
    next() {
      const token = current();
      index++;
      return token;
    },
    is: (...expected) => expected.some((one) => matches(current(), one)),
    skipIf(expected) {
      if (!matches(current(), expected)) return false;
      index++;
      return true;
    },
    expect(expected) {
      const token = current();
      if (matches(token, expected)) {
        index++;
        return token;
      }
      const wanted = describe(expected);
      if (token.type === "eof") throw fail(`unexpected end of template, expected '${wanted}'.`);
      throw fail(`expected token '${wanted}', got '${describe(token.type, token.value)}'`);
    },
    fail,
  };
}
