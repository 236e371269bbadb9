import { z } from "zod";
import { PATTERN_KINDS, PATTERN_STATUSES } from "#analysis/patterns/patterns.ts";
import { AnyMap } from "./automation-draft-answers.ts";

// What the OpenAPI document says of answers about patterns.

const Moment = z.number().int();

const known = {
  id: z.string(),
  kind: z.enum(PATTERN_KINDS),
  status: z.enum(PATTERN_STATUSES),
  /** Said in the household's language. */
  text: z.string(),
  /** In the order in which they take part. */
  entityIds: z.array(z.string()),
  areaId: z.string().exactOptional(),
  /** A user id, where it is one person's. */
  person: z.string().exactOptional(),
  confidence: z.number(),
  confidenceLow: z.number(),
  confidenceHigh: z.number(),
  lift: z.number(),
  chance: z.number(),
  seenCount: z.number().int(),
  /** How often it could have been seen. */
  tries: z.number().int(),
  missedCount: z.number().int(),
  firstSeenAt: Moment.exactOptional(),
  lastSeenAt: Moment.exactOptional(),
  firstFoundAt: Moment,
  lastFoundAt: Moment,
  /** How often it was seen in each hour of the week, in the house's time: Monday 00:00 first. */
  heat: z.array(z.number().int()),
  /** Automations that bring it to this as well. */
  automatedBy: z.array(z.string()),
};

export const PatternAnswer = z.object(known);

export const PatternsAnswer = z.object({ patterns: z.array(PatternAnswer) });

export const PatternDetailAnswer = z.object({
  ...known,
  /** What its kind says beside this, as the detector found it. */
  facts: AnyMap,
  /** Newest first, at most 200. */
  seen: z.array(
    z.object({
      at: Moment,
      entityId: z.string(),
      to: z.string(),
      person: z.string().exactOptional(),
    }),
  ),
  /** Dates on which it could have been seen and was not, newest first, at most 200: `2026-03-29`. */
  missed: z.array(z.string()),
  past: z.array(z.object({ at: Moment, confidence: z.number() })),
});

export const PatternRunAnswer = z.object({
  startedAt: Moment,
  durationMs: z.number(),
  from: Moment,
  to: Moment,
  tracesFrom: Moment,
  changes: z.number().int(),
  acts: z.number().int(),
  entities: z.number().int(),
  found: z.number().int(),
});

export const PatternStatsAnswer = z.object({
  running: z.boolean(),
  lastRun: PatternRunAnswer.exactOptional(),
  byKind: z.array(z.object({ kind: z.enum(PATTERN_KINDS), patterns: z.number().int() })),
  detectors: z.array(
    z.object({
      detector: z.string(),
      runs: z.number().int(),
      found: z.number().int(),
      durationMs: z.number(),
      capped: z.number().int(),
      failures: z.number().int(),
      lastError: z.string().exactOptional(),
    }),
  ),
});
