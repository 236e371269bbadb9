import { checkLength, failure } from "../run.ts";
import { parseFloatOf, roundHalfEven } from "./number.ts";
import { toText } from "./text.ts";
import { floatText, intText, isFloat, numberOf, PythonObject, typeName } from "./value.ts";

const SPEC =
  /^(?:(.)?([<>=^]))?([-+ ])?(z)?(#)?(0)?(\d+)?([,_])?(?:\.(\d+))?([bcdeEfFgGnosxX%])?$/su;

/** A number with so many digits behind the point, halves rounded to even as Python's. */
export function fixed(value: number, digits: number): string {
  if (!Number.isFinite(value)) return floatText(value);
  checkLength(digits);
  if (digits > 100 || Math.abs(value) >= 1e21) return roundHalfEven(value, 22).toString();
  const text = roundHalfEven(value, digits).toFixed(digits);
  return value < 0 && !text.startsWith("-") ? `-${text}` : text;
}

function exponential(value: number, digits: number): string {
  return value.toExponential(Math.min(digits, 100)).replace(/e([+-])(\d)$/, "e$10$2");
}

/** `%g`: so many digits in all, with an exponent when that is shorter. */
export function general(value: number, digits: number, keepZeros = false): string {
  if (!Number.isFinite(value)) return floatText(value);
  const precision = Math.min(Math.max(digits, 1), 100);
  const [, power = "0"] = value.toExponential(precision - 1).split("e");
  const exponent = Number(power);
  const isLong = exponent < -4 || exponent >= precision;
  const text = isLong
    ? exponential(value, precision - 1)
    : value.toFixed(Math.max(0, precision - 1 - exponent));
  if (keepZeros || !text.includes(".")) return text;
  return text.replace(/\.?0+(?=e|$)/, "");
}

/** Python's `format(value, spec)`: `"{:.1f}"`, `"{:>8}"`, `"{:,}"`, `"{:%H:%M}"`. */
export function formatValue(value: unknown, spec: string): string {
  if (spec === "") return toText(value);
  const ofItsOwn = value instanceof PythonObject ? value.binary("format", spec, false) : undefined;
  if (typeof ofItsOwn === "string") return ofItsOwn;
  const match = SPEC.exec(spec);
  const isText = typeof value === "string";
  if (match === null || (!isText && numberOf(value) === undefined)) {
    const message = `unsupported format string passed to ${typeName(value)}.__format__`;
    throw failure(
      isText ? "ValueError" : "TypeError",
      match === null && isText ? "Invalid format specifier" : message,
    );
  }
  const [, fill, align, plus, , alternate, zero, width, group, precision, type] = match;
  const layout = { fill: fill ?? zero ?? " ", width: Number(width ?? 0), zero: zero !== undefined };
  checkLength(layout.width);
  if (isText) {
    if (type !== undefined && type !== "s") throw unknownCode(type, value);
    const text = toText(value);
    const cut = precision === undefined ? text : [...text].slice(0, Number(precision)).join("");
    return pad(cut, "", { ...layout, align: align ?? "<" });
  }
  const digits = digitsOf(value, { type, precision, alternate: alternate !== undefined, group });
  const isNegative = digits.startsWith("-");
  const unsigned = isNegative ? digits.slice(1) : digits;
  const mark = isNegative ? "-" : signMark(plus);
  return pad(unsigned, mark, { ...layout, align: align ?? (layout.zero ? "=" : ">") });
}

const signMark = (plus: string | undefined) => (plus === "+" || plus === " " ? plus : "");

function unknownCode(type: string, value: unknown): Error {
  const message = `Unknown format code '${type}' for object of type '${typeName(value)}'`;
  return failure("ValueError", message);
}

interface Digits {
  readonly type: string | undefined;
  readonly precision: string | undefined;
  readonly alternate: boolean;
  readonly group: string | undefined;
}

const BASES: Readonly<Record<string, readonly [number, string]>> = {
  b: [2, "0b"],
  o: [8, "0o"],
  x: [16, "0x"],
  X: [16, "0X"],
};

function digitsOf(value: unknown, { type, precision, alternate, group }: Digits): string {
  const number = parseFloatOf(value);
  const places = precision === undefined ? undefined : Number(precision);
  const base = BASES[type ?? ""];
  if (base !== undefined || type === "d" || type === "c") {
    if (isFloat(value)) throw unknownCode(type ?? "", value);
    if (type === "c") return String.fromCodePoint(number);
    if (base === undefined) return grouped(intText(number), group);
    const digits = Math.abs(number).toString(base[0]);
    const cased = type === "X" ? digits.toUpperCase() : digits;
    return `${number < 0 ? "-" : ""}${alternate ? base[1] : ""}${cased}`;
  }
  if (type === "f" || type === "F") return grouped(fixed(number, places ?? 6), group);
  if (type === "e") return exponential(number, places ?? 6);
  if (type === "E") return exponential(number, places ?? 6).toUpperCase();
  if (type === "%") return `${grouped(fixed(number * 100, places ?? 6), group)}%`;
  if (type === "g" || type === "n") return grouped(general(number, places ?? 6, alternate), group);
  if (type === "G") return grouped(general(number, places ?? 6, alternate), group).toUpperCase();
  if (type !== undefined) throw unknownCode(type, value);
  if (!isFloat(value)) return grouped(intText(number), group);
  const text = places === undefined ? floatText(number) : general(number, places);
  return grouped(text, group);
}

function grouped(text: string, mark: string | undefined): string {
  if (mark === undefined) return text;
  return text.replace(/^(-?)(\d+)/, (_, minus: string, digits: string) => {
    return minus + digits.replace(/\B(?=(\d{3})+$)/g, mark);
  });
}

interface Layout {
  readonly fill: string;
  readonly width: number;
  readonly align: string;
}

function pad(text: string, mark: string, { fill, width, align }: Layout): string {
  const missing = Math.max(0, width - [...text].length - mark.length);
  if (align === "<") return mark + text + fill.repeat(missing);
  if (align === ">") return fill.repeat(missing) + mark + text;
  if (align === "=") return mark + fill.repeat(missing) + text;
  const left = Math.floor(missing / 2);
  return fill.repeat(left) + mark + text + fill.repeat(missing - left);
}
