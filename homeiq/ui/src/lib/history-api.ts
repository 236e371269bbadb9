import type { InferResponseType } from "hono/client";
import { api, apiUrl, type CauseKind, read } from "./api.ts";
import type { EntityCourse, HistoryGap, Range } from "./history-shapes.ts";

export type { Range } from "./history-shapes.ts";

export interface EntityHistory extends EntityCourse {
  /** Who or what decided, of changes that somebody or something decided. */
  readonly causes?: readonly (readonly [number, CauseKind])[];
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
  const asked = { query: { ...toQuery(query), points: String(points) } };
  const answer = await read(api.history.$get(asked, { init: { signal } }));
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
