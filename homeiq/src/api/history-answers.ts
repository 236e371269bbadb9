import { z } from "zod";
import type { ValueThen } from "#enrichment/surroundings/surroundings.ts";
import {
  type Activity,
  type EntityCost,
  type EntityStatistics,
  type EventPage,
  type EventStats,
  type RecordedChange,
  RetentionSchema,
  STATISTIC_PERIODS,
  type StateThen,
  type StorageReport,
  type Trace,
} from "#ingest/history/history.ts";
import { CATEGORIES, CAUSE_KINDS, CHANGE_KINDS } from "#ingest/normalize/normalize.ts";

// What the OpenAPI document says of answers. Each is held to the type that is really answered.

const Cause = z.object({
  kind: z.enum(CAUSE_KINDS),
  confidence: z.number().min(0).max(1),
  by: z.string().exactOptional(),
  byName: z.string().exactOptional(),
  override: z.literal(true).exactOptional(),
  rootKind: z.enum(CAUSE_KINDS).exactOptional(),
});

export const EventAnswer = z.object({
  id: z.number().int(),
  entityId: z.string(),
  name: z.string(),
  domain: z.string(),
  deviceId: z.string().exactOptional(),
  areaId: z.string().exactOptional(),
  deviceClass: z.string().exactOptional(),
  category: z.enum(CATEGORIES),
  at: z.number(),
  kind: z.enum(CHANGE_KINDS),
  oldState: z.string().exactOptional(),
  newState: z.string().exactOptional(),
  value: z.number().exactOptional(),
  unit: z.string().exactOptional(),
  heldMs: z.number().exactOptional(),
  /** Absent once a change is sealed whose context nothing else belonged to. */
  context: z
    .object({
      id: z.string(),
      parentId: z.string().exactOptional(),
      userId: z.string().exactOptional(),
    })
    .exactOptional(),
  changedAttributes: z.record(z.string(), z.unknown()).exactOptional(),
  cause: Cause,
  /** Where it came from, when it was not heard as it happened. */
  source: z.enum(["recorder", "influxdb", "csv"]).exactOptional(),
}) satisfies z.ZodType<RecordedChange>;

export const EventDetailAnswer = EventAnswer.extend({
  surroundings: z.array(
    z.object({
      series: z.string(),
      name: z.string(),
      value: z.number(),
      unit: z.string().exactOptional(),
      at: z.number(),
    }) satisfies z.ZodType<ValueThen>,
  ),
});

export const EventPageAnswer = z.object({
  events: z.array(EventAnswer),
  nextCursor: z.string().exactOptional(),
}) satisfies z.ZodType<EventPage>;

const Counted = z.object({ key: z.string(), name: z.string(), count: z.number().int() });

export const EventStatsAnswer = z.object({
  period: z.enum(["1h", "6h", "24h", "7d"]),
  from: z.number(),
  to: z.number(),
  bucketMs: z.number(),
  total: z.number().int(),
  buckets: z.array(
    z.object({
      start: z.number(),
      total: z.number().int(),
      byCause: z.partialRecord(z.enum(CAUSE_KINDS), z.number().int()),
    }),
  ),
  byDomain: z.array(Counted),
  byEntity: z.array(Counted),
  byArea: z.array(Counted),
  byCause: z.array(Counted),
}) satisfies z.ZodType<EventStats>;

export const TraceAnswer: z.ZodType<Trace> = z
  .object({
    contextId: z.string(),
    parentId: z.string().exactOptional(),
    userId: z.string().exactOptional(),
    changes: z.array(EventAnswer),
    /** What it led to. */
    get children() {
      return z.array(TraceAnswer);
    },
  })
  .meta({ id: "Trace" });

