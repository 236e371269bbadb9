import { getItem, isInt, toText, Undefined } from "../python/python.ts";
import type { Run } from "../run.ts";

export type Getter = (value: unknown) => unknown;

/** Jinja2's attribute getter: `"a.b.0"` goes down step by step; the default stands for what is undefined. */
export function getterOf(run: Run, attribute: unknown, otherwise?: unknown): Getter {
  if (attribute === undefined || attribute === null) return (value) => value;
  const path = isInt(attribute)
    ? [attribute]
    : toText(attribute)
        .split(".")
        .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return (value) => {
    let at = value;
    for (const part of path) {
      at = getItem(run, at, part);
      if (otherwise !== undefined && at instanceof Undefined) at = otherwise;
    }
    return at;
  };
}

/** Texts are compared without regard to case. */
export function ignoreCase(value: unknown): unknown {
  return typeof value === "string" ? value.toLowerCase() : value;
}
