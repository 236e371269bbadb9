import type { Cause } from "#ingest/normalize/normalize.ts";

export { causeOfPast, type PastOrigin } from "./past-cause.ts";

/** Where a change came from that we did not hear ourselves. */
export type PastSource = "recorder" | "influxdb" | "csv";

/** A change of the past that somebody else recorded. Old state and duration follow from its neighbors. */
export interface PastChange {
  readonly entityId: string;
  /** Milliseconds since the epoch, UTC. */
  readonly at: number;
  /** As Home Assistant writes it. */
  readonly state: string;
  readonly unit?: string;
  /** Absent: unknown. */
  readonly cause?: Cause;
  readonly context?: {
    readonly id?: string;
    readonly parentId?: string;
    readonly userId?: string;
  };
  readonly source: PastSource;
}

/** One hour of one entity, from long-term statistics. */
export interface PastStatistic {
  readonly entityId: string;
  /** A full hour. */
  readonly start: number;
  readonly mean?: number;
  readonly min?: number;
  readonly max?: number;
  /** How much a meter rose within the hour. */
  readonly rise?: number;
  readonly last?: number;
}

/** How many were new, and how many had been there before. */
export interface Kept {
  readonly added: number;
  readonly known: number;
}

/** Where the past is kept. Both are idempotent, and durable when they resolve. */
export interface PastKeeper {
  /** At most 20,000 per call, any order. */
  addPast(changes: readonly PastChange[]): Promise<Kept>;
  /** Fills hours for which there is no statistic of our own. */
  addPastStatistics(rows: readonly PastStatistic[]): Promise<Kept>;
}

export const MOST_PER_CALL = 20_000;

/** Keeps any number of changes, in calls of the size that the keeper takes. */
export async function keepAll(
  addPast: PastKeeper["addPast"],
  changes: readonly PastChange[],
): Promise<Kept> {
  let added = 0;
  let known = 0;
  for (let start = 0; start < changes.length; start += MOST_PER_CALL) {
    const kept = await addPast(changes.slice(start, start + MOST_PER_CALL));
    added += kept.added;
    known += kept.known;
  }
  return { added, known };
}
