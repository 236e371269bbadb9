import { type Buckets, type History, type Series, saysNumbers } from "#ingest/history/history.ts";

export { type Buckets, bucketMsOf, type Series, saysNumbers } from "#ingest/history/history.ts";

/** `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Who can answer for the past. */
export type SeriesSource = Pick<History, "series" | "buckets">;

/** What an entity is called today. */
export type NameOf = (entityId: string) => string;

/** One change of a series, as a row. */
export interface SeriesRow {
  readonly at: number;
  /** Absent when the entity vanished. */
  readonly state?: string;
  /** Absent where the state is no number. */
  readonly value?: number;
  readonly unit?: string;
  /** Index into `CAUSE_KINDS`. */
  readonly cause: number;
}

/** Rows as columns, by the same rules as our own store. `before` is the last row before the range. */
export function toSeries(
  entity: { readonly entityId: string; readonly name: string },
  before: SeriesRow | undefined,
  rows: readonly SeriesRow[],
): Series {
  const states = new Map<string, number>();
  const indexOf = (text: string) => {
    const known = states.get(text) ?? states.size;
    states.set(text, known);
    return known;
  };
  const unit = rows.findLast((row) => row.unit !== undefined)?.unit;
  const state = Int32Array.from(rows, ({ value, state = "" }) =>
    value === undefined ? indexOf(state) : -1,
  );
  return {
    ...entity,
    ...(unit === undefined ? {} : { unit }),
    numeric: saysNumbers(
      [...states.keys()],
      rows.map(({ value }) => value ?? Number.NaN),
    ),
    ...(before?.state === undefined
      ? {}
      : { before: beforeOf({ ...before, state: before.state }) }),
    at: Float64Array.from(rows, ({ at }) => at),
    value: Float64Array.from(rows, ({ value }) => value ?? Number.NaN),
    state,
    states: [...states.keys()],
    cause: Uint8Array.from(rows, ({ cause }) => cause),
  };
}

const beforeOf = ({ at, state, value }: SeriesRow & { readonly state: string }) => ({
  at,
  state,
  ...(value === undefined ? {} : { value }),
});

interface BucketRow {
  readonly start: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly last: number;
  readonly n: number;
}

/** Rows as columns, oldest first. */
export function toBuckets(
  entity: { readonly entityId: string; readonly name: string; readonly unit?: string },
  bucketMs: number,
  rows: readonly BucketRow[],
): Buckets {
  const column = (pick: (row: BucketRow) => number) => Float64Array.from(rows, pick);
  return {
    ...entity,
    bucketMs,
    start: column((row) => row.start),
    min: column((row) => row.min),
    max: column((row) => row.max),
    mean: column((row) => row.mean),
    last: column((row) => row.last),
    n: Int32Array.from(rows, (row) => row.n),
  };
}

export const rowsOfBuckets = (buckets: Buckets): BucketRow[] =>
  Array.from(buckets.start, (start, n) => ({
    start,
    min: buckets.min[n] ?? Number.NaN,
    max: buckets.max[n] ?? Number.NaN,
    mean: buckets.mean[n] ?? Number.NaN,
    last: buckets.last[n] ?? Number.NaN,
    n: buckets.n[n] ?? 0,
  }));

/** Buckets of a series, by the rule that every source follows. */
export function bucketsOf(series: Series, from: number, bucketMs: number): BucketRow[] {
  const rows = new Map<
    number,
    { start: number; min: number; max: number; sum: number; last: number; n: number }
  >();
  series.value.forEach((value, n) => {
    const at = series.at[n];
    if (at === undefined || Number.isNaN(value)) return;
    const start = from + Math.floor((at - from) / bucketMs) * bucketMs;
    const row = rows.get(start);
    if (!row) {
      rows.set(start, { start, min: value, max: value, sum: value, last: value, n: 1 });
      return;
    }
    row.min = Math.min(row.min, value);
    row.max = Math.max(row.max, value);
    row.sum += value;
    row.last = value;
    row.n += 1;
  });
  return [...rows.values()].map(({ sum, ...row }) => ({ ...row, mean: sum / row.n }));
}
