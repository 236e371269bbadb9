import { present } from "#foundation/absent.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import { atOf, NO_STATE } from "../chunk/chunk.ts";
import type { Piece } from "./piece.ts";
import type { Source } from "./source.ts";

export interface SeriesQuery {
  readonly keys: readonly number[];
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** One entity's past as columns of equal length, oldest first. */
export interface SeriesColumns {
  readonly key: number;
  readonly unit?: string;
  /** Most of the states are numbers. */
  readonly numeric: boolean;
  /** What was in force at `from`. */
  readonly before?: { readonly at: number; readonly state: string; readonly value?: number };
  readonly at: Float64Array;
  /** NaN where the state is no number. */
  readonly value: Float64Array;
  /** Which of `states`, -1 where `value` tells it all. */
  readonly state: Int32Array;
  readonly states: readonly string[];
  /** Index into `CAUSE_KINDS`. */
  readonly cause: Uint8Array;
}

/** Equal stretches of one entity's numbers; stretches without a reading are left out. */
export interface BucketColumns {
  readonly key: number;
  readonly unit?: string;
  readonly bucketMs: number;
  readonly start: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  readonly last: Float64Array;
  readonly n: Int32Array;
}

export function readSeries(source: Source, { keys, from, to }: SeriesQuery): SeriesColumns[] {
  return keys.map((key) => toColumns(source, key, from, to));
}

function toColumns(source: Source, key: number, from: number, to: number): SeriesColumns {
  const pieces = source.piecesOf(key, from, to);
  const count = pieces.reduce((sum, piece) => sum + piece.count, 0);
  const at = new Float64Array(count);
  const value = new Float64Array(count);
  const state = new Int32Array(count).fill(-1);
  const cause = new Uint8Array(count);
  const states = new Map<string, number>();
  const causeOf = causesByMeta(source);
  let row = 0;
  for (const piece of pieces) {
    const { first, ids, values, soleMeta } = piece;
    if (soleMeta !== undefined) cause.fill(causeOf(soleMeta), row, row + piece.count);
    for (let n = 0; n < piece.count; n += 1, row += 1) {
      at[row] = atOf(ids[first + n] as number);
      const number = values[first + n] as number;
      value[row] = number;
      if (soleMeta === undefined) cause[row] = causeOf(piece.meta(n));
      if (Number.isNaN(number)) state[row] = indexOf(states, piece.text(n));
    }
  }
  const texts = [...states.keys()].map((text) => (text === NO_STATE ? "" : text));
  return {
    key,
    ...unitOf(source, pieces),
    numeric: saysNumbers(texts, value),
    ...beforeOf(source, key, from),
    at,
    value,
    state,
    states: texts,
    cause,
  };
}

const NO_READING = new Set(["unavailable", "unknown", ""]);

/** Whether every state that says something is a number, and there is one. */
export const saysNumbers = (
  states: readonly string[],
  values: readonly number[] | Float64Array,
): boolean =>
  states.every((text) => NO_READING.has(text)) && values.some((value) => !Number.isNaN(value));

/** How long a stretch is when a range is cut into `count` of them. Whole milliseconds, at least one. */
export const bucketMsOf = ({ from, to, count }: BucketSpan): number =>
  Math.max(1, Math.ceil((to - from) / count));

interface BucketSpan {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function indexOf(states: Map<string, number>, text: string): number {
  const known = states.get(text);
  if (known !== undefined) return known;
  states.set(text, states.size);
  return states.size - 1;
}

export function causesByMeta(source: Source): (meta: number) => number {
  let last = -1;
  let cause = 0;
  return (meta) => {
    if (meta === last) return cause;
    last = meta;
    cause = CAUSE_KINDS.indexOf(source.metaFor(meta).cause.kind);
    return cause;
  };
}

/** The unit of the newest change that has one. */
export function unitOf(source: Source, pieces: readonly Piece[]): { unit?: string } {
  for (const piece of pieces.toReversed()) {
    for (let n = piece.count - 1; n >= 0 && n >= piece.count - 20; n -= 1) {
      const { unit } = source.metaFor(piece.meta(n));
      if (unit !== undefined) return { unit };
    }
  }
  return {};
}

/** What was in force at a moment. */
export function beforeOf(source: Source, key: number, at: number): Pick<SeriesColumns, "before"> {
  const found = source.lastBefore(key, at);
  if (!found) return {};
  const { piece, n } = found;
  const state = piece.text(n);
  if (state === NO_STATE) return {};
  const value = piece.value(n);
  return {
    before: {
      at: atOf(piece.id(n)),
      state,
      ...present("value", Number.isNaN(value) ? undefined : value),
    },
  };
}

export function readBuckets(
  source: Source,
  { keys, from, to, count }: SeriesQuery & { readonly count: number },
): BucketColumns[] {
  return keys.map((key) => toBuckets(toColumns(source, key, from, to), { from, to, count }));
}

/** A series in equal stretches; the moments are in order, so that each is looked at once. */
export function toBuckets(
  { key, unit, at, value }: Pick<SeriesColumns, "key" | "unit" | "at" | "value">,
  { from, to, count }: BucketSpan,
): BucketColumns {
  const bucketMs = bucketMsOf({ from, to, count });
  const most = Math.ceil((to - from) / bucketMs);
  const columns = Array.from({ length: 5 }, () => new Float64Array(most));
  const [start, min, max, mean, last] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const n = new Int32Array(most);
  let filled = 0;
  let row = 0;
  while (row < at.length) {
    const begin = from + Math.floor(((at[row] as number) - from) / bucketMs) * bucketMs;
    const end = begin + bucketMs;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sum = 0;
    let readings = 0;
    let newest = Number.NaN;
    for (; row < at.length && (at[row] as number) < end; row += 1) {
      const number = value[row] as number;
      if (Number.isNaN(number)) continue;
      if (number < low) low = number;
      if (number > high) high = number;
      sum += number;
      readings += 1;
      newest = number;
    }
    if (readings === 0) continue;
    start[filled] = begin;
    min[filled] = low;
    max[filled] = high;
    mean[filled] = sum / readings;
    last[filled] = newest;
    n[filled] = readings;
    filled += 1;
  }
  return {
    key,
    ...(unit === undefined ? {} : { unit }),
    bucketMs,
    start: start.slice(0, filled),
    min: min.slice(0, filled),
    max: max.slice(0, filled),
    mean: mean.slice(0, filled),
    last: last.slice(0, filled),
    n: n.slice(0, filled),
  };
}
