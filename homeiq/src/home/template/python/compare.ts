import type { Run } from "../run.ts";
import { failure } from "../run.ts";
import { dictEntries, dictGet, dictSize, isDict, PythonSet, Range, Tuple } from "./collection.ts";
import { numberOf, PythonObject, typeName, Undefined } from "./value.ts";

/** Python's `==`. */
export function equals(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one === "string" || typeof other === "string") {
    return false;
  }
  const number = numberOf(one);
  if (number !== undefined) return number === numberOf(other);
  if (one === null || other === null) return false;
  if (Array.isArray(one)) return Array.isArray(other) && sameItems(one, other);
  if (one instanceof Tuple) return other instanceof Tuple && sameItems(one.items, other.items);
  if (one instanceof PythonSet) return other instanceof PythonSet && sameMembers(one, other);
  if (isDict(one)) return isDict(other) && sameEntries(one, other);
  return one instanceof PythonObject && one.equals(other);
}

function sameItems(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((item, index) => equals(item, other[index]));
}

function sameMembers(one: PythonSet, other: PythonSet): boolean {
  return one.length() === other.length() && one.members().every((member) => other.has(member));
}

type AnyDict = Parameters<typeof dictEntries>[0];
function sameEntries(one: AnyDict, other: AnyDict): boolean {
  if (dictSize(one) !== dictSize(other)) return false;
  for (const [key, value] of dictEntries(one)) {
    const there = dictGet(other, key);
    if (there === undefined || !equals(value, there)) return false;
  }
  return true;
}

export type Ordering = "<" | "<=" | ">" | ">=";

/** Python's `<` and its like: throws TypeError of what has no order, as a text and a number. */
export function compares(operator: Ordering, one: unknown, other: unknown): boolean {
  const order = orderOf(one, other);
  if (order === undefined) {
    const types = `'${typeName(one)}' and '${typeName(other)}'`;
    throw failure("TypeError", `'${operator}' not supported between instances of ${types}`);
  }
  if (operator === "<") return order < 0;
  if (operator === "<=") return order <= 0;
  return operator === ">" ? order > 0 : order >= 0;
}

/** Less than 0, 0 or more; NaN when neither is less; `undefined` when the two cannot be compared. */
export function orderOf(one: unknown, other: unknown): number | undefined {
  if (typeof one === "string" && typeof other === "string") return orderOfTexts(one, other);
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return a === b ? 0 : a - b;
  if (Array.isArray(one) && Array.isArray(other)) return orderOfItems(one, other);
  if (one instanceof Tuple && other instanceof Tuple) return orderOfItems(one.items, other.items);
  if (one instanceof Undefined) throw one.failure();
  if (other instanceof Undefined) throw other.failure();
  return one instanceof PythonObject ? one.order(other) : undefined;
}

/** By code points, as Python. */
function orderOfTexts(one: string, other: string): number {
  if (one === other) return 0;
  for (let index = 0; index < one.length && index < other.length; index++) {
    if (one[index] === other[index]) continue;
    const [a = 0, b = 0] = [one.codePointAt(index), other.codePointAt(index)];
    if (a !== b) return a - b;
  }
  return one.length - other.length;
}

function orderOfItems(one: readonly unknown[], other: readonly unknown[]): number | undefined {
  for (let index = 0; index < one.length && index < other.length; index++) {
    if (!equals(one[index], other[index])) return orderOf(one[index], other[index]);
  }
  return one.length - other.length;
}

/** Python's `item in container`. */
export function contains(run: Run, container: unknown, item: unknown): boolean {
  if (typeof container === "string") {
    if (typeof item === "string") return container.includes(item);
    const message = `'in <string>' requires string as left operand, not ${typeName(item)}`;
    throw failure("TypeError", message);
  }
  if (Array.isArray(container)) return container.some((one) => equals(one, item));
  if (container instanceof Tuple) return container.items.some((one) => equals(one, item));
  if (container instanceof PythonSet) return container.has(item);
  if (container instanceof Range) return [...container.iterate()].some((one) => equals(one, item));
  if (isDict(container)) return dictGet(container, item) !== undefined;
  const values = container instanceof PythonObject ? container.iterate(run) : undefined;
  if (values === undefined) {
    throw failure(
      "TypeError",
      `argument of type '${typeName(container)}' is not a container or iterable`,
    );
  }
  for (const value of values) if (equals(value, item)) return true;
  return false;
}
