import { Dict, dictEntries, Generator, isDict, PythonSet, Tuple } from "./collection.ts";
import { floatText, intText, PythonObject } from "./value.ts";

/** Python's `str`: what a template prints. */
export function toText(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof PythonObject && !(value instanceof Tuple)) {
    if (value instanceof Dict || value instanceof PythonSet) return toRepr(value);
    return value.text();
  }
  return toRepr(value);
}

/** Python's `repr`: how a value looks within a printed list. */
export function toRepr(value: unknown): string {
  if (typeof value === "string") return textRepr(value);
  if (typeof value === "number") return Number.isInteger(value) ? intText(value) : floatText(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  if (value === null || value === undefined) return "None";
  if (Array.isArray(value)) return `[${value.map(toRepr).join(", ")}]`;
  if (value instanceof Tuple) return value.shown() ?? tupleRepr(value.items);
  if (value instanceof PythonSet) return setRepr(value.members());
  if (isDict(value)) {
    const pairs = [...dictEntries(value)].map(([key, item]) => `${toRepr(key)}: ${toRepr(item)}`);
    return `{${pairs.join(", ")}}`;
  }
  if (value instanceof Generator) return "<generator object>";
  return (value as PythonObject).repr();
}

function tupleRepr(items: readonly unknown[]): string {
  return items.length === 1 ? `(${toRepr(items[0])},)` : `(${items.map(toRepr).join(", ")})`;
}

function setRepr(members: readonly unknown[]): string {
  return members.length === 0 ? "set()" : `{${members.map(toRepr).join(", ")}}`;
}

const NOT_PRINTED = /[\\\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;
const SHORT: Readonly<Record<string, string>> = {
  "\\": "\\\\",
  "\n": "\\n",
  "\r": "\\r",
  "\t": "\\t",
};

/** A text between quotes, as Python shows it. */
export function textRepr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const escaped = text.replace(NOT_PRINTED, (character) => SHORT[character] ?? escapeOf(character));
  return `${quote}${quote === "'" ? escaped.replaceAll("'", "\\'") : escaped}${quote}`;
}

function escapeOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, "0")}`;
  return `\\U${code.toString(16).padStart(8, "0")}`;
}
