/** The changes of one entity, oldest first, as columns. The shape of `History.series`. */
export interface Series {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly numeric: boolean;
  /** In force at the start. */
  readonly before?: { readonly at: number; readonly state: string; readonly value?: number };
  readonly at: Float64Array;
  /** NaN where there is no number. */
  readonly value: Float64Array;
  /** Index into `states`, -1 where `value` tells it all. */
  readonly state: Int32Array;
  readonly states: readonly string[];
  /** Index into `CAUSE_KINDS`. */
  readonly cause: Uint8Array;
}

/** Numbers of one entity in equal spans; spans without a number are left out. The shape of `History.buckets`. */
export interface Buckets {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly bucketMs: number;
  readonly start: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly mean: Float64Array;
  readonly last: Float64Array;
  readonly n: Int32Array;
}

/** `from` inclusive, `to` exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** Who can answer for the past. */
export interface SeriesSource {
  series(query: Range & { readonly entityIds: readonly string[] }): Promise<readonly Series[]>;
  buckets(
    query: Range & { readonly entityIds: readonly string[]; readonly count: number },
  ): Promise<readonly Buckets[]>;
}

/** What an entity is called today. */
export type Naming = (entityId: string) => { readonly name: string; readonly unit?: string };

/** One change of a series, as a row. */
export interface SeriesRow {
  readonly at: number;
  readonly state: string;
  /** Absent where the state is no number. */
  readonly value?: number;
  readonly unit?: string;
  /** Index into `CAUSE_KINDS`. */
  readonly cause: number;
}

/** Rows as columns. `before` is the last row before the range. */
export function toSeries(
  entityId: string,
  naming: Naming,
  before: SeriesRow | undefined,
  rows: readonly SeriesRow[],
): Series {
  const states = new Map<string, number>();
  const indexOf = (text: string) => {
    const known = states.get(text) ?? states.size;
    states.set(text, known);
    return known;
  };
  const { name, unit: unitToday } = naming(entityId);
  const unit = rows.findLast((row) => row.unit !== undefined)?.unit ?? before?.unit ?? unitToday;
  return {
    entityId,
    name,
    ...(unit === undefined ? {} : { unit }),
    numeric: [before, ...rows].some((row) => row?.value !== undefined),
    ...(before ? { before: beforeOf(before) } : {}),
    at: Float64Array.from(rows, (row) => row.at),
    value: Float64Array.from(rows, (row) => row.value ?? Number.NaN),
    state: Int32Array.from(rows, (row) => (row.value === undefined ? indexOf(row.state) : -1)),
    states: [...states.keys()],
    cause: Uint8Array.from(rows, (row) => row.cause),
  };
}

const beforeOf = ({ at, state, value }: SeriesRow) => ({
  at,
  state,
  ...(value === undefined ? {} : { value }),
});

/** How long a span is when the range is cut into `count` of them. Whole milliseconds, at least one. */
export const bucketMsOf = ({ from, to, count }: Range & { readonly count: number }): number =>
  Math.max(1, Math.ceil((to - from) / count));

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
  entityId: string,
  { name, unit }: ReturnType<Naming>,
  bucketMs: number,
  rows: readonly BucketRow[],
): Buckets {
  const column = (pick: (row: BucketRow) => number) => Float64Array.from(rows, pick);
  return {
    entityId,
    name,
    ...(unit === undefined ? {} : { unit }),
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
