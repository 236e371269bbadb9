import { z } from "zod";
import {
  AUDIT_ACTIONS,
  type AuditEntry,
  type Exported,
  type Health,
  type Version,
  type Watch,
  type WatchedRun,
  type Why,
} from "#ai/automations/automations.ts";
import { COSTS } from "#analysis/automation-check/automation-check.ts";
import type { Finding } from "#analysis/automation-lint/automation-lint.ts";
import { SEVERITIES } from "#home/automation/automation.ts";
import { DOMAINS, type RunTrace } from "#home/automation-config/automation-config.ts";
import {
  AnyJson,
  AnyMap,
  at,
  Diff,
  Edit,
  Facts,
  Fix,
  Path,
  Person,
  reading,
} from "./automation-draft-answers.ts";
import { TraceAnswer } from "./history-answers.ts";

// What the OpenAPI document says of automations. Each is held to the type that is really answered.

const count = z.number().int();

const shortTrace = {
  runId: z.string(),
  domain: z.string(),
  itemId: z.string().describe("The id of an automation, the key of a script"),
  startedAt: at,
  finishedAt: at.exactOptional(),
  execution: z
    .string()
    .exactOptional()
    .describe(
      "How it ended, as Home Assistant calls it: `finished`, `failed_conditions`, `error`…",
    ),
  lastStep: z.string().exactOptional(),
  error: z.string().exactOptional(),
  trigger: z.string().exactOptional().describe("What began it, in Home Assistant's words"),
};

const WatchAnswer = z
  .object({
    automationId: z.string(),
    entityId: z.string(),
    state: z
      .enum(["watching", "passed", "demoted", "ended"])
      .describe("`demoted`: turned off by rule; `ended`: a person has decided"),
    startedAt: at,
    until: at.describe("When it will have passed, milliseconds since the epoch"),
    runs: count,
    overrides: count.describe("Runs that people changed back"),
    failures: count,
    note: z.string().exactOptional().describe("Why it was turned off"),
    endedAt: at.exactOptional(),
  })
  .meta({ id: "Watch" }) satisfies z.ZodType<Watch>;

const HealthAnswer = z
  .object({
    entityId: z.string(),
    domain: z.enum(DOMAINS),
    id: z.string().exactOptional().describe("Absent when it was written without one"),
    name: z.string(),
    state: z.string().describe("`on`, `off`, `unavailable`; of a scene when it was last activated"),
    mode: z.string().exactOptional(),
    lastTriggeredAt: at.exactOptional(),
    running: count.describe("Runs at this moment"),
    ours: z.boolean().describe("Whether HomeIQ put it there or changed it"),
    runs: z.array(z.object(shortTrace)).describe("That Home Assistant has traces of, newest first"),
    inspected: z
      .object({
        problems: z.record(z.enum(SEVERITIES), count),
        cost: z.enum(COSTS).exactOptional().describe("What it costs when it is wrong"),
        untold: z
          .literal(true)
          .exactOptional()
          .describe("Home Assistant does not tell its configuration"),
      })
      .exactOptional()
      .describe("Absent while nobody looked"),
    versions: count.describe("How many are kept"),
    probation: WatchAnswer.exactOptional(),
  })
  .meta({ id: "AutomationHealth" }) satisfies z.ZodType<Health>;

export const AutomationsAnswer = z.object({ automations: z.array(HealthAnswer) });

const hours = {
  from: z.string().describe("`HH:MM`, in the house's time"),
  to: z.string().describe("`HH:MM`"),
};

export const AutomationAnswer = HealthAnswer.extend({
  config: AnyMap,
  yaml: z.string(),
  editable: z
    .boolean()
    .describe("False for those of packages: they are changed where they are written"),
  watchedRuns: z
    .array(
      z.object({
        contextId: z.string(),
        at,
        execution: z.string().exactOptional().describe("Absent until its trace was read"),
        error: z.string().exactOptional(),
        overridden: z.object({ at, entityId: z.string(), to: z.string() }).exactOptional(),
      }) satisfies z.ZodType<WatchedRun>,
    )
    .describe("Of those on probation, newest first"),
  undone: z
    .object({
      times: count,
      runs: count.describe("Of so many that changed something"),
      mostly: z.object(hours).exactOptional().describe("When most of them were"),
    })
    .exactOptional()
    .describe("How often people changed back what it did in the last 30 days"),
  proposal: z
    .object({
      condition: AnyMap.describe("In Home Assistant's form"),
      ...hours,
      keptAway: count.describe("Runs that people undid"),
      keptAwayUnminded: count.describe("Runs that nobody minded"),
    })
    .exactOptional()
    .describe("The condition that would have kept it from what people undid"),
  reading,
}).meta({ id: "Automation" });

