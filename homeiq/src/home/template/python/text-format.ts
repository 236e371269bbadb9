import { failure, type Run } from "../run.ts";
import { dictGet, isDict } from "./collection.ts";
import { formatValue } from "./format-spec.ts";
import { toRepr, toText } from "./text.ts";

interface Given {
  /** How `{0.name}` and `{0[key]}` are looked up. */
  readonly attribute: (run: Run, value: unknown, name: string) => unknown;
  readonly item: (run: Run, value: unknown, key: unknown) => unknown;
  readonly args: readonly unknown[];
  readonly named: unknown;
}

const FIELD = /\{\{|\}\}|\{([^{}!:]*)(?:!([rsa]))?(?::((?:[^{}]|\{[^{}]*\})*))?\}|[{}]/g;

/** Python's `str.format`: `"{} is {:.1f}".format(name, value)`. */
export function textFormat(run: Run, format: string, given: Given): string {
  let next = 0;
  const resolve = (field: string): unknown => {
    const first = /^[^.[]*/.exec(field)?.[0] ?? "";
    const path = field
      .slice(first.length)
      .split(/(?=[.[])/)
      .filter((part) => part !== "");
    let value = firstOf(first === "" ? String(next++) : first, given);
    for (const part of path) {
      const isItem = part.startsWith("[");
      const key = isItem ? part.slice(1, -1) : part.slice(1);
      value = isItem
        ? given.item(run, value, /^\d+$/.test(key) ? Number(key) : key)
        : given.attribute(run, value, key);
    }
    return value;
  };
  return format.replace(FIELD, (whole, field, conversion, spec) => {
    if (whole === "{{" || whole === "}}") return whole.charAt(0);
    if (field === undefined)
      throw failure("ValueError", `Single '${whole}' encountered in format string`);
    const value = resolve(field);
    const shown = conversion === "s" ? toText(value) : value;
    const inner = (spec ?? "").replace(/\{([^{}]*)\}/g, (_: string, name: string) =>
      toText(resolve(name)),
    );
    return formatValue(conversion === "r" || conversion === "a" ? toRepr(value) : shown, inner);
  });
}

function firstOf(name: string, { args, named }: Pick<Given, "args" | "named">): unknown {
  if (/^\d+$/.test(name)) {
    const value = args[Number(name)];
    if (value !== undefined) return value;
    throw failure("IndexError", `Replacement index ${name} out of range for positional args tuple`);
  }
  const value = isDict(named) ? dictGet(named, name) : undefined;
  if (value === undefined) throw failure("KeyError", `'${name}'`);
  return value;
}
