import { constants, zstdCompressSync, zstdDecompressSync } from "node:zlib";
import { ByteReader, ByteWriter, readNumbers, writeNumbers } from "#store/packed-numbers.ts";
import type { Statistic } from "./buckets.ts";
import { FIELD, StatisticTable } from "./table.ts";

export { type Course, LONG_MS, SHORT_MS, type Statistic, statisticsOf } from "./buckets.ts";
export { FIELD, StatisticTable, WIDTH } from "./table.ts";

const LEAST_WORTH_BYTES = 120;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 6 } };
const MAX_DECIMALS = 6;
const MORE_FOR_MEANS = 2; // decimals: a mean is kept a hundred times finer than the readings it is of
const RAW = 15; // numbers that no decimals fit are kept as they are
const LARGEST = 2 ** 46;

/** Statistics of one entity, oldest first, as bytes. Means are rounded; see `MORE_FOR_MEANS`. */
export function encodeStatistics(rows: readonly Statistic[], sizeMs: number): Uint8Array {
  const body = new ByteWriter(64 + rows.length * 8);
  body.varint(rows.length);
  writeNumbers(
    body,
    rows.map(({ start }) => start / sizeMs),
  );
  writeNumbers(
    body,
    rows.map(({ count }) => count),
  );
  writeNumbers(body, rows.map(flagsOf));
  const numeric = rows.filter((row) => !Number.isNaN(row.last));
  writeColumn(body, numeric, ({ last }) => last, 0);
  writeColumn(body, numeric, ({ min }) => min, 0);
  writeColumn(body, numeric, ({ max }) => max, 0);
  writeColumn(
    body,
    numeric,
    ({ mean, last }) => (Number.isNaN(mean) ? last : mean),
    MORE_FOR_MEANS,
  );
  writeColumn(body, numeric, (row) => weightedOr(row), MORE_FOR_MEANS);
  writeColumn(body, numeric, ({ rise }) => rise, MORE_FOR_MEANS);
  writeStateTimes(body, rows);
  const bytes = body.finish();
  const packed = bytes.length < LEAST_WORTH_BYTES ? bytes : zstdCompressSync(bytes, LEVEL);
  const isPacked = packed.length < bytes.length;
  const out = new Uint8Array((isPacked ? packed.length : bytes.length) + 1);
  out[0] = isPacked ? 1 : 0;
  out.set(isPacked ? packed : bytes, 1);
  return out;
}

const weightedOr = ({ timeWeightedMean, last }: Statistic) =>
  Number.isNaN(timeWeightedMean) ? last : timeWeightedMean;

const flagsOf = (row: Statistic) =>
  (Number.isNaN(row.last) ? 0 : 1) +
  (Number.isNaN(row.mean) ? 0 : 2) +
  (Number.isNaN(row.timeWeightedMean) ? 0 : 4) +
  (row.imported ? 8 : 0);

function writeColumn(
  body: ByteWriter,
  rows: readonly Statistic[],
  pick: (row: Statistic) => number,
  more: number,
): void {
  const values = rows.map(pick);
  const decimals = more > 0 ? meansDecimals(rows, more) : decimalsOf(values);
  const scale = 10 ** decimals;
  const isRaw = decimals === RAW || values.some((value) => !(Math.abs(value) * scale < LARGEST));
  body.byte(isRaw ? RAW : decimals);
  if (isRaw) for (const value of values) body.double(value);
  else
    writeNumbers(
      body,
      values.map((value) => Math.round(value * scale)),
    );
}

function meansDecimals(rows: readonly Statistic[], more: number): number {
  const decimals = decimalsOf(rows.map(({ last }) => last));
  return decimals === RAW ? RAW : Math.min(MAX_DECIMALS + more, decimals + more);
}

/** The fewest decimals that say every value exactly. */
function decimalsOf(values: readonly number[]): number {
  let decimals = 0;
  for (const value of values) {
    while (decimals <= MAX_DECIMALS) {
      const scaled = value * 10 ** decimals;
      if (Math.round(scaled) / 10 ** decimals === value) break;
      decimals += 1;
    }
    if (decimals > MAX_DECIMALS) return RAW;
  }
  return decimals;
}

