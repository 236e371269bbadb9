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
  const end: Token = { type: "eof", value: "", at: source.length };
  const take = (): Token => tokens.next().value ?? end;
  let token = take();
  let ahead: Token | undefined;
  const current = () => token;
  const advance = () => {
    token = ahead ?? take();
    ahead = undefined;
  };
  const matches = ({ type, value }: Token, expected: string) =>
    type === expected || (type === "name" && expected === `name:${value}`);
  const fail = (message: string, at = current().at) => syntaxError(message, at);
  return {
    current,
    look() {
      ahead ??= take();
      return ahead;
    },
    next() {
      const taken = token;
      advance();
      return taken;
    },
    is: (...expected) => expected.some((one) => matches(current(), one)),
    skipIf(expected) {
      if (!matches(current(), expected)) return false;
      advance();
      return true;
    },
    expect(expected) {
      const taken = token;
      if (matches(taken, expected)) {
        advance();
        return taken;
      }
      const wanted = describe(expected);
      if (token.type === "eof") throw fail(`unexpected end of template, expected '${wanted}'.`);
      throw fail(`expected token '${wanted}', got '${describe(token.type, token.value)}'`);
    },
    fail,
  };
}
