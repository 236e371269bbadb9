import {
  Callable,
  compares,
  contains,
  type Definitions,
  equals,
  isDict,
  isFloat,
  isInt,
  isIterable,
  modulo,
  numberOf,
  type Ordering,
  PythonSet,
  Range,
  Tuple,
  toText,
  typeName,
  Undefined,
} from "../python/python.ts";
import { failure } from "../run.ts";
import type { Family } from "./family.ts";

type Definition = Definitions["x"];

const ordering = (operator: Ordering): Definition => [
  "value other",
  (_, [value, other]) => compares(operator, value, other),
];
const same: Definition = ["value other", (_, [value, other]) => equals(value, other)];
const different: Definition = ["value other", (_, [value, other]) => !equals(value, other)];

/** The rest of a division, for `odd`, `even` and `divisibleby`. */
function rest(value: unknown, by: unknown): number {
  const [number, divisor] = [numberOf(value), numberOf(by)];
  if (value instanceof Undefined) throw value.failure();
  if (number === undefined || divisor === undefined) {
    const types = `'${typeName(value)}' and '${typeName(by)}'`;
    throw failure("TypeError", `unsupported operand type(s) for %: ${types}`);
  }
  if (divisor === 0) throw failure("ZeroDivisionError", "division by zero");
  return modulo(number, divisor);
}

function isSequence(value: unknown): boolean {
  if (typeof value === "string" || Array.isArray(value) || isDict(value)) return true;
  return value instanceof Tuple || value instanceof Range || value instanceof Undefined;
}

function isCased(value: unknown, change: "toUpperCase" | "toLowerCase"): boolean {
  const text = toText(value);
  return text === text[change]() && text.toUpperCase() !== text.toLowerCase();
}

const TESTS: Definitions = {
  defined: ["value", (_, [value]) => !(value instanceof Undefined)],
  undefined: ["value", (_, [value]) => value instanceof Undefined],
  none: ["value", (_, [value]) => value === null],
  boolean: ["value", (_, [value]) => typeof value === "boolean"],
  true: ["value", (_, [value]) => value === true],
  false: ["value", (_, [value]) => value === false],
  integer: ["value", (_, [value]) => isInt(value)],
  float: ["value", (_, [value]) => isFloat(value)],
  number: ["value", (_, [value]) => numberOf(value) !== undefined],
  string: ["value", (_, [value]) => typeof value === "string"],
  string_like: ["value", (_, [value]) => typeof value === "string"],
  mapping: ["value", (_, [value]) => isDict(value)],
  sequence: ["value", (_, [value]) => isSequence(value)],
  iterable: ["value", (run, [value]) => isIterable(run, value)],
  callable: ["value", (_, [value]) => value instanceof Callable],
  list: ["value", (_, [value]) => Array.isArray(value)],
  tuple: ["value", (_, [value]) => value instanceof Tuple],
  set: ["value", (_, [value]) => value instanceof PythonSet],
  lower: ["value", (_, [value]) => isCased(value, "toLowerCase")],
  upper: ["value", (_, [value]) => isCased(value, "toUpperCase")],
  odd: ["value", (_, [value]) => rest(value, 2) === 1],
  even: ["value", (_, [value]) => rest(value, 2) === 0],
  divisibleby: ["value num", (_, [value, by]) => rest(value, by) === 0],
  sameas: ["value other", (_, [value, other]) => value === other],
  in: ["value seq", (run, [value, all]) => contains(run, all, value)],
  contains: ["value item", (run, [value, item]) => contains(run, value, item)],
  filter: ["value", (run, [value]) => run.library.filter(toText(value)) !== undefined],
  test: ["value", (run, [value]) => run.library.test(toText(value)) !== undefined],
  "==": same,
  eq: same,
  equalto: same,
  "!=": different,
  ne: different,
  "<": ordering("<"),
  lt: ordering("<"),
  lessthan: ordering("<"),
  "<=": ordering("<="),
  le: ordering("<="),
  ">": ordering(">"),
  gt: ordering(">"),
  greaterthan: ordering(">"),
  ">=": ordering(">="),
  ge: ordering(">="),
};

/** What stands behind `is`. */
export const tests: Family = { tests: TESTS };
