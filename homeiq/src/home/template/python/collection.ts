import { failure } from "../run.ts";
import { PythonObject, typeName, WholeFloat } from "./value.ts";

/** What stands for a value among the keys of a dict or set: equal values have the same. Throws for lists and dicts. */
export function keyOf(value: unknown): unknown {
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof WholeFloat) return value.value;
  if (value instanceof PythonObject && !(value instanceof Dict) && !(value instanceof PythonSet)) {
    return value.key();
  }
  throw failure("TypeError", `unhashable type: '${typeName(value)}'`);
}

/** A tuple. */
export class Tuple extends PythonObject {
  readonly typeName = "tuple";
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    super();
    this.items = items;
  }
  /** How one of its own kind is printed; the others as any tuple. */
  shown(): string | undefined {
    return undefined;
  }
  override truthy(): boolean {
    return this.items.length > 0;
  }
  override key(): unknown {
    return `\0(${this.items.map((item) => `${typeof keyOf(item)} ${String(keyOf(item))}`).join("\0,")})`;
  }
  override length(): number {
    return this.items.length;
  }
  override iterate(): Iterable<unknown> {
    return this.items;
  }
}

/** A dict that a template made. */
export class Dict extends PythonObject {
  readonly typeName = "dict";
  readonly #entries = new Map<unknown, readonly [unknown, unknown]>();
  constructor(entries: Iterable<readonly [unknown, unknown]> = []) {
    super();
    for (const [key, value] of entries) this.set(key, value);
  }
  set(key: unknown, value: unknown): void {
    const hashed = keyOf(key);
    this.#entries.set(hashed, [this.#entries.get(hashed)?.[0] ?? key, value]);
  }
  get(key: unknown): unknown {
    return this.#entries.get(keyOf(key))?.[1];
  }
  get size(): number {
    return this.#entries.size;
  }
  entries(): Iterable<readonly [unknown, unknown]> {
    return this.#entries.values();
  }
  override truthy(): boolean {
    return this.#entries.size > 0;
  }
}

/** A set; it keeps the order in which its members came. */
export class PythonSet extends PythonObject {
  readonly typeName = "set";
  readonly #members = new Map<unknown, unknown>();
  constructor(members: Iterable<unknown> = []) {
    super();
    for (const member of members) {
      const key = keyOf(member);
      if (!this.#members.has(key)) this.#members.set(key, member);
    }
  }
  has(member: unknown): boolean {
    return this.#members.has(keyOf(member));
  }
  members(): unknown[] {
    return [...this.#members.values()];
  }
  override truthy(): boolean {
    return this.#members.size > 0;
  }
  override length(): number {
    return this.#members.size;
  }
  override iterate(): Iterable<unknown> {
    return this.#members.values();
  }
}

/** `range(…)`. */
export class Range extends PythonObject {
  readonly typeName = "range";
  readonly start: number;
  readonly stop: number;
  readonly step: number;
  constructor(start: number, stop: number, step: number) {
    super();
    [this.start, this.stop, this.step] = [start, stop, step];
  }
  override length(): number {
    return Math.max(0, Math.ceil((this.stop - this.start) / this.step));
  }
  override truthy(): boolean {
    return this.length() > 0;
  }
  override repr(): string {
    const step = this.step === 1 ? "" : `, ${this.step}`;
    return `range(${this.start}, ${this.stop}${step})`;
  }
  override *iterate(): Iterable<unknown> {
    for (let index = 0, end = this.length(); index < end; index++) {
      yield this.start + index * this.step;
    }
  }
}

/** What is made one after the other, and only once: the answer of `map`, `select`, `batch`. */
export class Generator extends PythonObject {
  readonly typeName = "generator";
  readonly #values: Iterator<unknown>;
  constructor(values: Iterator<unknown>) {
    super();
    this.#values = values;
  }
  override *iterate(): Iterable<unknown> {
    for (;;) {
      const { done, value } = this.#values.next();
      if (done === true) return;
      yield value;
    }
  }
}

/** Is it a dict, ours or a plain object from outside? */
export function isDict(value: unknown): value is Dict | Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return value instanceof Dict || !(value instanceof PythonObject);
}

type AnyDict = Dict | Readonly<Record<string, unknown>>;

/** `undefined` when the key is not in it. */
export function dictGet(dict: AnyDict, key: unknown): unknown {
  if (dict instanceof Dict) return dict.get(key);
  if (typeof key !== "string" || !Object.hasOwn(dict, key)) return undefined;
  return dict[key];
}

export function dictEntries(dict: AnyDict): Iterable<readonly [unknown, unknown]> {
  if (dict instanceof Dict) return dict.entries();
  return Object.entries(dict).filter(([, value]) => value !== undefined);
}

export function dictSize(dict: AnyDict): number {
  if (dict instanceof Dict) return dict.size;
  return Object.values(dict).filter((value) => value !== undefined).length;
}

export function dictKeys(dict: AnyDict): unknown[] {
  return [...dictEntries(dict)].map(([key]) => key);
}
