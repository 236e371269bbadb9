import type { Pattern, PatternKind } from "./any-pattern.ts";

export { PATTERN_KINDS, type Pattern, type PatternKind } from "./any-pattern.ts";

/** `fading`: not found in the last runs; `ended`: not found for so long that it is taken to be over. */
export const PATTERN_STATUSES = ["active", "fading", "ended"] as const;
export type PatternStatus = (typeof PATTERN_STATUSES)[number];

/** A pattern with what became of it from run to run. */
export interface KnownPattern {
  /** The same for the same habit in every run. */
  readonly id: string;
  /** As it was found last, with its evidence. */
  readonly pattern: Pattern;
  readonly status: PatternStatus;
  /** Between which its confidence lies in 95 of 100 cases (Wilson), 0 to 1. */
  readonly confidenceLow: number;
  readonly confidenceHigh: number;
  /** Milliseconds since the epoch; when a run found it first and last. */
  readonly firstFoundAt: number;
  readonly lastFoundAt: number;
  /** How sure it was in the last runs, oldest first; at most 90. */
  readonly past: readonly { readonly at: number; readonly confidence: number }[];
}

export interface PatternFilter {
  readonly kinds?: readonly PatternKind[];
  readonly statuses?: readonly PatternStatus[];
  readonly entityId?: string;
}

/** How one detector did. */
export interface DetectorHealth {
  readonly kind: PatternKind;
  readonly runs: number;
  /** Of the last run. */
  readonly found: number;
  readonly durationMs: number;
  /** Runs that failed, and why the last of them did. */
  readonly failures: number;
  readonly lastError?: string;
}

/** What a run looked through, and how long it took. */
export interface DetectionRun {
  readonly startedAt: number;
  readonly durationMs: number;
  /** What was looked through: milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly changes: number;
  readonly acts: number;
  readonly entities: number;
  readonly found: number;
}

/** What the household does again and again. */
export interface Patterns {
  /** Surest first. */
  list(filter?: PatternFilter): readonly KnownPattern[];
  /** Throws `not_found` `patterns.unknown`. */
  get(id: string): KnownPattern;
  detectors(): readonly DetectorHealth[];
  lastRun(): DetectionRun | undefined;
  isRunning(): boolean;
  /** Looks for them now. Throws `conflict` `patterns.running` while it is looked for. */
  detect(signal: AbortSignal): Promise<DetectionRun>;
}
