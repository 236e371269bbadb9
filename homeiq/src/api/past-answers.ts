import { z } from "zod";
import type { BackfillStatus } from "#ingest/backfill/backfill.ts";
import type { ImportFile, ImportPreview, ImportStatus } from "#ingest/import/import.ts";
import type { InfluxStatus } from "#ingest/influx/influx.ts";

// What the OpenAPI document says of the past that is fetched, imported and copied. Each is held to the type that is
// really answered.

const count = z.number().int();
const at = z.number();

export const BackfillAnswer = z.object({
  state: z.enum(["idle", "running", "paused", "done", "failed"]),
  step: z.object({
    code: z.enum([
      ...(["waiting", "not_ready", "looking_back", "history", "statistics", "gap"] as const),
      "nothing",
    ]),
    text: z.string().describe("The same in plain words"),
    from: at.exactOptional().describe("The time that is being read"),
    to: at.exactOptional(),
  }),
  startedAt: at.exactOptional(),
  finishedAt: at.exactOptional(),
  history: z
    .object({
      from: at.exactOptional().describe("The oldest that the recorder has"),
      to: at,
      doneFrom: at.describe("All from here on is in"),
    })
    .exactOptional(),
  statistics: z.object({ doneFrom: at }).exactOptional(),
  entities: count,
  changesAdded: count,
  statisticsAdded: count,
  gapsWaiting: count.describe("Gaps that wait to be closed"),
  historyDoneAt: at.exactOptional().describe("When it should be in, by the pace so far"),
  problem: z.object({ code: z.string(), message: z.string(), advice: z.string() }).exactOptional(),
}) satisfies z.ZodType<BackfillStatus>;

const Problems = z.object({
  count,
  first: z.array(z.string()).describe("Some of them, in plain words"),
});

export const ImportAnswer = z
  .object({
    id: count,
    kind: z.enum(["influxdb", "recorder", "csv", "meter"]),
    label: z.string().describe("What is read, without any secret"),
    state: z.enum(["running", "done", "cancelled", "interrupted", "failed"]),
    startedAt: at,
    finishedAt: at.exactOptional(),
    progress: z.number().exactOptional().describe("0 to 1, while it runs"),
    step: z.string().exactOptional().describe("What is being read, while it runs"),
    changesAdded: count,
    changesKnown: count.describe("Changes that had been there before"),
    statisticsAdded: count,
    problems: Problems.describe("What could not be used"),
    error: z.object({ code: z.string(), message: z.string() }).exactOptional(),
  })
  .meta({ id: "Import" }) satisfies z.ZodType<ImportStatus>;

const files = z.array(
  z
    .object({ name: z.string(), bytes: count, changedAt: at })
    .meta({ id: "ImportFile" }) satisfies z.ZodType<ImportFile>,
);

export const ImportFilesAnswer = z.object({ files });
export const ImportsAnswer = z.object({ imports: z.array(ImportAnswer) });
export const ImportsAndFilesAnswer = ImportsAnswer.extend({ files });

export const ImportPreviewAnswer = z.object({
  entities: z.object({
    total: count,
    filtered: count.describe("Left out by the filter"),
    sample: z.array(z.string()),
  }),
  changes: count.exactOptional().describe("Absent when counting would take too long"),
  statistics: count.exactOptional(),
  from: at.exactOptional(),
  to: at.exactOptional(),
  problems: Problems,
}) satisfies z.ZodType<ImportPreview>;

export const InfluxAnswer = z.object({
  state: z.enum(["off", "connecting", "sending", "waiting", "needs_you"]),
  app: z
    .object({ slug: z.string(), name: z.string(), started: z.boolean() })
    .exactOptional()
    .describe("The InfluxDB app that is installed beside HomeIQ"),
  host: z.string().exactOptional().describe("Host and port"),
  database: z.string().exactOptional(),
  server: z
    .object({
      product: z.enum(["influxdb", "victoria-metrics"]),
      version: z.string(),
      major: z.union([z.literal(1), z.literal(2), z.literal(3)]),
      reads: z.enum(["influxql", "flux", "none"]).describe("How history can be read there"),
    })
    .exactOptional(),
  outbox: z
    .object({
      changes: count,
      bytes: count,
      limitBytes: count,
      full: z.boolean(),
      oldestAt: at.exactOptional(),
    })
    .exactOptional()
    .describe("What waits to be sent"),
  missing: z
    .array(
      z.object({
        from: at,
        to: at,
        reason: z.enum(["before", "off", "outbox_full", "past"]),
        changes: count.exactOptional().describe("Absent when nobody counted"),
      }),
    )
    .describe("Times that will be sent from our own store, newest first, at most twenty"),
  sent: count.describe("Since the start of this process"),
  refused: count.describe("Points that InfluxDB refused for good, since the start of this process"),
  lastSentAt: at.exactOptional(),
  lastError: z.object({ code: z.string(), message: z.string(), at }).exactOptional(),
  nextTryAt: at.exactOptional(),
}) satisfies z.ZodType<InfluxStatus>;
