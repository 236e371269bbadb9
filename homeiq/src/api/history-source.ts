import type { EventQuery, RecordedChange } from "#ingest/history/history.ts";

// What the routes ask of history. The floor below owns the data; these are the questions put to it.

export const STATISTIC_PERIODS = ["5minute", "hour", "day", "week", "month"] as const;
export type StatisticPeriod = (typeof STATISTIC_PERIODS)[number];

export interface Range {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

export interface StatisticsQuery extends Range {
  readonly entityIds: readonly string[];
  readonly period: StatisticPeriod;
  readonly timeZone: string;
}

export interface StatisticRow {
  readonly start: number;
  readonly end: number;
  /** How many changes. */
  readonly n: number;
  readonly mean?: number;
  readonly timeWeightedMean?: number;
  readonly min?: number;
  readonly max?: number;
  /** How much a meter rose. */
  readonly sum?: number;
  readonly last?: number;
  /** Milliseconds in each state. */
  readonly states?: Readonly<Record<string, number>>;
  readonly source?: "home_assistant";
}

export interface EntityStatistics {
  readonly entityId: string;
  readonly name: string;
  readonly unit?: string;
  readonly rows: readonly StatisticRow[];
}

export interface Trace {
  readonly contextId: string;
  readonly parentId?: string;
  readonly userId?: string;
  readonly changes: readonly RecordedChange[];
  readonly children: readonly Trace[];
}

export interface PastState {
  readonly entityId: string;
  readonly at: number;
  readonly state: string;
  readonly value?: number;
  readonly unit?: string;
}

export interface Counted {
  readonly key: string;
  readonly name: string;
  readonly count: number;
}

export interface Activity extends Range {
  readonly total: number;
  /** By local weekday (0 = Monday) and hour. */
  readonly byHour: readonly (readonly number[])[];
  readonly byArea: readonly Counted[];
  readonly byDeviceClass: readonly Counted[];
  readonly byDomain: readonly Counted[];
  readonly byEntity: readonly Counted[];
}

/** `null` keeps for ever. */
export interface Retention {
  readonly rawDays: number | null;
  readonly fiveMinuteDays: number | null;
  readonly hourlyDays: number | null;
  readonly classes: readonly { readonly match: string; readonly rawDays: number | null }[];
}

export interface StorageReport {
  readonly tiers: {
    readonly recent: { readonly changes: number; readonly bytes: number };
    readonly sealed: { readonly changes: number; readonly bytes: number; readonly chunks: number };
    readonly statistics: { readonly rows: number; readonly bytes: number };
  };
  readonly oldestAt?: number;
  readonly sealedThrough?: number;
  readonly diskFreeBytes: number;
  readonly diskTotalBytes: number;
  readonly guard: "ok" | "low" | "stopped";
  readonly retention: Retention;
}

export interface EntityCost {
  readonly entityId: string;
  readonly name: string;
  readonly changes: number;
  readonly bytes: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

export type ScanQuery = Omit<EventQuery, "limit" | "cursor">;

/** The part of history that these routes read. */
export interface HistorySource {
  /** UTF-8 JSON of `HistoryAnswer`. */
  historyJson(
    q: Range & { entityIds: readonly string[]; points?: number },
  ): Promise<Uint8Array<ArrayBuffer>>;
  statistics(q: StatisticsQuery): Promise<readonly EntityStatistics[]>;
  stateAt(q: { at: number; entityIds?: readonly string[] }): Promise<readonly PastState[]>;
  trace(contextId: string): Promise<Trace>;
  /** Oldest first, in blocks of at most 5,000. Stops when the signal aborts. */
  scan(q: ScanQuery, signal: AbortSignal): AsyncIterable<readonly RecordedChange[]>;
  costs(): Promise<readonly EntityCost[]>;
  activity(
    q: Range & { timeZone: string; by: "people" | "all"; entityIds?: readonly string[] },
  ): Promise<Activity>;
  storage(): Promise<StorageReport>;
}
