import type { Files } from "#store/files.ts";
import { startThread, type Thread } from "#store/thread.ts";
import type { RecentRow } from "../recent/recent.ts";
import type { ActivityQuery, FoundActivity } from "./activity.ts";
import type { CountedRow, LastState, StateThen } from "./counts.ts";
import type { FoundChange, FoundPage, PageQuery } from "./events.ts";
import type { HistoryJsonQuery } from "./history-json.ts";
import type { PackedBlock } from "./packed-block.ts";
import type { ScanQuery } from "./scan.ts";
import type { BucketColumns, SeriesColumns, SeriesQuery } from "./series.ts";
import type { EntityStatistic, StatisticsQuery } from "./statistics.ts";
import type { StatisticsJsonQuery } from "./statistics-json.ts";
import type { FoundTrace } from "./trace.ts";

export type { ActivityQuery, FoundActivity } from "./activity.ts";
export type { CountedRow } from "./counts.ts";
export type { FoundChange } from "./events.ts";
export { bucketCountFor, type EntityAnswer, toAnswerJson } from "./history-json.ts";
export type { Wanted } from "./match.ts";
export { unpackSlice } from "./packed-block.ts";
export { type BucketColumns, bucketMsOf, type SeriesColumns, saysNumbers } from "./series.ts";
export type { EntityStatistic } from "./statistics.ts";
export type { FoundTrace } from "./trace.ts";

export interface Sizes {
  readonly entities: readonly {
    readonly key: number;
    readonly count: number;
    readonly bytes: number;
    readonly oldestAt: number;
    readonly newestAt: number;
  }[];
  readonly recent: { readonly recent: number; readonly late: number };
}

export interface Tiers {
  readonly chunks: number;
  readonly statistics: { readonly rows: number; readonly bytes: number };
}

/** What `reader.worker.ts` answers. */
export type ReaderHandlers = {
  /** Pairs of entity key and id that were written to `recent.change`. */
  stored(pairs: Float64Array): void;
  storedLate(rows: readonly RecentRow[]): void;
  sealed(what: { readonly through: number; readonly merged: readonly number[] }): void;

  page(query: PageQuery): FoundPage;
  change(id: number): FoundChange | undefined;
  block(query: ScanQuery): PackedBlock;
  trace(contextId: string): FoundTrace | undefined;
  counts(span: { from: number; to: number; bucketMs: number }): CountedRow[];
  countSince(since: number): [key: number, n: number][];
  lastStates(): LastState[];
  statesAt(query: { at: number; keys?: readonly number[] }): StateThen[];
  series(query: SeriesQuery): SeriesColumns[];
  buckets(query: SeriesQuery & { readonly count: number }): BucketColumns[];
  historyJson(query: HistoryJsonQuery): Uint8Array;
  statistics(query: StatisticsQuery): EntityStatistic[];
  statisticsJson(query: StatisticsJsonQuery): Uint8Array;
  activity(query: ActivityQuery): FoundActivity;
  /** From what is kept per entity; cheap enough to be asked every second. */
  sizes(): Sizes;
  /** Looks through whole tables: for the page that shows them. */
  tiers(): Tiers;
};

export type Reader = Thread<ReaderHandlers>;

export const startReader = (files: Files): Reader =>
  startThread<ReaderHandlers>({
    file: "reader.worker",
    beside: import.meta.url,
    data: files,
    startsAnew: true, // it reads what is recent from the file
  });
