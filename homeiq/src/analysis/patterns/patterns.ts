import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { Db } from "#store/database.ts";
import type { Files } from "#store/files.ts";
import type { Pattern, PatternKind } from "./any-pattern.ts";
import { detectIn } from "./detection.ts";
import { createKnownPatterns, type KnownPatterns } from "./known/known.ts";
import type { HouseFacts } from "./reading/reading.ts";

export { PATTERN_KINDS, type Pattern, type PatternKind } from "./any-pattern.ts";
export { atLeast, createRandom, discoveriesOf, intervalOf } from "./chance/chance.ts";
/** For threads that read what is known; nothing else may keep it. */
export const readPatterns = (db: Db): Pick<KnownPatterns, "list" | "get" | "lastRun"> =>
  createKnownPatterns({ db });
export type { HouseFacts } from "./reading/reading.ts";

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
  /** In all; `pattern.seen` and `pattern.missed` hold the newest 200. */
  readonly seenCount: number;
  /** How often it could have been seen. */
  readonly tries: number;
  readonly missedCount: number;
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
  readonly detector: string;
  readonly runs: number;
  /** Of the last run. */
  readonly found: number;
  readonly durationMs: number;
  /** How much it left out of the last run because it was too much to look at. */
  readonly capped: number;
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
  /** From when on motion, doors and the like were looked at; later than `from` in a house full of them. */
  readonly tracesFrom: number;
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

interface Deps {
  readonly db: Db;
  readonly files: Files;
  readonly clock: Clock;
  readonly log: Log;
  /** What is known of the house now. */
  house(): Omit<HouseFacts, "from" | "to">;
  /** When the first change was recorded; absent: none. Milliseconds since the epoch. */
  oldestAt(): Promise<number | undefined>;
  /** Something else is known than before. */
  readonly changed: Topic<void>;
}

const MOST_DAYS = 90; // what was long ago is no habit any more

export function createPatterns(deps: Deps): Patterns {
  const { db, clock, log } = deps;
  const known = createKnownPatterns({ db });
  let running = false;

  async function look(signal: AbortSignal): Promise<DetectionRun> {
    const startedAt = clock.now();
    const to = Math.floor(startedAt / HOUR_MS) * HOUR_MS;
    const oldest = (await deps.oldestAt()) ?? to;
    const from = Math.min(to, Math.max(oldest, to - MOST_DAYS * DAY_MS));
    const before = performance.now();
    const { changes, acts, entities, tracesFrom, ...looked } = await detectIn(
      { files: deps.files, remembered: known.remembered() },
      { ...deps.house(), from, to },
      signal,
    );
    const { found, detectors } = looked;
    const durationMs = Math.round(performance.now() - before);
    const run = { ...{ startedAt, durationMs, from, to, tracesFrom }, changes, acts, entities };
    known.keep({ ...run, found: found.length }, looked);
    for (const { detector, error } of detectors) {
      if (error !== undefined) log.error({ detector, error }, "A detector failed");
    }
    log.info({ ...run, found: found.length }, "Looked for patterns");
    deps.changed.publish();
    return { ...run, found: found.length };
  }

  return {
    list: (filter = {}) => known.list(filter),
    get: known.get,
    detectors: known.detectors,
    lastRun: known.lastRun,
    isRunning: () => running,
    async detect(signal) {
      if (running) {
        throw new AppError("conflict", "patterns.running", "Patterns are being looked for already");
      }
      running = true;
      try {
        return await look(signal);
      } finally {
        running = false;
      }
    },
  };
}
