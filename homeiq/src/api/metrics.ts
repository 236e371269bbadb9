import type { ProcessMetrics } from "#foundation/process-metrics.ts";
import type { BatchCounters } from "#ingest/history/history.ts";
import type { IntakeCounters } from "#ingest/intake/intake.ts";
import type { DatabaseSize } from "#store/database.ts";

/** This process, measured now. No number here is estimated or invented. */
export interface Metrics {
  readonly at: number;
  readonly process: ProcessMetrics;
  readonly ingest: IntakeCounters & BatchCounters;
  readonly database: DatabaseSize & {
    readonly stateChanges: number;
    readonly entities: number;
    readonly oldestAt?: number;
  };
  readonly live: { readonly connections: number };
}
