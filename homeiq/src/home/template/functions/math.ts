import {
  calculate,
  compares,
  type Definitions,
  equals,
  isFloat,
  isIterable,
  listOf,
  modulo,
  numberOf,
  parseFloatOf,
  roundHalfEven,
  Tuple,
  toFloat,
  toText,
  typeName,
} from "../python/python.ts";
import { failure, type Run } from "../run.ts";
import { type Family, orDefault } from "./family.ts";

const domainError = () => failure("ValueError", "math domain error");

function real(name: string, compute: (value: number) => number): Definitions["x"] {
  return [
    "value default?",
    (run, [value, otherwise]) =>
      orDefault(run, name, { value, otherwise }, () => {
        const number = parseFloatOf(value);
        const result = compute(number);
        if (Number.isNaN(result) && !Number.isNaN(number)) throw domainError();
        return toFloat(result);
      }),
  ];
}

function logarithm(value: unknown, base: unknown): unknown {
  const [number, of] = [parseFloatOf(value), base === undefined ? Math.E : parseFloatOf(base)];
  if (number <= 0 || of <= 0) throw domainError();
  const below = base === undefined ? 1 : Math.log(of);
  if (below === 0) throw failure("ZeroDivisionError", "division by zero");
  return toFloat(Math.log(number) / below);
}

interface Given {
  readonly items: readonly unknown[];
  readonly otherwise: unknown;
}

/** The numbers are one list with a default behind it, or the arguments themselves. */
function numbersOf(run: Run, name: string, args: readonly unknown[], named: unknown): Given {
  const [first, second] = args;
  if (args.length === 0) throw failure("TypeError", `${name} expected at least 1 argument, got 0`);
  if (isIterable(run, first)) return { items: listOf(run, first), otherwise: named ?? second };
  if (args.length > 1) return { items: args, otherwise: named };
  throw failure("TypeError", `'${typeName(first)}' object is not iterable`);
}

function statistic(
  name: string,
  compute: (items: readonly unknown[]) => unknown,
): Definitions["x"] {
  return [
    "*args **named",
    (run, [args, named]) => {
      const byName = (named as { get(key: string): unknown }).get("default");
      const { items, otherwise } = numbersOf(run, name, args as unknown[], byName);
      const value = new Tuple(args as unknown[]);
      return orDefault(run, name, { value, otherwise }, () => compute(items));
    },
  ];
}

function numeric(value: unknown): number {
  const number = numberOf(value);
  if (number !== undefined) return number;
  throw failure("TypeError", `must be real number, not ${typeName(value)}`);
}

const noData = () => failure("ValueError", "no data");

function average(items: readonly unknown[]): unknown {
  if (items.length === 0) throw noData();
  return toFloat(items.reduce((sum: number, item) => sum + numeric(item), 0) / items.length);
}

function median(items: readonly unknown[]): unknown {
  if (items.length === 0) throw noData();
  const sorted = [...items].sort((one, other) => {
    if (compares("<", one, other)) return -1;
    return compares("<", other, one) ? 1 : 0;
  });
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length % 2 === 1) return sorted[middle];
  return calculate("/", calculate("+", sorted[middle - 1], sorted[middle]), 2);
}

function mode(items: readonly unknown[]): unknown {
  const counts: { item: unknown; count: number }[] = [];
  for (const item of items) {
    const known = counts.find((one) => equals(one.item, item));
    if (known === undefined) counts.push({ item, count: 1 });
    else known.count++;
  }
  const [first, ...others] = counts;
  if (first === undefined) throw noData();
  return others.reduce((best, one) => (one.count > best.count ? one : best), first).item;
}

function atan2(run: Run, args: readonly unknown[], named: unknown): unknown {
  const [first, second, third] = args;
  const isOne = isIterable(run, first) && typeof first !== "string";
  const [y, x] = isOne ? listOf(run, first) : [first, second];
  const otherwise = named ?? (isOne ? second : third);
  return orDefault(run, "atan2", { value: new Tuple([...args]), otherwise }, () =>
    toFloat(Math.atan2(parseFloatOf(y), parseFloatOf(x))),
  );
}

