import { failure } from "../run.ts";
import { dictGet, isDict, Tuple } from "./collection.ts";
import { fixed, formatValue, general } from "./format-spec.ts";
import { parseFloatOf, whole } from "./number.ts";
import { toRepr, toText } from "./text.ts";
import { numberOf, toFloat, typeName, Undefined } from "./value.ts";

const CONVERSION = /%(?:\((\w+)\))?([-+ #0]*)(\*|\d+)?(?:\.(\*|\d*))?[hlL]?([diouxXeEfFgGcrsa%])?/g;

/** Python's `text % values`: `"%.1f" % 20.5`. */
export function printf(format: string, values: unknown): string {
  const args = values instanceof Tuple ? [...values.items] : [values];
  let used = 0;
  const next = () => {
    if (used >= args.length) throw failure("TypeError", "not enough arguments for format string");
    return args[used++];
  };
  const result = format.replace(CONVERSION, (_, name, flags, width, precision, type) => {
    if (type === undefined) throw failure("ValueError", "incomplete format");
    if (type === "%") return "%";
    const size = width === "*" ? String(next()) : (width ?? "");
    const digits = precision === "*" ? String(next()) : precision;
    const value = name === undefined ? next() : named(values, name);
    return convert(value, { flags, width: size, precision: digits, type });
  });
  const isMapping = isDict(values) || Array.isArray(values) || values instanceof Undefined;
  if (used < args.length && !isMapping) {
    throw failure("TypeError", "not all arguments converted during string formatting");
  }
  return result;
}

function named(values: unknown, name: string): unknown {
  if (!isDict(values)) throw failure("TypeError", "format requires a mapping");
  const value = dictGet(values, name);
  if (value === undefined) throw failure("KeyError", `'${name}'`);
  return value;
}

interface Conversion {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly type: string;
}

function convert(value: unknown, { flags, width, precision, type }: Conversion): string {
  const side = flags.includes("-") ? "<" : ">";
  if (type === "s" || type === "r" || type === "a") {
    const text = type === "s" ? toText(value) : toRepr(value);
    return formatValue(
      precision === undefined ? text : text.slice(0, Number(precision)),
      side + width,
    );
  }
  if (type === "c")
    return formatValue(
      typeof value === "string" ? value : String.fromCodePoint(Number(numberOf(value))),
      side + width,
    );
  if (numberOf(value) === undefined) {
    const wanted = "diouxX".includes(type)
      ? `%${type} format: a real number is required`
      : "must be real number";
    throw failure("TypeError", `${wanted}, not ${typeName(value)}`);
  }
  const number = parseFloatOf(value);
  const plus = [..."+ "].find((flag) => flags.includes(flag)) ?? "";
  const layout =
    flags.includes("0") && side === ">" ? `${plus}0${width}` : `${side}${plus}${width}`;
  if ("diu".includes(type)) return formatValue(whole(number), `${layout}d`);
  if ("oxX".includes(type)) return formatValue(whole(number), `${layout}${type}`);
  const places = precision === undefined ? 6 : Number(precision);
  if ("fF".includes(type)) return shape(fixed(number, places), layout);
  if ("gG".includes(type)) return shape(general(number, places), layout);
  return formatValue(toFloat(number), `${layout}.${places}${type}`);
}

/** Digits that are ready, laid out as a number is. */
function shape(digits: string, layout: string): string {
  const isZeroFilled = /^[+ ]?0\d/.test(layout);
  const plus = /[+ ]/.exec(layout.replace(/^[<>]/, "").charAt(0))?.[0] ?? "";
  const mark = digits.startsWith("-") ? "-" : plus;
  const unsigned = digits.replace(/^-/, "");
  const width = Number(/\d+$/.exec(layout)?.[0] ?? 0);
  const missing = Math.max(0, width - unsigned.length - mark.length);
  if (isZeroFilled) return mark + "0".repeat(missing) + unsigned;
  return layout.startsWith("<")
    ? mark + unsigned + " ".repeat(missing)
    : " ".repeat(missing) + mark + unsigned;
}
