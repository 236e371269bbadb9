import {
  Callable,
  calculate,
  type Definitions,
  intOf,
  isFloat,
  numberOf,
  PythonObject,
  parseFloatOf,
  roundHalfEven,
  toFloat,
  toText,
  typeName,
  whole,
} from "../python/python.ts";
import { failure, isFailure } from "../run.ts";
import { type Family, noDefault, orDefault } from "./family.ts";

const TRUE = new Set(["1", "true", "yes", "on", "enable"]);
const FALSE = new Set(["0", "false", "no", "off", "disable"]);

/** Home Assistant's `bool`: `undefined` of what is neither. */
export function booleanOf(value: unknown): boolean | undefined {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") {
    const word = value.toLowerCase().trim();
    if (TRUE.has(word)) return true;
    return FALSE.has(word) ? false : undefined;
  }
  const number = numberOf(value);
  return number === undefined ? undefined : number !== 0;
}

export function isNumber(value: unknown): boolean {
  try {
    return Number.isFinite(parseFloatOf(value));
  } catch (error) {
    if (isFailure(error, "ValueError", "TypeError")) return false;
    throw error;
  }
}

function round(value: unknown, precision: unknown, method: unknown): unknown {
  const digits = numberOf(precision ?? 0);
  if (digits === undefined || isFloat(precision)) {
    throw failure(
      "TypeError",
      `'${typeName(precision)}' object cannot be interpreted as an integer`,
    );
  }
  const number = parseFloatOf(value);
  const rounded = roundBy(number, digits, method);
  if (digits !== 0) return toFloat(rounded);
  if (!Number.isFinite(rounded)) throw failure("ValueError", "cannot convert float to integer");
  return whole(rounded);
}

function roundBy(number: number, digits: number, method: unknown): number {
  const factor = 10 ** digits;
  if (method === "ceil") return Math.ceil(number * factor) / factor;
  if (method === "floor") return Math.floor(number * factor) / factor;
  if (method === "half") return roundHalfEven(number * 2, 0) / 2;
  return roundHalfEven(number, digits);
}

function absolute(value: unknown): unknown {
  const number = numberOf(value);
  if (number !== undefined) return isFloat(value) ? toFloat(Math.abs(number)) : Math.abs(number);
  const result = value instanceof PythonObject ? value.binary("abs", undefined, false) : undefined;
  if (result !== undefined) return result;
  throw failure("TypeError", `bad operand type for abs(): '${typeName(value)}'`);
}

const BOTH: Definitions = {
  float: [
    "value default?",
    (run, [value, otherwise]) =>
      orDefault(run, "float", { value, otherwise }, () => toFloat(parseFloatOf(value))),
  ],
  int: [
    "value default? base?",
    (run, [value, otherwise, base]) => {
      const number = intOf(value, numberOf(base) ?? 10);
      if (number !== undefined) return number;
      if (otherwise === undefined) throw noDefault(run, "int", value);
      return otherwise;
    },
  ],
  bool: [
    "value default?",
    (run, [value, otherwise]) => {
      const result = booleanOf(value) ?? otherwise;
      if (result === undefined) throw noDefault(run, "bool", value);
      return result;
    },
  ],
  is_number: ["value", (_, [value]) => isNumber(value)],
  typeof: ["value", (_, [value]) => (value instanceof Callable ? value.typeName : typeName(value))],
};

/** Numbers, booleans and texts made from each other. */
export const casts: Family = {
  both: BOTH,
  filters: {
    round: [
      "value precision? method? default?",
      (run, [value, precision, method, otherwise]) =>
        orDefault(run, "round", { value, otherwise }, () => round(value, precision, method)),
    ],
    abs: ["value", (_, [value]) => absolute(value)],
    string: ["value", (_, [value]) => toText(value)],
    add: [
      "value amount default?",
      (run, [value, amount, otherwise]) =>
        orDefault(run, "add", { value, otherwise }, () =>
          calculate("+", toFloat(parseFloatOf(value)), amount),
        ),
    ],
    multiply: [
      "value amount default?",
      (run, [value, amount, otherwise]) =>
        orDefault(run, "multiply", { value, otherwise }, () =>
          calculate("*", toFloat(parseFloatOf(value)), amount),
        ),
    ],
  },
  tests: {
    is_number: ["value", (_, [value]) => isNumber(value)],
  },
};
