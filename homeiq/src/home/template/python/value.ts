import { failure, type Run } from "../run.ts";

/**
 * Python's values: a text, a boolean and a list are JavaScript's own, `None` is `null`. An int is a whole number;
 * a float is a number that is not whole, or a `WholeFloat`. A plain object, as it comes from outside, is a dict that
 * nobody writes to. All others are of this class. `undefined` is no value: it means that there is none.
 */
export abstract class PythonObject {
  abstract readonly typeName: string;
  repr(): string {
    return `<${this.typeName} object>`;
  }
  text(): string {
    return this.repr();
  }
  truthy(): boolean {
    return true;
  }
  equals(other: unknown): boolean {
    return this === other;
  }
  /** Less than 0, 0 or more; `undefined` when the two have no order. */
  order(_other: unknown): number | undefined {
    return undefined;
  }
  /** Equal values have equal keys. */
  key(): unknown {
    return this;
  }
  length(_run: Run): number | undefined {
    return undefined;
  }
  iterate(_run: Run): Iterable<unknown> | undefined {
    return undefined;
  }
  attribute(_name: string, _run: Run): unknown {
    return undefined;
  }
  item(_key: unknown, _run: Run): unknown {
    return undefined;
  }
  /** `reversed`: the other stands on the left. */
  binary(_operator: string, _other: unknown, _reversed: boolean): unknown {
    return undefined;
  }
}

/** Arguments by name. */
export type Named = ReadonlyMap<string, unknown>;

/** What can be called: a function, a macro, a method of a value. */
export abstract class Callable extends PythonObject {
  readonly typeName: string = "function";
  abstract call(run: Run, args: readonly unknown[], named?: Named): unknown;
}

/** A float whose value is whole: `5.0`. */
export class WholeFloat extends PythonObject {
  readonly typeName = "float";
  readonly value: number;
  constructor(value: number) {
    super();
    this.value = value;
  }
  override repr(): string {
    return floatText(this.value);
  }
  override truthy(): boolean {
    return this.value !== 0;
  }
}

/** A name or attribute that there is not: false, empty, and an error when anything else is asked of it. */
export class Undefined extends PythonObject {
  readonly typeName = "LoggingUndefined";
  readonly message: string;
  constructor(message: string) {
    super();
    this.message = message;
  }
  override repr(): string {
    return "Undefined";
  }
  override text(): string {
    return "";
  }
  override truthy(): boolean {
    return false;
  }
  override equals(other: unknown): boolean {
    return other instanceof Undefined;
  }
  override key(): unknown {
    return Undefined;
  }
  override length(): number {
    return 0;
  }
  override iterate(): Iterable<unknown> {
    return [];
  }
  override attribute(name: string): unknown {
    if (name.startsWith("__")) return undefined;
    throw this.failure();
  }
  override item(): unknown {
    throw this.failure();
  }
  override binary(): unknown {
    throw this.failure();
  }
  override order(): number {
    throw this.failure();
  }
  failure(): Error {
    return failure("UndefinedError", this.message);
  }
}

/** A float as Python has it. */
export function toFloat(value: number): unknown {
  return Number.isInteger(value) ? new WholeFloat(value) : value;
}

/** The value of an int, a float or a boolean; `undefined` of all others. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  if (value instanceof WholeFloat) return value.value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return undefined;
}

export function isFloat(value: unknown): boolean {
  return typeof value === "number" ? !Number.isInteger(value) : value instanceof WholeFloat;
}

export function isInt(value: unknown): value is number {
  return typeof value === "number" && Number.isInteger(value);
}

const EXPONENT = /e([+-])(\d)$/;

/** Python's `repr` of a float: `21.0`, `1e-05`, `1e+16`, `inf`. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return "nan";
  if (!Number.isFinite(value)) return value > 0 ? "inf" : "-inf";
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (value !== 0 && (size < 1e-4 || size >= 1e16)) {
    return value.toExponential().replace(EXPONENT, "e$10$2");
  }
  const text = String(value);
  return Number.isInteger(value) ? `${text}.0` : text;
}

export function intText(value: number): string {
  return Math.abs(value) < 1e21 ? String(value) : BigInt(value).toString();
}

/** Python's name of a value's type, as its messages say it. */
export function typeName(value: unknown): string {
  if (typeof value === "string") return "str";
  if (typeof value === "boolean") return "bool";
  if (typeof value === "number") return Number.isInteger(value) ? "int" : "float";
  if (value === null || value === undefined) return "NoneType";
  if (Array.isArray(value)) return "list";
  return value instanceof PythonObject ? value.typeName : "dict";
}

export function truthy(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return value !== "";
  if (typeof value === "number") return value !== 0;
  if (value === null || value === undefined) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (value instanceof PythonObject) return value.truthy();
  for (const key in value) if (Object.hasOwn(value, key)) return true;
  return false;
}
