import {
  dictEntries,
  isDict,
  isFloat,
  numberOf,
  Tuple,
  toFloat,
  toText,
  truthy,
  typeName,
} from "../python/python.ts";
import { failure } from "../run.ts";
import { type Family, noDefault } from "./family.ts";

interface Style {
  readonly indent: number | undefined;
  readonly sort: boolean;
  /** Behind a comma and a colon; Python's own writer puts a space there. */
  readonly space: string;
  readonly ascii: boolean;
}

function write(value: unknown, style: Style, depth: number): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return String(value);
  if (typeof value === "string") return quoted(value, style);
  const number = numberOf(value);
  if (number !== undefined) {
    if (!Number.isFinite(number)) return "null";
    return isFloat(value) ? toText(value) : String(number);
  }
  if (Array.isArray(value))
    return list(
      "[]",
      value.map((one) => write(one, style, depth + 1)),
      style,
      depth,
    );
  if (value instanceof Tuple) return write([...value.items], style, depth);
  if (!isDict(value)) {
    throw failure("TypeError", `Object of type ${typeName(value)} is not JSON serializable`);
  }
  const entries = [...dictEntries(value)].map(([key, item]) => [keyText(key), item] as const);
  if (style.sort) entries.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
  const colon = style.indent === undefined ? `:${style.space}` : ": ";
  const parts = entries.map(
    ([key, item]) => quoted(key, style) + colon + write(item, style, depth + 1),
  );
  return list("{}", parts, style, depth);
}

function list(brackets: string, parts: readonly string[], style: Style, depth: number): string {
  const [open, close] = [brackets.charAt(0), brackets.charAt(1)];
  if (parts.length === 0) return brackets;
  if (style.indent === undefined) return open + parts.join(`,${style.space}`) + close;
  const [inner, outer] = [" ".repeat(style.indent * (depth + 1)), " ".repeat(style.indent * depth)];
  return `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${outer}${close}`;
}

function keyText(key: unknown): string {
  if (key === null) return "null";
  return typeof key === "boolean" ? String(key) : toText(key);
}

function quoted(text: string, { ascii }: Style): string {
  const json = JSON.stringify(text);
  if (!ascii) return json;
  return json.replace(
    /[\u007f-\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

const HTML: Readonly<Record<string, string>> = { "<": "3c", ">": "3e", "&": "26", "'": "27" };

function readJson(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text, (_key, value: unknown, context?: { source?: string }) =>
      typeof value === "number" && /[.eE]/.test(context?.source ?? "") ? toFloat(value) : value,
    );
  } catch (cause) {
    void cause; // a SyntaxError: the caller says what was wrong in Home Assistant's words
    return undefined;
  }
}

/** JSON. */
export const json: Family = {
  filters: {
    from_json: [
      "value default?",
      (run, [value, otherwise]) => {
        const result = readJson(value);
        if (result !== undefined) return result;
        if (otherwise === undefined) throw noDefault(run, "from_json", value);
        return otherwise;
      },
    ],
    to_json: [
      "value ensure_ascii? pretty_print? sort_keys?",
      (_, [value, ascii = false, pretty = false, sort = false]) => {
        const style = {
          indent: truthy(pretty) ? 2 : undefined,
          sort: truthy(sort),
          ascii: truthy(ascii),
        };
        return write(value, { ...style, space: style.ascii ? " " : "" }, 0);
      },
    ],
    tojson: [
      "value indent?",
      (_, [value, indent]) => {
        const style = { indent: numberOf(indent), sort: true, space: " ", ascii: true };
        return write(value, style, 0).replace(/[<>&']/g, (one) => `\\u00${HTML[one]}`);
      },
    ],
  },
};
