import { createHash } from "node:crypto";
import {
  type Definitions,
  Dict,
  dictEntries,
  dictGet,
  isDict,
  isIterable,
  listOf,
  Namespace,
  NativeFunction,
  numberOf,
  PythonObject,
  PythonSet,
  toText,
  truthy,
  typeName,
  Undefined,
} from "../python/python.ts";
import { failure, notSupported, type Run, step } from "../run.ts";
import type { Family } from "./family.ts";

function combine(args: readonly unknown[], recursive: boolean): Dict {
  if (args.length === 0) throw failure("TypeError", "combine expected at least 1 argument, got 0");
  const result = new Dict();
  for (const one of args) {
    if (!isDict(one)) throw failure("TypeError", `combine expected a dict, got ${typeName(one)}`);
    for (const [key, value] of dictEntries(one)) {
      const there = recursive ? result.get(key) : undefined;
      const isDeep = isDict(there) && isDict(value);
      result.set(key, isDeep ? combine([there, value], true) : value);
    }
  }
  return result;
}

function flatten(run: Run, value: unknown, levels: number): unknown[] {
  return itemsOf(run, "flatten", value).flatMap((item) => {
    step(run);
    const isList = typeof item !== "string" && isIterable(run, item);
    return isList && levels >= 0 ? flattenInner(run, item, levels) : [item];
  });
}

function flattenInner(run: Run, item: unknown, levels: number): unknown[] {
  return levels === 0 ? [item] : flatten(run, item, levels - 1);
}

function itemsOf(run: Run, name: string, value: unknown): unknown[] {
  if (typeof value === "string" || !isIterable(run, value)) {
    throw failure("TypeError", `${name} expected a list, got ${typeName(value)}`);
  }
  return listOf(run, value);
}

type Choose = (one: PythonSet, other: PythonSet) => unknown[];
function setOperation(name: string, choose: Choose): Definitions["x"] {
  return [
    "value other",
    (run, [value, other]) =>
      choose(new PythonSet(itemsOf(run, name, value)), new PythonSet(itemsOf(run, name, other))),
  ];
}

const without = (one: PythonSet, other: PythonSet) =>
  one.members().filter((member) => !other.has(member));

/** The responses of an action to several entities, as one list. */
function mergeResponse(value: unknown): unknown[] {
  if (!isDict(value)) throw failure("TypeError", "Response is not a dictionary");
  return [...dictEntries(value)].flatMap(([entityId, response]) => {
    if (!isDict(response)) throw failure("TypeError", "Response is not a dictionary");
    const [only, ...others] = [...dictEntries(response)];
    if (only !== undefined && others.length === 0 && Array.isArray(only[1])) {
      return only[1].map((item) =>
        isDict(item) ? withKeys(item, { entity_id: entityId, value_key: only[0] }) : item,
      );
    }
    return [withKeys(response, { entity_id: entityId })];
  });
}

function withKeys(
  dict: Parameters<typeof dictEntries>[0],
  keys: Readonly<Record<string, unknown>>,
): Dict {
  if (dictGet(dict, "entity_id") !== undefined) {
    throw failure("ValueError", "Response dictionary already contains key 'entity_id'");
  }
  return new Dict([...dictEntries(dict), ...Object.entries(keys)]);
}

function iif([value, yes = true, no = false, none]: readonly unknown[]): unknown {
  if (value === null && none !== undefined) return none;
  return truthy(value) ? yes : no;
}

const otherwise: Definitions["x"] = [
  "value default_value? boolean?",
  (_, [value, instead = "", whenFalse = false]) =>
    value instanceof Undefined || (truthy(whenFalse) && !truthy(value)) ? instead : value,
];

const hash = (algorithm: string): Definitions["x"] => [
  "value",
  (_, [value]) => {
    if (typeof value === "string") return createHash(algorithm).update(value).digest("hex");
    throw failure("AttributeError", `'${typeName(value)}' object has no attribute 'encode'`);
  },
];

