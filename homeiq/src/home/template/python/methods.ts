import { failure } from "../run.ts";
import { type Definitions, functionsOf, type NativeFunction } from "./callable.ts";
import { Dict, dictEntries, dictGet, isDict, PythonSet, Tuple } from "./collection.ts";
import { equals } from "./compare.ts";
import { listOf } from "./iterate.ts";
import { toRepr } from "./text.ts";
import { numberOf, PythonObject } from "./value.ts";

type AnyDict = Parameters<typeof dictEntries>[0];

/** `dict.items()`, `.keys()`, `.values()`. */
class DictView extends PythonObject {
  readonly typeName: string;
  readonly #items: readonly unknown[];
  constructor(kind: string, items: readonly unknown[]) {
    super();
    this.typeName = `dict_${kind}`;
    this.#items = items;
  }
  override repr(): string {
    return `${this.typeName}(${toRepr([...this.#items])})`;
  }
  override truthy(): boolean {
    return this.#items.length > 0;
  }
  override length(): number {
    return this.#items.length;
  }
  override iterate(): Iterable<unknown> {
    return this.#items;
  }
}

const asDict = (value: unknown): AnyDict => {
  if (isDict(value)) return value;
  throw failure("TypeError", "not a dict");
};
const pairsOf = (dict: unknown) => [...dictEntries(asDict(dict))].map((pair) => new Tuple(pair));

const DICT: Definitions = {
  get: [
    "self key default?",
    (_, [self, key, otherwise = null]) => {
      const value = dictGet(asDict(self), key);
      return value === undefined ? otherwise : value;
    },
  ],
  items: ["self", (_, [self]) => new DictView("items", pairsOf(self))],
  keys: [
    "self",
    (_, [self]) =>
      new DictView(
        "keys",
        pairsOf(self).map((pair) => pair.items[0]),
      ),
  ],
  values: [
    "self",
    (_, [self]) =>
      new DictView(
        "values",
        pairsOf(self).map((pair) => pair.items[1]),
      ),
  ],
  copy: ["self", (_, [self]) => new Dict(dictEntries(asDict(self)))],
};

const itemsOf = (value: unknown): readonly unknown[] =>
  value instanceof Tuple ? value.items : (value as unknown[]);

const LIST: Definitions = {
  index: [
    "self value",
    (_, [self, value]) => {
      const index = itemsOf(self).findIndex((item) => equals(item, value));
      if (index < 0) throw failure("ValueError", `${toRepr(value)} is not in list`);
      return index;
    },
  ],
  count: [
    "self value",
    (_, [self, value]) => itemsOf(self).filter((one) => equals(one, value)).length,
  ],
  copy: ["self", (_, [self]) => [...itemsOf(self)]],
};

const asSet = (value: unknown) => value as PythonSet;
const SET: Definitions = {
  union: [
    "self *others",
    (run, [self, others]) =>
      new PythonSet([
        ...asSet(self).members(),
        ...listOf(run, others).flatMap((one) => listOf(run, one)),
      ]),
  ],
  intersection: [
    "self other",
    (run, [self, other]) => new PythonSet(listOf(run, other).filter((one) => asSet(self).has(one))),
  ],
  difference: [
    "self other",
    (run, [self, other]) => {
      const away = new PythonSet(listOf(run, other));
      return new PythonSet(
        asSet(self)
          .members()
          .filter((one) => !away.has(one)),
      );
    },
  ],
  symmetric_difference: [
    "self other",
    (run, [self, other]) => {
      const there = new PythonSet(listOf(run, other));
      const here = asSet(self)
        .members()
        .filter((one) => !there.has(one));
      return new PythonSet([...here, ...there.members().filter((one) => !asSet(self).has(one))]);
    },
  ],
  issubset: [
    "self other",
    (run, [self, other]) => {
      const there = new PythonSet(listOf(run, other));
      return asSet(self)
        .members()
        .every((one) => there.has(one));
    },
  ],
  issuperset: [
    "self other",
    (run, [self, other]) => listOf(run, other).every((one) => asSet(self).has(one)),
  ],
  isdisjoint: [
    "self other",
    (run, [self, other]) => !listOf(run, other).some((one) => asSet(self).has(one)),
  ],
  copy: ["self", (_, [self]) => new PythonSet(asSet(self).members())],
};

const NUMBER: Definitions = {
  is_integer: ["self", (_, [self]) => Number.isInteger(numberOf(self))],
  bit_length: [
    "self",
    (_, [self]) => (numberOf(self) ? Math.abs(Number(numberOf(self))).toString(2).length : 0),
  ],
  conjugate: ["self", (_, [self]) => self],
};

export const dictMethods: ReadonlyMap<string, NativeFunction> = functionsOf(DICT);
export const listMethods: ReadonlyMap<string, NativeFunction> = functionsOf(LIST);
export const setMethods: ReadonlyMap<string, NativeFunction> = functionsOf(SET);
export const numberMethods: ReadonlyMap<string, NativeFunction> = functionsOf(NUMBER);

const CHANGING = {
  dict: new Set(["clear", "pop", "popitem", "setdefault", "update"]),
  list: new Set(["append", "clear", "pop", "reverse", "insert", "sort", "extend", "remove"]),
  set: new Set([
    "add",
    "clear",
    "difference_update",
    "discard",
    "pop",
    "remove",
    "symmetric_difference_update",
    "update",
  ]),
};

/** Home Assistant's sandbox lets no template change a list, a dict or a set. */
export function isChanging(value: unknown, name: string): boolean {
  if (Array.isArray(value)) return CHANGING.list.has(name);
  if (value instanceof PythonSet) return CHANGING.set.has(name);
  return isDict(value) && CHANGING.dict.has(name);
}
