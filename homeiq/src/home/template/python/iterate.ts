import { failure, type Run, step } from "../run.ts";
import { dictKeys, dictSize, isDict } from "./collection.ts";
import { PythonObject, typeName } from "./value.ts";

/** Python's `iter`: throws TypeError of what has no items. */
export function iterate(run: Run, value: unknown): Iterable<unknown> {
  if (Array.isArray(value)) return value;
  if (typeof value === "string") return value;
  if (isDict(value)) return dictKeys(value);
  const items = value instanceof PythonObject ? value.iterate(run) : undefined;
  if (items === undefined)
    throw failure("TypeError", `'${typeName(value)}' object is not iterable`);
  return items;
}

/** All items; each counts as a step. */
export function listOf(run: Run, value: unknown): unknown[] {
  const items: unknown[] = [];
  for (const item of iterate(run, value)) {
    step(run);
    items.push(item);
  }
  return items;
}

export function isIterable(run: Run, value: unknown): boolean {
  if (Array.isArray(value) || typeof value === "string" || isDict(value)) return true;
  return value instanceof PythonObject && value.iterate(run) !== undefined;
}

/** Python's `len`; throws TypeError of what has no length. */
export function lengthOf(run: Run, value: unknown): number {
  const length = findLength(run, value);
  if (length === undefined) {
    throw failure("TypeError", `object of type '${typeName(value)}' has no len()`);
  }
  return length;
}

export function findLength(run: Run, value: unknown): number | undefined {
  if (typeof value === "string") return codePoints(value);
  if (Array.isArray(value)) return value.length;
  if (isDict(value)) return dictSize(value);
  return value instanceof PythonObject ? value.length(run) : undefined;
}

function codePoints(text: string): number {
  let length = text.length;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code >= 0xd800 && code <= 0xdbff) length--;
  }
  return length;
}
