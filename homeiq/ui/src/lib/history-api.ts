import type { InferResponseType } from "hono/client";
import { api, apiUrl, type CauseKind, read } from "./api.ts";

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
  /** `null`: there was no state, the entity was gone. */
  readonly states?: readonly (readonly [number, string | null])[];
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

export type EntityStatistics = InferResponseType<typeof api.statistics.$get>["entities"][number];
export type Activity = InferResponseType<typeof api.analytics.$get>;
export type Counted = Activity["byArea"][number];
export type EntityCost = InferResponseType<typeof api.storage.costs.$get>["entities"][number];

interface SeriesQuery extends Range {
  readonly entityIds: readonly string[];
}
const toQuery = ({ entityIds, from, to }: SeriesQuery) => ({
  entity: entityIds.join(","),
  from: String(Math.round(from)),
  to: String(Math.round(to)),
});

/** What entities did; `points` asks for that many buckets where there is more. */
export async function readHistory(
  { points, ...query }: SeriesQuery & { readonly points: number },
  signal: AbortSignal,
): Promise<HistoryAnswer> {
  const url = apiUrl("history", { ...toQuery(query), points: String(points) });
  // Written as bytes by the server, so that its client knows no shape of it.
  const answer = await read<HistoryAnswer>(fetch(url, { signal }));
  // Of an entity that did nothing there is only its name.
  const nothing = { numeric: false, resolution: "raw" as const };
  return { ...answer, entities: answer.entities.map((entity) => ({ ...nothing, ...entity })) };
}

export const readStatistics = (
  { period, ...query }: SeriesQuery & { readonly period: StatisticsPeriod },
  signal: AbortSignal,
) => read(api.statistics.$get({ query: { ...toQuery(query), period } }, { init: { signal } }));

export const readActivity = ({ from, to, by }: Range & { readonly by: "people" | "all" }) =>
  read(api.analytics.$get({ query: { from: String(from), to: String(to), by } }));

/** What each entity costs on disk. */
export const readCosts = async (): Promise<readonly EntityCost[]> =>
  (await read(api.storage.costs.$get())).entities;

export const EXPORT_FORMATS = ["csv", "xlsx", "pdf", "ndjson", "parquet"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** The address of a file; a link with it downloads. */
export const exportUrl = (query: {
  readonly format: ExportFormat;
  readonly what: "events" | "statistics";
  readonly query: Readonly<Record<string, string>>;
}) => apiUrl("export", { format: query.format, what: query.what, ...query.query });
