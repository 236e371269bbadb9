import { checkLength, failure } from "../run.ts";
import { isDict, PythonSet, Tuple } from "./collection.ts";
import { printf } from "./printf.ts";
import { isFloat, isInt, numberOf, PythonObject, toFloat, typeName, Undefined } from "./value.ts";

export type Arithmetic = "+" | "-" | "*" | "/" | "//" | "%" | "**";

/** `left + right` and its like, as Python does it; throws TypeError, ZeroDivisionError, UndefinedError. */
export function calculate(operator: Arithmetic, left: unknown, right: unknown): unknown {
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) {
    return calculateNumbers(operator, a, b, isFloat(left) || isFloat(right));
  }
  const special = calculateTexts(operator, left, right) ?? calculateLists(operator, left, right);
  if (special !== undefined) return special;
  if (left instanceof Undefined) throw left.failure();
  if (right instanceof Undefined) throw right.failure();
  if (left instanceof PythonObject) {
    const result = left.binary(operator, right, false);
    if (result !== undefined) return result;
  }
  if (right instanceof PythonObject) {
    const result = right.binary(operator, left, true);
    if (result !== undefined) return result;
  }
  throw unsupportedOperands(operator, left, right);
}

function unsupportedOperands(operator: Arithmetic, left: unknown, right: unknown): Error {
  if (operator === "+" && typeof left === "string") {
    const message = `can only concatenate str (not "${typeName(right)}") to str`;
    return failure("TypeError", message);
  }
  if (operator === "+" && Array.isArray(left)) {
    const message = `can only concatenate list (not "${typeName(right)}") to list`;
    return failure("TypeError", message);
  }
  const isRepeated = (value: unknown) => typeof value === "string" || Array.isArray(value);
  if (operator === "*" && (isRepeated(left) || isRepeated(right))) {
    const other = typeName(isRepeated(left) ? right : left);
    return failure("TypeError", `can't multiply sequence by non-int of type '${other}'`);
  }
  const name = operator === "**" ? "** or pow()" : operator;
  const types = `'${typeName(left)}' and '${typeName(right)}'`;
  return failure("TypeError", `unsupported operand type(s) for ${name}: ${types}`);
}

function calculateNumbers(operator: Arithmetic, a: number, b: number, float: boolean): unknown {
  const make = (value: number) => (float ? toFloat(value) : value + 0);
  if (operator === "+") return make(a + b);
  if (operator === "-") return make(a - b);
  if (operator === "*") return make(a * b);
  if (operator === "**") return power(a, b, float);
  if (b === 0) throw failure("ZeroDivisionError", "division by zero");
  if (operator === "/") return toFloat(a / b);
  return make(operator === "//" ? Math.floor(a / b) : modulo(a, b));
}

/** The sign is the divisor's. */
export function modulo(a: number, b: number): number {
  const rest = a % b;
  return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest;
}

function power(a: number, b: number, float: boolean): unknown {
  if (a === 0 && b < 0) throw failure("ZeroDivisionError", "zero to a negative power");
  if (a < 0 && !Number.isInteger(b)) throw failure("TypeError", "a complex number cannot be used");
  const result = a ** b;
  if (!Number.isFinite(result) && Number.isFinite(a) && Number.isFinite(b)) {
    throw failure("OverflowError", "(34, 'Numerical result out of range')");
  }
  return float || b < 0 ? toFloat(result) : result;
}

function calculateTexts(operator: Arithmetic, left: unknown, right: unknown): unknown {
  if (typeof left === "string") {
    if (operator === "+" && typeof right === "string") return left + right;
    if (operator === "*" && isInt(right)) return repeat(left, right);
    if (operator === "%") return printf(left, right);
  }
  if (operator === "*" && typeof right === "string" && isInt(left)) return repeat(right, left);
  return undefined;
}

function repeat(text: string, times: number): string {
  checkLength(text.length * times);
  return text.repeat(Math.max(0, times));
}

function repeatItems(items: readonly unknown[], times: number): unknown[] {
  checkLength(items.length * times);
  return Array.from({ length: Math.max(0, times) }, () => items).flat();
}

function calculateLists(operator: Arithmetic, left: unknown, right: unknown): unknown {
  if (operator === "+") {
    if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
    if (left instanceof Tuple && right instanceof Tuple) {
      return new Tuple([...left.items, ...right.items]);
    }
  }
  if (operator === "-" && left instanceof PythonSet && right instanceof PythonSet) {
    return new PythonSet(left.members().filter((member) => !right.has(member)));
  }
  if (operator !== "*") return undefined;
  if (Array.isArray(left) && isInt(right)) return repeatItems(left, right);
  if (Array.isArray(right) && isInt(left)) return repeatItems(right, left);
  if (left instanceof Tuple && isInt(right)) return new Tuple(repeatItems(left.items, right));
  return undefined;
}

/** `-value` and `+value`. */
export function sign(operator: "-" | "+", value: unknown): unknown {
  const number = numberOf(value);
  if (number !== undefined) {
    const signed = operator === "-" ? -number : number;
    return isFloat(value) ? toFloat(signed) : signed + 0;
  }
  if (value instanceof Undefined) throw value.failure();
  const result = value instanceof PythonObject ? value.binary("sign", operator, false) : undefined;
  if (result !== undefined) return result;
  const kind = isDict(value) ? "dict" : typeName(value);
  throw failure("TypeError", `bad operand type for unary ${operator}: '${kind}'`);
}
