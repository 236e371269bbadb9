import { failure, type Run } from "../run.ts";
import { BoundMethod, NativeFunction } from "./callable.ts";
import { dictGet, isDict, PythonSet, Range, Tuple } from "./collection.ts";
import { dictMethods, isChanging, listMethods, numberMethods, setMethods } from "./methods.ts";
import { toRepr } from "./text.ts";
import { textFormat } from "./text-format.ts";
import { textMethods } from "./text-methods.ts";
import { isInt, numberOf, PythonObject, typeName, Undefined } from "./value.ts";

/** Jinja2's name of a value's type in its messages. */
function typeInWords(value: unknown): string {
  if (value === null) return "None";
  return value instanceof PythonObject && "qualifiedName" in value
    ? `${String(value.qualifiedName)} object`
    : `${typeName(value)} object`;
}

/** The value that stands for an attribute or item that is not there. */
function missing(value: unknown, name: unknown): Undefined {
  const type = typeInWords(value);
  if (typeof name !== "string") return new Undefined(`${type} has no element ${toRepr(name)}`);
  return new Undefined(`'${type}' has no attribute ${toRepr(name)}`);
}

/** `value.name`: an attribute or a method, else an item of that name, else undefined. */
export function getAttribute(run: Run, value: unknown, name: string): unknown {
  if (value instanceof Undefined) throw value.failure();
  const attribute = name.startsWith("_") ? undefined : findAttribute(run, value, name);
  if (attribute !== undefined) return attribute;
  const item = findItem(run, value, name);
  if (item !== undefined) return item;
  return PRIVATE.test(name) ? unsafe(value, name) : missing(value, name);
}

/** `value[key]`: an item, else an attribute of that name, else undefined. */
export function getItem(run: Run, value: unknown, key: unknown): unknown {
  if (value instanceof Undefined) throw value.failure();
  const item = findItem(run, value, key);
  if (item !== undefined) return item;
  if (typeof key !== "string") return missing(value, key);
  if (PRIVATE.test(key)) return unsafe(value, key);
  const attribute = key.startsWith("_") ? undefined : findAttribute(run, value, key);
  return attribute === undefined ? missing(value, key) : attribute;
}

function findAttribute(run: Run, value: unknown, name: string): unknown {
  if (value instanceof PythonObject && !isDict(value)) {
    const own = value.attribute(name, run);
    if (own !== undefined) return own;
  }
  if (isChanging(value, name)) return unsafe(value, name);
  const method = methodsOf(value)?.get(name);
  return method === undefined ? undefined : new BoundMethod(value, method);
}

const PRIVATE = /^__\w+__$/; // what every value of Python has, and no template may touch

function unsafe(value: unknown, name: string): UnsafeAttribute {
  const message = `access to attribute '${name}' of '${typeName(value)}' object is unsafe.`;
  return new UnsafeAttribute(message);
}

/** What the sandbox keeps from templates: an error as soon as it is used. */
class UnsafeAttribute extends Undefined {
  override failure(): Error {
    return failure("SecurityError", this.message);
  }
}

const formatMethod = new NativeFunction("format", "self *args **named", (run, given) => {
  const [self, args, named] = given;
  const lookup = { attribute: getAttribute, item: getItem };
  return textFormat(run, String(self), { ...lookup, args: args as unknown[], named });
});
const allTextMethods = new Map([...textMethods, ["format", formatMethod]]);

function methodsOf(value: unknown) {
  if (typeof value === "string") return allTextMethods;
  if (Array.isArray(value) || value instanceof Tuple) return listMethods;
  if (value instanceof PythonSet) return setMethods;
  if (isDict(value)) return dictMethods;
  return numberOf(value) === undefined ? undefined : numberMethods;
}

function findItem(run: Run, value: unknown, key: unknown): unknown {
  if (isDict(value)) return dictGet(value, key);
  const index = typeof key === "boolean" ? Number(key) : key;
  if (isInt(index)) {
    if (Array.isArray(value)) return value.at(index);
    if (value instanceof Tuple) return value.items.at(index);
    if (typeof value === "string") return characterAt(value, index);
    if (value instanceof Range) return rangeAt(value, index);
  }
  return value instanceof PythonObject ? value.item(key, run) : undefined;
}

function characterAt(text: string, index: number): string | undefined {
  const isPlain = !/[\uD800-\uDBFF]/.test(text);
  return isPlain ? text.at(index) : [...text].at(index);
}

function rangeAt(range: Range, index: number): number | undefined {
  const at = index < 0 ? index + range.length() : index;
  return at >= 0 && at < range.length() ? range.start + at * range.step : undefined;
}
