import { present } from "#foundation/absent.ts";
import { CAUSE_KINDS } from "#ingest/normalize/normalize.ts";
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
    const { first, ids, values } = piece;
    for (let n = 0; n < piece.count; n += 1, row += 1) {
      at[row] = atOf(ids[first + n] as number);
      const number = values[first + n] as number;
      value[row] = number;
      cause[row] = causeOf(piece.meta(n));
      if (Number.isNaN(number)) state[row] = indexOf(states, piece.text(n));
    }
  }
  const texts = [...states.keys()].map((text) => (text === NO_STATE ? "" : text));
  const words = texts.filter((text) => text !== "unavailable" && text !== "unknown" && text !== "");
  return {
    key,
    ...unitOf(source, pieces),
    numeric: words.length === 0 && value.some((one) => !Number.isNaN(one)),
    ...beforeOf(source, key, from),
    at,
    value,
    state,
    states: texts,
    cause,
  };
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
  const bucketMs = Math.max(1, Math.ceil((to - from) / count));
  return keys.map((key) => toBuckets(source, { key, from, to, bucketMs }));
}

export function toBuckets(
  source: Source,
  span: { key: number; from: number; to: number; bucketMs: number },
): BucketColumns {
  const { key, from, to, bucketMs } = span;
  const pieces = source.piecesOf(key, from, to);
  const most = Math.ceil((to - from) / bucketMs);
  const min = new Float64Array(most).fill(Number.POSITIVE_INFINITY);
  const max = new Float64Array(most).fill(Number.NEGATIVE_INFINITY);
  const sum = new Float64Array(most);
  const last = new Float64Array(most);
  const n = new Int32Array(most);
  for (const piece of pieces) {
    const { first, ids, values } = piece;
    for (let row = 0; row < piece.count; row += 1) {
      const value = values[first + row] as number;
      if (Number.isNaN(value)) continue;
      const bucket = Math.floor((atOf(ids[first + row] as number) - from) / bucketMs);
      if (value < (min[bucket] as number)) min[bucket] = value;
      if (value > (max[bucket] as number)) max[bucket] = value;
      sum[bucket] = (sum[bucket] as number) + value;
      last[bucket] = value;
      n[bucket] = (n[bucket] as number) + 1;
    }
  }
  const full = Array.from(n.keys()).filter((bucket) => (n[bucket] as number) > 0);
  const take = (column: Float64Array) =>
    Float64Array.from(full, (bucket) => column[bucket] as number);
  return {
    key,
    ...unitOf(source, pieces),
    bucketMs,
    start: Float64Array.from(full, (bucket) => from + bucket * bucketMs),
    min: take(min),
    max: take(max),
    mean: Float64Array.from(full, (bucket) => (sum[bucket] as number) / (n[bucket] as number)),
    last: take(last),
    n: Int32Array.from(full, (bucket) => n[bucket] as number),
  };
}
