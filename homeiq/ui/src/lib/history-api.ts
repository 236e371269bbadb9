import { apiUrl, type CauseKind, read } from "./api.ts";

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A state that was in force when the range begins. */
export interface Before {
  readonly at: number;
  readonly state: string;
  readonly value?: number;
}

/** `[start, min, max, mean, last, how many]` */
export type Bucket = readonly [number, number, number, number, number, number];

export interface EntityHistory {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly numeric: boolean;
  readonly before?: Before;
  /** `"raw"`, or how long each bucket is in milliseconds. */
  readonly resolution: "raw" | number;
  /** `null`: there was no number, for instance because the entity was unavailable. */
  readonly points?: readonly (readonly [number, number | null])[];
  readonly buckets?: readonly Bucket[];
  readonly states?: readonly (readonly [number, string])[];
  readonly causes?: readonly (readonly [number, CauseKind])[];
}

export interface HistoryGap {
  readonly from: number;
  readonly to?: number;
  readonly reason: string;
}

export interface HistoryAnswer extends Range {
  readonly entities: readonly EntityHistory[];
  readonly gaps: readonly HistoryGap[];
}

export type StatisticsPeriod = "5minute" | "hour" | "day" | "week" | "month";

export interface StatisticRow {
  readonly start: number;
  readonly end: number;
  readonly mean?: number;
  readonly timeWeightedMean?: number;
  readonly min?: number;
  readonly max?: number;
  readonly sum?: number;
  readonly last?: number;
  /** Milliseconds in each state. */
  readonly states?: Readonly<Record<string, number>>;
}

export interface EntityStatistics {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly rows: readonly StatisticRow[];
}

export interface Counted {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

export interface Activity extends Range {
  readonly total: number;
  /** `[weekday, 0 is Monday][hour]` */
  readonly byHour: readonly (readonly number[])[];
  readonly byArea: readonly Counted[];
  readonly byDeviceClass: readonly Counted[];
  readonly byDomain: readonly Counted[];
  readonly byEntity: readonly Counted[];
}

const get = <T>(path: string, query: Readonly<Record<string, string>>, signal?: AbortSignal) =>
  read<T>(fetch(apiUrl(path, query), signal ? { signal } : {}));

interface SeriesQuery extends Range {
  readonly entityIds: readonly string[];
}
const toQuery = ({ entityIds, from, to }: SeriesQuery) => ({
  entity: entityIds.join(","),
  from: String(Math.round(from)),
  to: String(Math.round(to)),
});

/** What entities did; `points` asks for that many buckets where there is more. */
export const readHistory = (
  { points, ...query }: SeriesQuery & { readonly points: number },
  signal?: AbortSignal,
) => get<HistoryAnswer>("history", { ...toQuery(query), points: String(points) }, signal);

export const readStatistics = (
  { period, ...query }: SeriesQuery & { readonly period: StatisticsPeriod },
  signal?: AbortSignal,
) =>
  get<{ readonly period: StatisticsPeriod; readonly entities: readonly EntityStatistics[] }>(
    "statistics",
    { ...toQuery(query), period },
    signal,
  );

export const readActivity = ({ from, to, by }: Range & { readonly by: "people" | "all" }) =>
  get<Activity>("analytics", { from: String(from), to: String(to), by });

export interface EntityCost {
  readonly entityId: string;
  readonly name: string;
  readonly changes: number;
  readonly bytes: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** What each entity costs on disk. */
export const readCosts = () =>
  get<{ readonly entities: readonly EntityCost[] }>("storage/costs", {}).then(
    ({ entities }) => entities,
  );

export const EXPORT_FORMATS = ["csv", "xlsx", "pdf", "ndjson", "parquet"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The address of a file; a link with it downloads. */
export const exportUrl = (query: {
  readonly format: ExportFormat;
  readonly what: "events" | "statistics";
  readonly query: Readonly<Record<string, string>>;
}) => apiUrl("export", { format: query.format, what: query.what, ...query.query });
