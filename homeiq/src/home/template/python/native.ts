import { Dict, dictEntries, isDict, PythonSet, Tuple } from "./collection.ts";
import { toText } from "./text.ts";
import { numberOf, PythonObject } from "./value.ts";

/** A value as JSON says it: floats are numbers, tuples and sets are lists. What JSON has no word for becomes text. */
export function toNative(value: unknown): unknown {
  if (value === undefined || value === null) return null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  const number = numberOf(value);
  if (number !== undefined) return number;
  if (Array.isArray(value)) return value.map(toNative);
  if (value instanceof Tuple) return value.items.map(toNative);
  if (value instanceof PythonSet) return value.members().map(toNative);
  if (value instanceof Dict || isDict(value)) {
    const entries = [...dictEntries(value)];
    return Object.fromEntries(entries.map(([key, item]) => [toText(key), toNative(item)]));
  }
  return value instanceof PythonObject ? value.text() : null;
}
