import { apiUrl, read } from "./api.ts";

export const PATTERN_KINDS = [
  "time_of_day",
  "co_activation",
  "sequence",
  "contextual",
  "room_based",
  "routine",
  "duration",
  "left_on",
  "day_type",
  "frequency",
  "seasonal",
  "multi_factor",
  "person",
  "anomaly",
] as const;
export type PatternKind = (typeof PATTERN_KINDS)[number];
export const PATTERN_STATUSES = ["active", "fading", "ended"] as const;
export type PatternStatus = (typeof PATTERN_STATUSES)[number];

export interface KnownPattern {
  readonly id: string;
  readonly kind: PatternKind;
  readonly entityIds: readonly string[];
  readonly areaId?: string;
  readonly person?: string;
  readonly status: PatternStatus;
  /** A whole sentence. */
  readonly text: string;
  readonly confidence: number;
  readonly confidenceLow: number;
  readonly confidenceHigh: number;
  readonly lift: number;
  readonly chance: number;
  readonly seenCount: number;
  readonly missedCount: number;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
  /** How often, by weekday (Monday first) and hour of the house's clock. */
  readonly heat: readonly number[];
  readonly automatedBy: readonly string[];
}
export interface PatternDetail extends KnownPattern {
  readonly seen: readonly {
    readonly at: number;
    readonly entityId: string;
    readonly to: string;
    readonly person?: string;
  }[];
  readonly missed: readonly string[];
  readonly past: readonly { readonly at: number; readonly confidence: number }[];
}
export interface DetectorHealth {
  readonly kind: PatternKind;
  readonly runs: number;
  readonly found: number;
  readonly durationMs: number;
  readonly failures: number;
  readonly lastError?: string;
}
export interface PatternStats {
  readonly running: boolean;
  readonly lastRun?: {
    readonly startedAt: number;
    readonly durationMs: number;
    readonly from: number;
    readonly to: number;
    readonly changes: number;
    readonly found: number;
  };
  readonly detectors: readonly DetectorHealth[];
}

export const readPatterns = () => read<{ patterns: KnownPattern[] }>(fetch(apiUrl("patterns")));
export const readPattern = (id: string) =>
  read<PatternDetail>(fetch(apiUrl(`patterns/${encodeURIComponent(id)}`)));
export const readPatternStats = () => read<PatternStats>(fetch(apiUrl("patterns/stats")));
export const detectPatterns = () =>
  read<unknown>(fetch(apiUrl("patterns/detect"), { method: "POST" }));
