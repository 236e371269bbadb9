import type { BinaryOperator, Comparison, Expression, Filter } from "./node.ts";
import { type Grammar, parseArgs, parsePrimary, parseSubscript } from "./primary.ts";
import { streamOf } from "./token-stream.ts";

const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">="]);

/** The grammar of expressions over the tokens of a template. */
export function grammarOf(source: string): Grammar {
  const grammar: Grammar = {
    ...streamOf(source),
    expression: (withConditional) => parseExpression(grammar, withConditional),
  };
  return grammar;
}

/** An expression; its precedences are those of Jinja2's parser, which are not Python's: `-2 ** 2` is 4. */
function parseExpression(grammar: Grammar, withConditional = true): Expression {
  if (!withConditional) return parseOr(grammar);
  const { at } = grammar.current();
  let result = parseOr(grammar);
  while (grammar.skipIf("name:if")) {
    const test = parseOr(grammar);
    const no = grammar.skipIf("name:else") ? parseExpression(grammar) : undefined;
    result = { kind: "conditional", test, yes: result, no, at };
  }
  return result;
}

function parseOr(grammar: Grammar): Expression {
  let left = parseAnd(grammar);
  while (grammar.skipIf("name:or")) {
    left = { kind: "binary", operator: "or", left, right: parseAnd(grammar), at: left.at };
  }
  return left;
}

function parseAnd(grammar: Grammar): Expression {
  let left = parseNot(grammar);
  while (grammar.skipIf("name:and")) {
    left = { kind: "binary", operator: "and", left, right: parseNot(grammar), at: left.at };
  }
  return left;
}

function parseNot(grammar: Grammar): Expression {
  const { at } = grammar.current();
  if (!grammar.skipIf("name:not")) return parseCompare(grammar);
  return { kind: "unary", operator: "not", operand: parseNot(grammar), at };
}

function parseCompare(grammar: Grammar): Expression {
  const first = parseSum(grammar);
  const operations: (readonly [Comparison, Expression])[] = [];
  for (;;) {
    const operator = takeComparison(grammar);
    if (operator === undefined) break;
    operations.push([operator, parseSum(grammar)]);
  }
  if (operations.length === 0) return first;
  return { kind: "compare", first, operations, at: first.at };
}

function takeComparison(grammar: Grammar): Comparison | undefined {
  const { type } = grammar.current();
  if (COMPARISONS.has(type)) {
    grammar.next();
    return type as Comparison;
  }
  if (grammar.skipIf("name:in")) return "in";
  if (!grammar.is("name:not")) return undefined;
  const ahead = grammar.look(); // only now: what is ahead may be wrong, and would be said too early
  if (ahead.type !== "name" || ahead.value !== "in") return undefined;
  grammar.next();
  grammar.next();
  return "not in";
}

function parseSum(grammar: Grammar): Expression {
  let left = parseConcat(grammar);
  while (grammar.is("+", "-")) {
    const operator = grammar.next().type as BinaryOperator;
    left = { kind: "binary", operator, left, right: parseConcat(grammar), at: left.at };
  }
  return left;
}

function parseConcat(grammar: Grammar): Expression {
  const first = parseProduct(grammar);
  if (!grammar.is("~")) return first;
  const parts = [first];
  while (grammar.skipIf("~")) parts.push(parseProduct(grammar));
  return { kind: "concat", parts, at: first.at };
}

function parseProduct(grammar: Grammar): Expression {
  let left = parsePower(grammar);
  while (grammar.is("*", "/", "//", "%")) {
    const operator = grammar.next().type as BinaryOperator;
    left = { kind: "binary", operator, left, right: parsePower(grammar), at: left.at };
  }
  return left;
}

function parsePower(grammar: Grammar): Expression {
  let left = parseUnary(grammar);
  while (grammar.skipIf("**")) {
    left = { kind: "binary", operator: "**", left, right: parseUnary(grammar), at: left.at };
  }
  return left;
}

function parseUnary(grammar: Grammar, withFilter = true): Expression {
  const { type, at } = grammar.current();
  let node: Expression;
  if (type === "-" || type === "+") {
    grammar.next();
    node = { kind: "unary", operator: type, operand: parseUnary(grammar, false), at };
  } else {
    node = parsePrimary(grammar);
  }
  node = parsePostfix(grammar, node);
  return withFilter ? parseFiltersAndTests(grammar, node) : node;
}

function parsePostfix(grammar: Grammar, start: Expression): Expression {
  let node = start;
  for (;;) {
    if (grammar.is(".", "[")) node = parseSubscript(grammar, node);
    else if (grammar.is("(")) {
      node = { kind: "call", callee: node, ...parseArgs(grammar), at: node.at };
    } else return node;
  }
}

function parseFiltersAndTests(grammar: Grammar, start: Expression): Expression {
  let node = start;
  for (;;) {
    if (grammar.skipIf("|")) node = parseFilter(grammar, node);
    else if (grammar.is("name:is")) node = parseTest(grammar, node);
    else if (grammar.is("(")) {
      node = { kind: "call", callee: node, ...parseArgs(grammar), at: node.at };
    } else return node;
  }
}

const NO_ARGS = { args: [], named: [] } as const;

/** What follows a `|`. */
export function parseFilter(grammar: Grammar, of: Expression | undefined): Filter {
  const { at } = grammar.current();
  const name = parseDotted(grammar);
  const args = grammar.is("(") ? parseArgs(grammar) : NO_ARGS;
  return { kind: "filter", of, name, ...args, at };
}

function parseDotted(grammar: Grammar): string {
  let name = grammar.expect("name").value;
  while (grammar.skipIf(".")) name += `.${grammar.expect("name").value}`;
  return name;
}

function parseTest(grammar: Grammar, of: Expression): Expression {
  grammar.next(); // is
  const negated = grammar.skipIf("name:not");
  const { at } = grammar.current();
  const name = parseDotted(grammar);
  const test: Expression = { kind: "test", of, name, ...parseTestArgs(grammar), at };
  return negated ? { kind: "unary", operator: "not", operand: test, at } : test;
}

function parseTestArgs(grammar: Grammar) {
  if (grammar.is("(")) return parseArgs(grammar);
  const hasOne =
    grammar.is("name", "string", "integer", "float", "[", "{") &&
    !grammar.is("name:else", "name:or", "name:and");
  if (!hasOne) return NO_ARGS;
  if (grammar.is("name:is")) throw grammar.fail("You cannot chain multiple tests with is");
  return { args: [parsePostfix(grammar, parsePrimary(grammar))], named: [] };
}
