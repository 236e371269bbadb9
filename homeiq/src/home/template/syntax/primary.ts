import type { Args, Expression, Slice } from "./node.ts";
import { describe, type TokenStream } from "./token-stream.ts";

/** The tokens, and how a whole expression is read from them. */
export interface Grammar extends TokenStream {
  expression(withConditional?: boolean): Expression;
}

const CONSTANTS = new Map<string, boolean | null>([
  ["true", true],
  ["True", true],
  ["false", false],
  ["False", false],
  ["none", null],
  ["None", null],
]);

/** A name, a literal, or something in brackets. */
export function parsePrimary(grammar: Grammar): Expression {
  const token = grammar.current();
  const { type, value, at } = token;
  if (type === "[") return parseList(grammar);
  if (type === "{") return parseDict(grammar);
  if (!grammar.is("name", "string", "integer", "float", "(")) {
    throw grammar.fail(`unexpected '${describe(type, value)}'`, at);
  }
  grammar.next();
  if (type === "(") {
    const inside = parseTuple(grammar, { inParentheses: true });
    grammar.expect(")");
    return inside;
  }
  if (type === "integer" || type === "float") {
    return { kind: "number", value: Number(value), float: type === "float", at };
  }
  if (type === "string") return { kind: "literal", value: joinStrings(grammar, value), at };
  const constant = CONSTANTS.get(value);
  if (constant !== undefined) return { kind: "literal", value: constant, at };
  return { kind: "name", name: value, at };
}

function joinStrings(grammar: Grammar, first: string): string {
  let text = first;
  while (grammar.is("string")) text += grammar.next().value;
  return text;
}

interface TupleOptions {
  readonly withConditional?: boolean;
  readonly inParentheses?: boolean;
}

/** One expression, or a tuple of those with commas between. */
export function parseTuple(grammar: Grammar, options: TupleOptions = {}): Expression {
  const { withConditional = true, inParentheses = false } = options;
  const { at } = grammar.current();
  const items: Expression[] = [];
  const atEnd = () => grammar.is("variable_end", "block_end", ")");
  let isTuple = false;
  for (;;) {
    if (items.length > 0) grammar.expect(",");
    if (atEnd()) break;
    items.push(grammar.expression(withConditional));
    if (!grammar.is(",")) break;
    isTuple = true;
  }
  const [only] = items;
  if (!isTuple && only !== undefined) return only;
  if (!isTuple && !inParentheses) {
    const { type, value } = grammar.current();
    throw grammar.fail(`Expected an expression, got '${describe(type, value)}'`);
  }
  return { kind: "tuple", items, at };
}

function parseList(grammar: Grammar): Expression {
  const { at } = grammar.expect("[");
  const items: Expression[] = [];
  while (!grammar.is("]")) {
    if (items.length > 0) grammar.expect(",");
    if (grammar.is("]")) break;
    items.push(grammar.expression());
  }
  grammar.expect("]");
  return { kind: "list", items, at };
}

function parseDict(grammar: Grammar): Expression {
  const { at } = grammar.expect("{");
  const pairs: (readonly [Expression, Expression])[] = [];
  while (!grammar.is("}")) {
    if (pairs.length > 0) grammar.expect(",");
    if (grammar.is("}")) break;
    const key = grammar.expression();
    grammar.expect(":");
    pairs.push([key, grammar.expression()]);
  }
  grammar.expect("}");
  return { kind: "dict", pairs, at };
}

/** `.name`, `.0` or `[…]` behind a value. */
export function parseSubscript(grammar: Grammar, of: Expression): Expression {
  const { at } = of;
  if (grammar.next().type === ".") {
    const { type, value, at: there } = grammar.next();
    if (type === "name") return { kind: "attribute", of, name: value, at };
    if (type !== "integer") throw grammar.fail("expected name or number", there);
    const key: Expression = { kind: "number", value: Number(value), float: false, at: there };
    return { kind: "item", of, key, at };
  }
  const keys: (Expression | Slice)[] = [];
  while (!grammar.is("]")) {
    if (keys.length > 0) grammar.expect(",");
    keys.push(parseKey(grammar));
  }
  grammar.expect("]");
  const [key] = keys;
  if (keys.length === 1 && key !== undefined) return { kind: "item", of, key, at };
  const items = keys.filter((one): one is Expression => one.kind !== "slice");
  return { kind: "item", of, key: { kind: "tuple", items, at }, at };
}

function parseKey(grammar: Grammar): Expression | Slice {
  const { at } = grammar.current();
  const start = grammar.is(":") ? undefined : grammar.expression();
  if (start !== undefined && !grammar.is(":")) return start;
  grammar.expect(":");
  const part = () => (grammar.is(":", "]", ",") ? undefined : grammar.expression());
  const stop = part();
  const step = grammar.skipIf(":") ? part() : undefined;
  return { kind: "slice", start, stop, step, at };
}

/** `(1, name=2, *rest, **named)` */
export function parseArgs(grammar: Grammar): Args {
  const { at } = grammar.expect("(");
  const args: Expression[] = [];
  const named: (readonly [string, Expression])[] = [];
  let rest: Expression | undefined;
  let restNamed: Expression | undefined;
  const ensure = (fits: boolean) => {
    if (!fits) throw grammar.fail("invalid syntax for function call expression", at);
  };
  let isFirst = true;
  while (!grammar.is(")")) {
    if (!isFirst) grammar.expect(",");
    if (!isFirst && grammar.is(")")) break;
    isFirst = false;
    if (grammar.skipIf("*")) {
      ensure(rest === undefined && restNamed === undefined);
      rest = grammar.expression();
    } else if (grammar.skipIf("**")) {
      ensure(restNamed === undefined);
      restNamed = grammar.expression();
    } else if (grammar.is("name") && grammar.look().type === "=") {
      ensure(restNamed === undefined);
      const name = grammar.next().value;
      grammar.next();
      named.push([name, grammar.expression()]);
    } else {
      ensure(rest === undefined && restNamed === undefined && named.length === 0);
      args.push(grammar.expression());
    }
  }
  grammar.expect(")");
  return { args, named, rest, restNamed };
}
