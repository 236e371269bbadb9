import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { CauseKind } from "#ingest/normalize/normalize.ts";
import type { RecordedEntities, RecordedEntity } from "./recorded-entities.ts";

export const STATS_PERIODS = {
  "1h": HOUR_MS,
  "6h": 6 * HOUR_MS,
  "24h": DAY_MS,
  "7d": 7 * DAY_MS,
} as const;
export type StatsPeriod = keyof typeof STATS_PERIODS;
export const BUCKET_MS: Readonly<Record<StatsPeriod, number>> = {
  "1h": MINUTE_MS,
  "6h": 5 * MINUTE_MS,
  "24h": 30 * MINUTE_MS,
  "7d": 4 * HOUR_MS,
};
const TOP_ENTITIES = 10;

interface Counted {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

/** How much happened. Snapshots of entities that merely appeared are left out. */
export interface EventStats {
  readonly period: StatsPeriod;
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
  readonly total: number;
  readonly buckets: readonly {
    readonly start: number;
    readonly total: number;
    readonly byCause: Readonly<Partial<Record<CauseKind, number>>>;
  }[];
  readonly byDomain: readonly Counted[];
  readonly byEntity: readonly Counted[];
  readonly byArea: readonly Counted[];
  readonly byCause: readonly Counted[];
}

/** How many changes one entity had in one bucket from one cause. */
export interface CountedRow {
  readonly start: number;
  readonly cause: string;
  readonly key: number;
  readonly n: number;
}

export function toStats(
  frame: Pick<EventStats, "period" | "from" | "to" | "bucketMs">,
  rows: readonly CountedRow[],
  entities: RecordedEntities,
): EventStats {
  const buckets = new Map<number, Partial<Record<CauseKind, number>>>();
  for (let start = frame.from; start < frame.to; start += frame.bucketMs) buckets.set(start, {});
  for (const { start, cause, n } of rows) {
    const bucket = buckets.get(start);
    if (bucket) bucket[cause as CauseKind] = (bucket[cause as CauseKind] ?? 0) + n;
  }
  const entityOf = (row: CountedRow): RecordedEntity | undefined => entities.byKey(row.key);
  const perEntity = tally(
    rows,
    (row) => entityOf(row)?.entityId,
    (id) => entities.find(id)?.name ?? id,
  );
  return {
    ...frame,
    total: sum(rows),
    buckets: [...buckets].map(([start, byCause]) => ({
      start,
      total: Object.values(byCause).reduce((total, n) => total + n, 0),
      byCause,
    })),
    byDomain: tally(rows, (row) => entityOf(row)?.domain),
    byEntity: perEntity.slice(0, TOP_ENTITIES),
    byArea: tally(rows, (row) => entityOf(row)?.areaId),
    byCause: tally(rows, (row) => row.cause),
  };
}

function tally(
  rows: readonly CountedRow[],
  keyOf: (row: CountedRow) => string | undefined,
  nameOf: (key: string) => string = (key) => key,
): Counted[] {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + row.n);
  }
  return [...counts]
    .map(([key, count]) => ({ key, name: nameOf(key), count }))
    .sort((one, other) => other.count - one.count);
}

const sum = (rows: readonly CountedRow[]) => rows.reduce((total, { n }) => total + n, 0);
