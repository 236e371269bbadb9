import {
  calculate,
  contains,
  type Definitions,
  type Dict,
  dictEntries,
  equals,
  Generator,
  getAttribute,
  isDict,
  iterate,
  keyOf,
  lengthOf,
  listOf,
  numberOf,
  PythonSet,
  Range,
  Tuple,
  toText,
  truthy,
  typeName,
  Undefined,
} from "../python/python.ts";
import { failure, type Run, step } from "../run.ts";
import { type Getter, getterOf } from "./attribute.ts";
import type { Family } from "./family.ts";
import { extreme, sorted, sortKey } from "./sorting.ts";

function grouped(
  run: Run,
  value: unknown,
  [attribute, otherwise, caseSensitive]: readonly unknown[],
) {
  const get = getterOf(run, attribute, otherwise);
  const fold = sortKey(run, undefined, caseSensitive ?? false);
  const items = sorted(run, value, (item) => fold(get(item)), false);
  const groups: { key: unknown; name: unknown; items: unknown[] }[] = [];
  for (const item of items) {
    const name = get(item);
    const last = groups.at(-1);
    if (last !== undefined && equals(last.key, fold(name))) last.items.push(item);
    else groups.push({ key: fold(name), name, items: [item] });
  }
  return groups.map(({ name, items: members }) => new Group([name, members]));
}

/** A pair of `groupby`: `grouper` and `list`. */
class Group extends Tuple {
  override attribute(name: string): unknown {
    return this.items[["grouper", "list"].indexOf(name)];
  }
}

function* batches(run: Run, value: unknown, size: number, fill: unknown): Steps {
  let batch: unknown[] = [];
  for (const item of iterate(run, value)) {
    step(run);
    if (batch.length === size) {
      yield batch;
      batch = [];
    }
    batch.push(item);
  }
  if (batch.length === 0) return;
  if (fill !== undefined && fill !== null) while (batch.length < size) batch.push(fill);
  yield batch;
}

function* slices(run: Run, value: unknown, count: number, fill: unknown): Steps {
  const items = listOf(run, value);
  const least = Math.floor(items.length / count);
  const longer = items.length % count;
  let at = 0;
  for (let index = 0; index < count; index++) {
    const slice = items.slice(at, at + least + (index < longer ? 1 : 0));
    at += slice.length;
    if (fill !== undefined && fill !== null && index >= longer) slice.push(fill);
    yield slice;
  }
}

function* unique(run: Run, value: unknown, keyed: Getter): Steps {
  const seen = new Set<unknown>();
  for (const item of iterate(run, value)) {
    step(run);
    const key = keyOf(keyed(item));
    if (seen.has(key)) continue;
    seen.add(key);
    yield item;
  }
}

type Steps = globalThis.Generator<unknown, void, unknown>;

function sum(run: Run, value: unknown, attribute: unknown, start: unknown): unknown {
  const get = getterOf(run, attribute);
  let total: unknown = start ?? 0;
  for (const item of iterate(run, value)) {
    step(run);
    total = calculate("+", total, get(item));
  }
  return total;
}

function reverse(run: Run, value: unknown): unknown {
  if (typeof value === "string") return [...value].reverse().join("");
  const items = listOf(run, value).reverse();
  return new Generator(items[Symbol.iterator]());
}

function last(run: Run, value: unknown): unknown {
  if (value instanceof Generator || value instanceof PythonSet) {
    throw failure("TypeError", `'${typeName(value)}' object is not reversible`);
  }
  const items = listOf(run, value);
  return items.length === 0 ? new Undefined("No last item, sequence was empty.") : items.at(-1);
}

function first(run: Run, value: unknown): unknown {
  for (const item of iterate(run, value)) return item;
  return new Undefined("No first item, sequence was empty.");
}

function join(run: Run, value: unknown, separator: unknown, attribute: unknown): string {
  const get = getterOf(run, attribute);
  const items = listOf(run, value).map((item) => toText(get(item)));
  return items.join(separator === undefined ? "" : toText(separator));
}

function pairs(value: unknown): unknown {
  if (value instanceof Undefined) return new Generator([][Symbol.iterator]());
  if (!isDict(value)) throw failure("TypeError", "Can only get item pairs from a mapping.");
  const entries = [...dictEntries(value)].map((pair) => new Tuple(pair));
  return new Generator(entries[Symbol.iterator]());
}

function dictsort(run: Run, value: unknown, options: readonly unknown[]): unknown[] {
  const [caseSensitive, by = "key", reversed] = options;
  if (!isDict(value))
    throw failure("AttributeError", `'${typeName(value)}' object has no attribute 'items'`);
  if (by !== "key" && by !== "value") {
    throw failure("FilterArgumentError", 'You can only sort by either "key" or "value"');
  }
  const entries = [...dictEntries(value)].map((pair) => new Tuple(pair));
  const at = by === "key" ? 0 : 1;
  const fold = sortKey(run, undefined, caseSensitive ?? false);
  return sorted(run, entries, (pair) => fold((pair as Tuple).items[at]), truthy(reversed ?? false));
}