/** Bits of whole numbers, beyond 32 of them too. */
function bits(value: unknown): bigint {
  const number = numberOf(value);
  if (number !== undefined && !isFloat(value)) return BigInt(number);
  throw failure("TypeError", `unsupported operand type(s): '${typeName(value)}'`);
}

function bitwise(compute: (one: bigint, other: bigint) => bigint): Definitions["x"] {
  return ["first_value second_value", (_, [one, other]) => Number(compute(bits(one), bits(other)))];
}

function allNumbers(names: readonly string[], values: readonly unknown[]): number[] {
  try {
    return values.map(parseFloatOf);
  } catch {
    const got = names.map((name, index) => `${name}=${toText(values[index])}`).join(", ");
    throw failure("ValueError", `function requires numeric arguments, got ${got}`);
  }
}

const RANGE = ["value", "min_value", "max_value"];

function wrap(args: readonly unknown[]): unknown {
  const [value = 0, least = 0, most = 0] = allNumbers(RANGE, args);
  const size = most - least;
  if (size === 0) return toFloat(least);
  const result = modulo(value - least, size) + least;
  return toFloat(size > 0 && result >= most ? least : result);
}

function within(value: number, least: number, most: number, edges: unknown): number {
  if (edges === "clamp") return Math.max(least, Math.min(most, value));
  if (edges !== "wrap" && edges !== "mirror") return value;
  const size = most - least;
  if (size === 0) throw failure("ValueError", "in_min must not equal in_max");
  const rest = modulo(value - least, size);
  const isMirrored = edges === "mirror" && Math.floor((value - least) / size) % 2 !== 0;
  return least + (isMirrored ? size - rest : rest);
}

const REMAP = ["value", "in_min", "in_max", "out_min", "out_max"];

function remap(args: readonly unknown[]): unknown {
  const [given = 0, least = 0, most = 0, outLeast = 0, outMost = 0] = allNumbers(
    REMAP,
    args.slice(0, 5),
  );
  const [, , , , , wantedSteps, edges] = args;
  const value = within(given, least, most, edges);
  const steps = Math.max(numberOf(wantedSteps ?? 0) ?? 0, 0);
  if (steps === 0 && least === outLeast && most === outMost) return toFloat(value);
  if (most === least) throw failure("ZeroDivisionError", "division by zero");
  const share = (value - least) / (most - least);
  const stepped = steps > 0 ? roundHalfEven(share * steps, 0) / steps : share;
  const result = outLeast + stepped * (outMost - outLeast);
  if (edges !== "clamp") return toFloat(result);
  return toFloat(
    Math.max(Math.min(outLeast, outMost), Math.min(Math.max(outLeast, outMost), result)),
  );
}

/** Numbers. */
export const math: Family = {
  both: {
    sin: real("sin", Math.sin),
    cos: real("cos", Math.cos),
    tan: real("tan", Math.tan),
    asin: real("asin", Math.asin),
    acos: real("acos", Math.acos),
    atan: real("atan", Math.atan),
    sqrt: real("sqrt", Math.sqrt),
    log: [
      "value base? default?",
      (run, [value, base, otherwise]) =>
        orDefault(run, "log", { value, otherwise }, () => logarithm(value, base)),
    ],
    atan2: [
      "*args **named",
      (run, [args, named]) =>
        atan2(run, args as unknown[], (named as { get(key: string): unknown }).get("default")),
    ],
    average: statistic("average", average),
    median: statistic("median", median),
    statistical_mode: statistic("statistical_mode", mode),
    bitwise_and: bitwise((one, other) => one & other),
    bitwise_or: bitwise((one, other) => one | other),
    bitwise_xor: bitwise((one, other) => one ^ other),
    clamp: [
      "value min_value max_value",
      (_, args) => {
        const [value = 0, least = 0, most = 0] = allNumbers(RANGE, args);
        return toFloat(Math.max(least, Math.min(most, value)));
      },
    ],
    wrap: ["value min_value max_value", (_, args) => wrap(args)],
    remap: ["value in_min in_max out_min out_max steps? edges?", (_, args) => remap(args)],
  },
};
