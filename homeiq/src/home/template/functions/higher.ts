import {
  Callable,
  type Definitions,
  type Dict,
  dictEntries,
  Generator,
  iterate,
  type Named,
  NativeFunction,
  toText,
  truthy,
  typeName,
  Undefined,
} from "../python/python.ts";
import { failure, type Run, step } from "../run.ts";
import { getterOf } from "./attribute.ts";
import type { Family } from "./family.ts";

type Steps = globalThis.Generator<unknown, void, unknown>;
type Each = (item: unknown) => unknown;

function namedOf(dict: unknown): Named | undefined {
  const entries = [...dictEntries(dict as Dict)];
  return entries.length === 0
    ? undefined
    : new Map(entries.map(([name, one]) => [toText(name), one]));
}

function callableOf(run: Run, kind: "filter" | "test", name: unknown): Callable {
  const found = run.library[kind](toText(name));
  if (found instanceof Callable) return found;
  throw failure("TemplateRuntimeError", `No ${kind} named '${toText(name)}'.`);
}

/** What `map` does to each item: a filter, or an attribute of it. */
function mapping(run: Run, args: readonly unknown[], given: unknown): Each {
  const named = new Map(namedOf(given));
  const attribute = named.get("attribute");
  if (args.length === 0 && attribute !== undefined) {
    const other = [...named.keys()].find((name) => name !== "attribute" && name !== "default");
    if (other !== undefined) {
      throw failure("FilterArgumentError", `Unexpected keyword argument '${other}'`);
    }
    return getterOf(run, attribute, named.get("default"));
  }
  const [name, ...others] = args;
  if (name === undefined) throw failure("FilterArgumentError", "map requires a filter argument");
  const filter = callableOf(run, "filter", name);
  const rest = named.size === 0 ? undefined : named;
  return (item) => filter.call(run, [item, ...others], rest);
}

function* mapped(run: Run, value: unknown, each: () => Each): Steps {
  if (!truthy(value)) return;
  const compute = each();
  for (const item of iterate(run, value)) {
    step(run);
    yield compute(item);
  }
}

interface Choice {
  readonly ofAttribute: boolean;
  readonly wanted: boolean;
}

/** Does an item pass: by a test, or by being true. */
function choosing(run: Run, args: readonly unknown[], given: unknown, ofAttribute: boolean): Each {
  const [attribute, ...afterwards] = args;
  if (ofAttribute && attribute === undefined) {
    throw failure("FilterArgumentError", "Missing parameter for attribute name");
  }
  const [name, ...others] = ofAttribute ? afterwards : args;
  const get = ofAttribute ? getterOf(run, attribute) : (item: unknown) => item;
  if (name === undefined) return (item) => truthy(get(item));
  const test = callableOf(run, "test", name);
  const named = namedOf(given);
  return (item) => truthy(test.call(run, [get(item), ...others], named));
}

function* chosen(run: Run, value: unknown, passes: () => Each, wanted: boolean): Steps {
  if (!truthy(value)) return;
  const check = passes();
  for (const item of iterate(run, value)) {
    step(run);
    if (check(item) === wanted) yield item;
  }
}

function choice({ ofAttribute, wanted }: Choice): Definitions["x"] {
  return [
    "value *args **named",
    (run, [value, args, named]) =>
      new Generator(
        chosen(run, value, () => choosing(run, args as unknown[], named, ofAttribute), wanted),
      ),
  ];
}

const apply: Definitions["x"] = [
  "value fn *args **named",
  (run, [value, callee, args, named]) => {
    if (callee instanceof Callable)
      return callee.call(run, [value, ...(args as unknown[])], namedOf(named));
    if (callee instanceof Undefined) throw callee.failure();
    throw failure("TypeError", `'${typeName(callee)}' object is not callable`);
  },
];

/** A macro that answers by its argument `returns`, as a function. */
function asFunction(macro: unknown): Callable {
  if (!(macro instanceof Callable)) {
    throw failure("AttributeError", `'${typeName(macro)}' object has no attribute 'name'`);
  }
  return new NativeFunction("function", "*args **named", (run, [args, named]) => {
    let answer: unknown = null;
    const returns = new NativeFunction("returns", "value", (_, [value]) => {
      answer = value;
      return value;
    });
    macro.call(run, args as unknown[], new Map([...(namedOf(named) ?? []), ["returns", returns]]));
    return answer;
  });
}

/** Functions that are given others by name. */
export const higher: Family = {
  both: {
    apply,
    as_function: ["macro", (_, [macro]) => asFunction(macro)],
  },
  filters: {
    map: [
      "value *args **named",
      (run, [value, args, named]) =>
        new Generator(mapped(run, value, () => mapping(run, args as unknown[], named))),
    ],
    select: choice({ ofAttribute: false, wanted: true }),
    reject: choice({ ofAttribute: false, wanted: false }),
    selectattr: choice({ ofAttribute: true, wanted: true }),
    rejectattr: choice({ ofAttribute: true, wanted: false }),
  },
  tests: { apply },
};