/** Points, buckets, states and marks are arrays, not objects: a chart has thousands of them. */
export const HistoryAnswer = z.object({
  from: z.number(),
  to: z.number(),
  entities: z.array(
    z.object({
      entityId: z.string(),
      name: z.string(),
      unit: z.string().exactOptional(),
      numeric: z.boolean(),
      /** In force at `from`. */
      before: z
        .object({ at: z.number(), state: z.string(), value: z.number().exactOptional() })
        .exactOptional(),
      /** Milliseconds of one bucket, or every change. */
      resolution: z.union([z.literal("raw"), z.number()]),
      /** [at, value]; `null` where there was no number. */
      points: z.array(z.tuple([z.number(), z.number().nullable()])).exactOptional(),
      /** [start, min, max, mean, last, changes] */
      buckets: z
        .array(z.tuple([z.number(), z.number(), z.number(), z.number(), z.number(), z.number()]))
        .exactOptional(),
      /** [at, state]; `null` once it was removed. */
      states: z.array(z.tuple([z.number(), z.string().nullable()])).exactOptional(),
      /** [at, cause]; only what people, automations, scripts and scenes did, at most 500. */
      causes: z.array(z.tuple([z.number(), z.enum(CAUSE_KINDS)])),
    }),
  ),
  gaps: z.array(z.object({ from: z.number(), to: z.number().exactOptional(), reason: z.string() })),
});

export const StatisticsAnswer = z.object({
  period: z.enum(STATISTIC_PERIODS),
  entities: z.array(
    z.object({
      entityId: z.string(),
      name: z.string(),
      unit: z.string().exactOptional(),
      rows: z.array(
        z.object({
          start: z.number(),
          end: z.number(),
          n: z.number().int(),
          mean: z.number().exactOptional(),
          timeWeightedMean: z.number().exactOptional(),
          min: z.number().exactOptional(),
          max: z.number().exactOptional(),
          sum: z.number().exactOptional(),
          last: z.number().exactOptional(),
          states: z.record(z.string(), z.number()).exactOptional(),
          source: z.literal("home_assistant").exactOptional(),
        }),
      ),
    }) satisfies z.ZodType<EntityStatistics>,
  ),
});

export const StatesAnswer = z.object({
  at: z.number(),
  states: z.array(
    z.object({
      entityId: z.string(),
      at: z.number(),
      state: z.string(),
      value: z.number().exactOptional(),
      unit: z.string().exactOptional(),
    }) satisfies z.ZodType<StateThen>,
  ),
});

export const ActivityAnswer = z.object({
  from: z.number(),
  to: z.number(),
  total: z.number().int(),
  /** [weekday 0 to 6, Monday first][hour 0 to 23], in the house's time zone. */
  byHour: z.array(z.array(z.number().int())),
  byArea: z.array(Counted),
  byDeviceClass: z.array(Counted),
  byDomain: z.array(Counted),
  byEntity: z.array(Counted),
}) satisfies z.ZodType<Activity>;

export const StorageAnswer = z.object({
  tiers: z.object({
    recent: z.object({ changes: z.number(), bytes: z.number() }),
    sealed: z.object({ changes: z.number(), bytes: z.number(), chunks: z.number() }),
    statistics: z.object({ rows: z.number(), bytes: z.number() }),
  }),
  oldestAt: z.number().exactOptional(),
  sealedThrough: z.number(),
  diskFreeBytes: z.number(),
  diskTotalBytes: z.number(),
  guard: z.enum(["ok", "low", "stopped"]),
  /** Changes that were refused because the disk is nearly full. */
  refused: z.number(),
  retention: RetentionSchema,
}) satisfies z.ZodType<StorageReport>;

export const CostsAnswer = z.object({
  entities: z.array(
    z.object({
      entityId: z.string(),
      name: z.string(),
      changes: z.number(),
      bytes: z.number(),
      oldestAt: z.number(),
      newestAt: z.number(),
    }) satisfies z.ZodType<EntityCost>,
  ),
});

export const ExcludedAnswer = z.object({ entityId: z.string() });