export const VersionsAnswer = z.object({
  versions: z.array(
    z
      .object({
        automationId: z.string(),
        number: count.describe("The first is 1"),
        at,
        entityId: z.string().exactOptional(),
        alias: z.string().exactOptional(),
        config: AnyMap.exactOptional().describe("Absent when it was removed"),
        source: z.string(),
        origin: z.enum(["homeiq", "home_assistant"]).describe("`home_assistant`: by other hands"),
        author: Person.exactOptional(),
        reason: z.string().exactOptional(),
        evidence: AnyMap.exactOptional(),
        draftId: z.string().exactOptional(),
        diff: Diff.describe("From the version before"),
      })
      .meta({ id: "Version" }) satisfies z.ZodType<Version>,
  ),
});

const RunTraceAnswer = z
  .object({
    ...shortTrace,
    contextId: z.string().exactOptional(),
    steps: z
      .array(
        z.object({
          path: z.string().describe("As in the configuration: `action/0/then/1`"),
          at,
          variables: AnyMap.exactOptional(),
          result: AnyJson.exactOptional(),
          error: z.string().exactOptional(),
        }),
      )
      .describe("In the order in which they happened"),
    config: AnyMap.exactOptional(),
  })
  .meta({ id: "RunTrace" }) satisfies z.ZodType<RunTrace>;

export const TracesAnswer = z.object({ traces: z.array(RunTraceAnswer) });

export const WhyAnswer = z.object({
  contextId: z.string(),
  chain: z.array(TraceAnswer).describe("From the first cause that is known down to this context"),
  runs: z.array(RunTraceAnswer).describe("Those behind it, while Home Assistant has their traces"),
}) satisfies z.ZodType<Why>;

export const ExportedAnswer = z.object({
  fileName: z.string(),
  yaml: z.string(),
}) satisfies z.ZodType<Exported>;

export const AuditAnswer = z.object({
  entries: z.array(
    z
      .object({
        id: count,
        at,
        by: Person,
        action: z.enum(AUDIT_ACTIONS),
        outcome: z.enum(["done", "already_done", "refused", "failed", "undone", "waiting"]),
        automationId: z.string().exactOptional(),
        entityId: z.string().exactOptional(),
        draftId: z.string().exactOptional(),
        detail: z.string().exactOptional().describe("In plain words"),
      })
      .meta({ id: "AuditEntry" }) satisfies z.ZodType<AuditEntry>,
  ),
});

export const WatchesAnswer = z.object({ watches: z.array(WatchAnswer) });

export const FindingsAnswer = z.object({
  at: at.describe("When it was looked at, milliseconds since the epoch"),
  findings: z.array(
    z
      .object({
        code: z.string().describe("`lint.<what>`: stable"),
        severity: z.enum(SEVERITIES),
        about: z.array(z.string()).describe("Entity ids, the first one most"),
        path: Path,
        message: z.string(),
        facts: Facts.exactOptional(),
        fix: Fix.exactOptional(),
      })
      .meta({ id: "Finding" }) satisfies z.ZodType<Finding>,
  ),
});

const PLACES = [
  ...(["entity", "device", "area", "floor", "label", "action", "event"] as const),
  "trigger_key",
] as const;

const RepairAnswer = z.object({
  kind: z.enum(PLACES),
  from: z.string().describe("What is written and leads nowhere"),
  places: z.array(
    z.object({
      kind: z.enum(PLACES),
      id: z.string(),
      path: Path,
      form: z.enum(["value", "key", "in_list_text", "in_template", "printed_by_template"]),
      maybe: z
        .literal(true)
        .exactOptional()
        .describe("A text that the house once had an entity of"),
      action: z.string().exactOptional().describe("Whose target or data it is in"),
      text: z.string().describe("What stands there"),
    }),
  ),
  verdict: z
    .enum(["proposed", "asked", "none"])
    .describe("`asked`: a person must choose; `none`: nothing comes near"),
  to: z.string().exactOptional().describe("Of `proposed`"),
  score: z.number().describe("0 to 1, of the best candidate"),
  reason: z.string(),
  candidates: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        score: z.number().describe("0 to 1"),
        reason: z.string(),
        sure: z.boolean().describe("May be put there without a question, when no other comes near"),
      }),
    )
    .describe("Best first"),
  edits: z.array(Edit).describe("What the proposal changes"),
});

export const RepairsAnswer = z.object({
  repairs: z.array(
    z.object({
      id: z.string().describe("The entity id of the automation"),
      name: z.string(),
      repairs: z.array(RepairAnswer),
      edits: z.array(Edit).describe("All that is proposed"),
    }),
  ),
});

export const TurnedAnswer = z.object({ entityId: z.string(), state: z.enum(["on", "off"]) });