const count = (value: unknown) => Math.max(1, numberOf(value) ?? 1);

const FILTERS: Definitions = {
  list: ["value", (run, [value]) => listOf(run, value)],
  length: ["value", (run, [value]) => lengthOf(run, value)],
  count: ["value", (run, [value]) => lengthOf(run, value)],
  first: ["value", (run, [value]) => first(run, value)],
  last: ["value", (run, [value]) => last(run, value)],
  reverse: ["value", (run, [value]) => reverse(run, value)],
  join: ["value d? attribute?", (run, [value, by, attribute]) => join(run, value, by, attribute)],
  sum: [
    "iterable attribute? start?",
    (run, [value, attribute, start]) => sum(run, value, attribute, start),
  ],
  sort: [
    "value reverse? case_sensitive? attribute?",
    (run, [value, reversed, caseSensitive, attribute]) => {
      const key = sortKey(run, attribute, caseSensitive ?? false);
      // As lists, which are equal before one is less: so Jinja2 sorts what is undefined.
      return sorted(run, value, (item) => [key(item)], truthy(reversed ?? false));
    },
  ],
  dictsort: [
    "value case_sensitive? by? reverse?",
    (run, [value, ...options]) => dictsort(run, value, options),
  ],
  unique: [
    "value case_sensitive? attribute?",
    (run, [value, caseSensitive, attribute]) =>
      new Generator(unique(run, value, sortKey(run, attribute, caseSensitive ?? false))),
  ],
  groupby: [
    "value attribute default? case_sensitive?",
    (run, [value, ...options]) => grouped(run, value, options),
  ],
  min: [
    "value case_sensitive? attribute?",
    (run, [value, sensitive, attribute]) =>
      extreme(run, value, sortKey(run, attribute, sensitive ?? false), "<"),
  ],
  max: [
    "value case_sensitive? attribute?",
    (run, [value, sensitive, attribute]) =>
      extreme(run, value, sortKey(run, attribute, sensitive ?? false), ">"),
  ],
  batch: [
    "value linecount fill_with?",
    (run, [value, size, fill]) => new Generator(batches(run, value, count(size), fill)),
  ],
  slice: [
    "value slices fill_with?",
    (run, [value, parts, fill]) => new Generator(slices(run, value, count(parts), fill)),
  ],
  items: ["value", (_, [value]) => pairs(value)],
  attr: [
    "obj name",
    (run, [value, name]) =>
      isDict(value)
        ? new Undefined(`'dict object' has no attribute '${toText(name)}'`)
        : getAttribute(run, value, toText(name)),
  ],
  contains: ["value item", (run, [value, item]) => contains(run, value, item)],
};

/** `min(1, 2)` as well as `min([1, 2])`. */
function extremeOf(name: string, sign: "<" | ">"): Definitions["x"] {
  return [
    "*args **named",
    (run, [args, named]) => {
      const given = args as unknown[];
      if (given.length === 0)
        throw failure("TypeError", `${name} expected at least 1 argument, got 0`);
      const items = given.length === 1 ? given[0] : given;
      const attribute = (named as Dict).get("attribute");
      return extreme(
        run,
        items,
        sortKey(run, attribute, (named as Dict).get("case_sensitive") ?? false),
        sign,
      );
    },
  ];
}

const MOST_IN_RANGE = 100_000; // jinja2.sandbox.MAX_RANGE

function range(args: readonly unknown[]): Range {
  const numbers = args.map((one) => {
    const number = numberOf(one);
    if (
      number !== undefined &&
      Number.isInteger(number) &&
      (typeof one === "number" || typeof one === "boolean")
    )
      return number;
    throw failure("TypeError", `'${typeName(one)}' object cannot be interpreted as an integer`);
  });
  const [one = 0, two, by = 1] = numbers;
  if (by === 0) throw failure("ValueError", "range() arg 3 must not be zero");
  const made = two === undefined ? new Range(0, one, 1) : new Range(one, two, by);
  if (made.length() <= MOST_IN_RANGE) return made;
  const message = `Range too big. The sandbox blocks ranges larger than MAX_RANGE (${MOST_IN_RANGE}).`;
  throw failure("OverflowError", message);
}

function* zipped(run: Run, all: readonly unknown[]): Steps {
  const iterators = all.map((one) => iterate(run, one)[Symbol.iterator]());
  for (;;) {
    step(run);
    const next = iterators.map((iterator) => iterator.next());
    if (next.length === 0 || next.some(({ done }) => done === true)) return;
    yield new Tuple(next.map(({ value }) => value));
  }
}

/** Lists and what goes through them. */
export const sequences: Family = {
  filters: FILTERS,
  globals: {
    min: extremeOf("min", "<"),
    max: extremeOf("max", ">"),
    range: ["*args", (_, [args]) => range(args as unknown[])],
    zip: ["*args", (run, [args]) => new Generator(zipped(run, args as unknown[]))],
    set: ["value?", (run, [value]) => new PythonSet(value === undefined ? [] : listOf(run, value))],
    tuple: ["value?", (run, [value]) => new Tuple(value === undefined ? [] : listOf(run, value))],
  },
};
