import { failure, type Run } from "../run.ts";
import { Range, Tuple } from "./collection.ts";
import { isInt, typeName, Undefined } from "./value.ts";

interface Bounds {
  readonly start: unknown;
  readonly stop: unknown;
  readonly step: unknown;
}

/** `value[start:stop:step]` of a text, a list, a tuple or a range. */
export function sliceOf(_run: Run, value: unknown, bounds: Bounds): unknown {
  if (typeof value === "string") return pick([...value], bounds).join("");
  if (Array.isArray(value)) return pick(value, bounds);
  if (value instanceof Tuple) return new Tuple(pick(value.items, bounds));
  if (value instanceof Range) return pick([...value.iterate()], bounds);
  if (value instanceof Undefined) throw value.failure();
  return new Undefined(`'${typeName(value)} object' has no element slice`);
}

function pick<T>(items: readonly T[], { start, stop, step }: Bounds): T[] {
  const by = index(step) ?? 1;
  if (by === 0) throw failure("ValueError", "slice step cannot be zero");
  const length = items.length;
  const [least, most] = by > 0 ? [0, length] : [-1, length - 1];
  const clamp = (value: number | undefined, otherwise: number) => {
    if (value === undefined) return otherwise;
    return Math.min(Math.max(value < 0 ? value + length : value, least), most);
  };
  const first = clamp(index(start), by > 0 ? 0 : length - 1);
  const end = clamp(index(stop), by > 0 ? length : -1);
  const picked: T[] = [];
  for (let at = first; by > 0 ? at < end : at > end; at += by) picked.push(items[at] as T);
  return picked;
}

function index(value: unknown): number | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "boolean") return Number(value);
  if (isInt(value)) return value;
  if (value instanceof Undefined) throw value.failure();
  const message = "slice indices must be integers or None or have an __index__ method";
  throw failure("TypeError", message);
}