function writeStateTimes(body: ByteWriter, rows: readonly Statistic[]): void {
  const known = new Map<string, number>();
  const counts: number[] = [];
  const which: number[] = [];
  const times: number[] = [];
  for (const { states } of rows) {
    counts.push(states.size);
    for (const [state, ms] of states) {
      const at = known.get(state) ?? known.size;
      known.set(state, at);
      which.push(at);
      times.push(ms);
    }
  }
  body.varint(known.size);
  if (known.size === 0) return;
  for (const state of known.keys()) body.text(state);
  writeNumbers(body, counts);
  body.varint(which.length);
  writeNumbers(body, which);
  writeNumbers(body, times);
}

/** What `encodeStatistics` made. */
export function decodeStatistics(bytes: Uint8Array, sizeMs: number): Statistic[] {
  const table = new StatisticTable();
  decodeInto(table, bytes, {
    sizeMs,
    from: Number.NEGATIVE_INFINITY,
    to: Number.POSITIVE_INFINITY,
  });
  return table.rows();
}

interface Wanted {
  readonly sizeMs: number;
  readonly from: number;
  readonly to: number;
}

/** Appends the rows that start from `from` to before `to`. */
export function decodeInto(table: StatisticTable, bytes: Uint8Array, wanted: Wanted): void {
  const { sizeMs, from, to } = wanted;
  const rest = bytes.subarray(1);
  const body = new ByteReader(bytes[0] === 1 ? zstdDecompressSync(rest) : rest);
  const count = body.varint();
  const starts = readNumbers(body, count);
  const counts = readNumbers(body, count);
  const flags = readNumbers(body, count);
  let numbers = 0;
  for (const flag of flags) numbers += flag & 1;
  const last = readColumn(body, numbers);
  const min = readColumn(body, numbers);
  const max = readColumn(body, numbers);
  const mean = readColumn(body, numbers);
  const weighted = readColumn(body, numbers);
  const rise = readColumn(body, numbers);
  const states = readStateTimes(body, count);
  let number = -1;
  for (let n = 0; n < count; n += 1) {
    const flag = flags[n] as number;
    const isNumber = (flag & 1) === 1;
    if (isNumber) number += 1;
    const start = (starts[n] as number) * sizeMs;
    if (start < from || start >= to) continue;
    const at = table.add();
    const out = table.numbers;
    out[at + FIELD.start] = start;
    out[at + FIELD.count] = counts[n] as number;
    out[at + FIELD.mean] = isNumber && flag & 2 ? (mean[number] as number) : Number.NaN;
    out[at + FIELD.timeWeightedMean] =
      isNumber && flag & 4 ? (weighted[number] as number) : Number.NaN;
    out[at + FIELD.min] = isNumber ? (min[number] as number) : Number.NaN;
    out[at + FIELD.max] = isNumber ? (max[number] as number) : Number.NaN;
    out[at + FIELD.last] = isNumber ? (last[number] as number) : Number.NaN;
    out[at + FIELD.rise] = isNumber ? (rise[number] as number) : Number.NaN;
    out[at + FIELD.imported] = (flag & 8) === 0 ? 0 : 1;
    const times = states[n];
    if (times) table.setStates(table.length - 1, times);
  }
}

function readColumn(body: ByteReader, count: number): Float64Array {
  const decimals = body.byte();
  if (decimals === RAW) return Float64Array.from({ length: count }, () => body.double());
  const scale = 10 ** decimals;
  const values = readNumbers(body, count);
  if (scale > 1) for (let n = 0; n < count; n += 1) values[n] = (values[n] as number) / scale;
  return values;
}

function readStateTimes(body: ByteReader, count: number): ReadonlyMap<string, number>[] {
  const known = Array.from({ length: body.varint() }, () => body.text());
  if (known.length === 0) return [];
  const counts = readNumbers(body, count);
  const total = body.varint();
  const which = readNumbers(body, total);
  const times = readNumbers(body, total);
  let at = 0;
  return Array.from(counts, (size) => {
    const states = new Map<string, number>();
    for (let n = 0; n < size; n += 1, at += 1) {
      states.set(known[which[at] as number] as string, times[at] as number);
    }
    return states;
  });
}
