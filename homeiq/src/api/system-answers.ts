import { z } from "zod";
import { ERROR_KINDS } from "#foundation/errors.ts";
import type { JobStatus } from "#foundation/jobs.ts";
import type { ConnectionStatus } from "#home/connection/connection.ts";
import type { Gap } from "#ingest/gaps/gaps.ts";
import type { Metrics } from "./metrics.ts";

// What the OpenAPI document says of the program itself. Each is held to the type that is really answered.

const count = z.number().int();
const at = z.number();

export const SessionAnswer = z.object({
  version: z.string(),
  mode: z.enum(["app", "direct", "unconfigured"]),
  user: z
    .object({
      id: z.string().exactOptional(),
      name: z.string().exactOptional(),
      isAdmin: z.boolean(),
    })
    .describe("Without an id: whoever sits at this machine"),
  backTestDays: count.describe("Over how many days an automation is played back by default"),
  house: z.object({
    name: z.string().exactOptional(),
    timeZone: z.string().describe("Such as `Europe/Vienna`"),
    language: z.string(),
    country: z.string().exactOptional(),
    currency: z.string().exactOptional(),
    haVersion: z.string().exactOptional(),
  }),
});

/** What a page must know of the house before it can show a time or a sum. */
export type Session = z.infer<typeof SessionAnswer>;

export const ConnectionAnswer = z
  .object({
    status: z.enum(["connecting", "connected", "reconnecting", "unconfigured", "stopped"]),
    since: at,
    url: z.string(),
    haVersion: z.string().exactOptional(),
    attempt: count.describe("Failed tries since the last connection"),
    nextAttemptAt: at.exactOptional(),
    latencyMs: z.number().exactOptional(),
    error: z
      .object({ kind: z.enum(ERROR_KINDS), code: z.string(), message: z.string() })
      .exactOptional(),
  })
  .meta({ id: "Connection" }) satisfies z.ZodType<ConnectionStatus>;

export const GapsAnswer = z.object({
  gaps: z.array(
    z.object({
      id: count,
      from: at,
      to: at.exactOptional().describe("Absent while it lasts"),
      reason: z.enum([
        ...(["not_running", "connection_lost", "no_answer", "home_assistant_restart"] as const),
        ...(["overflow", "disk_full"] as const),
      ]),
      detail: z.string().exactOptional(),
      state: z.enum(["open", "filling", "filled", "partly", "lost"]),
      filled: z
        .object({
          at,
          changes: count.describe("That we had not seen"),
          entitiesWithout: count.describe("Entities that Home Assistant kept nothing of"),
        })
        .exactOptional(),
    }) satisfies z.ZodType<Gap>,
  ),
});

const REFUSALS = [
  ...(["entity_id_invalid", "state_invalid", "unknown_entity", "event_invalid"] as const),
  ...(["binary_frame", "malformed_frame"] as const),
  ...(["timestamp_replaced", "attributes_omitted", "duration_negative"] as const),
  ...(["cause_event_invalid", "internal_error"] as const),
] as const;

export const MetricsAnswer = z.object({
  at,
  process: z.object({
    uptimeSeconds: z.number(),
    rssBytes: z.number(),
    heapUsedBytes: z.number(),
    cpuPercent: z.number().describe("Of one core, since the last reading"),
    eventLoopLagMs: z.object({ p50: z.number(), p99: z.number(), max: z.number() }),
  }),
  ingest: z.object({
    received: count.describe("State changes that arrived"),
    filtered: count.describe("Left out by the filter"),
    noise: count.describe("Changed nothing that is kept"),
    refused: z.partialRecord(z.enum(REFUSALS), count),
    ratePerMinute: z.number(),
    batches: count,
    stored: count,
    dropped: count,
    queueDepth: count,
    queueCapacity: count,
    lastStoredAt: at.exactOptional(),
    lastBatchMs: z.number().exactOptional(),
    failing: z.string().exactOptional().describe("Why the last try to write failed"),
  }),
  database: z.object({
    path: z.string(),
    bytes: z.number(),
    walBytes: z.number(),
    stateChanges: count,
    entities: count,
    oldestAt: at.exactOptional(),
  }),
  live: z.object({ connections: count.describe("Pages that are open") }),
}) satisfies z.ZodType<Metrics>;

export const JobAnswer = z
  .object({
    name: z.string(),
    cron: z.string().describe("In the house's time zone"),
    timeoutMs: z.number(),
    state: z.enum(["waiting", "running", "succeeded", "failed", "stopped"]),
    lastRunAt: at.exactOptional(),
    lastDurationMs: z.number().exactOptional(),
    lastError: z.string().exactOptional(),
    nextRunAt: at.exactOptional(),
  })
  .meta({ id: "Job" }) satisfies z.ZodType<JobStatus>;

export const JobsAnswer = z.object({ jobs: z.array(JobAnswer) });

export const ReadyAnswer = z.object({
  ready: z.boolean().describe("Whether the files may be copied now"),
});

export const FilterPreviewAnswer = z.object({
  entities: z.object({
    total: count,
    dropped: count,
    sample: z.array(z.object({ entityId: z.string(), name: z.string(), reason: z.string() })),
  }),
  changes: z
    .object({ total: count, dropped: count, period: z.literal("24h") })
    .describe("Of the last 24 hours"),
});

/** What a filter would have left out. */
export type FilterPreview = z.infer<typeof FilterPreviewAnswer>;