function decodeBase64(value: unknown, encoding: unknown): string {
  if (encoding === null) throw notSupported("bytes");
  const bytes = Buffer.from(toText(value), "base64");
  if (encoding !== undefined && !/^(utf-?8|ascii)$/i.test(toText(encoding)))
    throw notSupported("this encoding");
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw failure("UnicodeDecodeError", "'utf-8' codec can't decode the bytes");
  }
}

/** `cycler(…)`: its `next()` gives one value after the other. */
class Cycler extends PythonObject {
  readonly typeName = "Cycler";
  readonly #items: readonly unknown[];
  #at = 0;
  constructor(items: readonly unknown[]) {
    super();
    this.#items = items;
  }
  override attribute(name: string): unknown {
    if (name === "current") return this.#items[this.#at];
    if (name === "reset") return new NativeFunction("reset", "", () => this.#goTo(0));
    if (name !== "next") return undefined;
    return new NativeFunction("next", "", () => {
      const current = this.#items[this.#at];
      this.#goTo((this.#at + 1) % this.#items.length);
      return current;
    });
  }
  #goTo(index: number): null {
    this.#at = index;
    return null;
  }
}

function joiner(separator: unknown): NativeFunction {
  let isUsed = false;
  return new NativeFunction("joiner", "", () => {
    if (isUsed) return separator === undefined ? ", " : toText(separator);
    isUsed = true;
    return "";
  });
}

function dictOf(run: Run, value: unknown, named: unknown): Dict {
  if (value instanceof Undefined) throw value.failure();
  const entries = isDict(value) ? dictEntries(value) : [];
  const pairs = isDict(value) || value === undefined ? [] : listOf(run, value);
  const read = pairs.map((pair) => listOf(run, pair)).map(([key, item]) => [key, item] as const);
  return new Dict([...entries, ...read, ...dictEntries(named as Dict)]);
}

/** All values alike. */
export const values: Family = {
  both: {
    iif: ["value if_true? if_false? if_none?", (_, args) => iif(args)],
    combine: [
      "*args **named",
      (_, [args, named]) =>
        combine(args as unknown[], truthy((named as Dict).get("recursive") ?? false)),
    ],
    flatten: [
      "value levels?",
      (run, [value, levels]) => flatten(run, value, numberOf(levels) ?? Number.POSITIVE_INFINITY),
    ],
    intersect: setOperation("intersect", (one, other) =>
      one.members().filter((member) => other.has(member)),
    ),
    difference: setOperation("difference", without),
    union: setOperation("union", (one, other) => [...one.members(), ...without(other, one)]),
    symmetric_difference: setOperation("symmetric_difference", (one, other) => [
      ...without(one, other),
      ...without(other, one),
    ]),
    md5: hash("md5"),
    sha1: hash("sha1"),
    sha256: hash("sha256"),
    sha512: hash("sha512"),
  },
  filters: {
    default: otherwise,
    d: otherwise,
    is_defined: [
      "value",
      (_, [value]) => {
        if (value instanceof Undefined) throw value.failure();
        return value;
      },
    ],
    base64_encode: ["value", (_, [value]) => Buffer.from(toText(value)).toString("base64")],
    base64_decode: ["value encoding?", (_, [value, encoding]) => decodeBase64(value, encoding)],
  },
  globals: {
    namespace: [
      "value? **named",
      (run, [value, named]) =>
        new Namespace(
          [...dictOf(run, value, named).entries()].map(
            ([key, item]) => [toText(key), item] as const,
          ),
        ),
    ],
    dict: ["value? **named", (run, [value, named]) => dictOf(run, value, named)],
    cycler: [
      "*items",
      (_, [items]) => {
        if ((items as unknown[]).length === 0)
          throw failure("RuntimeError", "at least one item has to be provided");
        return new Cycler(items as unknown[]);
      },
    ],
    joiner: ["sep?", (_, [separator]) => joiner(separator)],
    merge_response: ["value", (_, [value]) => mergeResponse(value)],
  },
};
