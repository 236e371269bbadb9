import { z } from "zod";
import { DRAFT_STATUSES } from "#ai/automations/automations.ts";
import { type Json, type JsonMap, SEVERITIES, STAGES } from "#home/automation/automation.ts";
import { DOMAINS } from "#home/automation-config/automation-config.ts";

// What the OpenAPI document says of drafts and what becomes of them. The routes are held to it by `answer`.

export const Path = z
  .array(z.union([z.string(), z.number().int()]))
  .describe("Keys and indexes from the top of the configuration, as it is written");
/** Any JSON object, such as a configuration of Home Assistant. */
export const AnyJson: z.ZodType<Json> = z.any();
export const AnyMap: z.ZodType<JsonMap> = z.record(z.string(), z.any());
export const Facts = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export const at = z.number().describe("Milliseconds since the epoch");

export const Person = z
  .object({
    id: z.string().exactOptional().describe("Of the user; absent for HomeIQ itself"),
    name: z.string(),
  })
  .meta({ id: "Person" });

export const Edit = z
  .union([
    z.object({ path: Path, value: z.unknown() }),
    z.object({ path: Path, renameTo: z.string() }),
    z.object({ path: Path, remove: z.literal(true) }),
  ])
  .meta({ id: "Edit" });

export const Fix = z
  .object({
    words: z.string().describe("What it does, in plain words"),
    edits: z.array(Edit).describe("In order, on the configuration as it was written"),
    score: z
      .number()
      .exactOptional()
      .describe("0 to 1: how sure it is what was meant; absent: certain"),
  })
  .meta({ id: "Fix" });

export const Problem = z
  .object({
    code: z.string().describe("`<stage>.<what>`: stable"),
    stage: z.enum(STAGES),
    severity: z.enum(SEVERITIES),
    path: Path,
    line: z.number().int().exactOptional().describe("Of the text, the first is 1"),
    message: z.string().describe("What is wrong, in plain words"),
    facts: Facts.exactOptional().describe("The values in the message, for other words"),
    fix: Fix.exactOptional().describe("What would mend it"),
  })
  .meta({ id: "Problem" });

export const Diff = z.array(
  z
    .object({
      kind: z.enum(["same", "added", "removed"]),
      text: z.string(),
      lines: z.number().int().describe("How many"),
    })
    .meta({ id: "DiffPart" }),
);

export const reading = z
  .unknown()
  .exactOptional()
  .describe("The typed form, to be said in words; absent when it has errors");

export const DraftAnswer = z
  .object({
    id: z.string(),
    automationId: z
      .string()
      .describe(
        "The id that it has, or will have, in Home Assistant; of a script or scene after `script/` or `scene/`",
      ),
    kind: z.enum(DOMAINS),
    entityId: z.string().exactOptional().describe("What it changes, or became"),
    alias: z.string().exactOptional(),
    source: z.string().describe("YAML or JSON"),
    hash: z.string().describe("To be named by an approval: stands for exactly what is shown"),
    problems: z.array(Problem),
    valid: z.boolean().describe("Whether it may be approved: no problem is an error"),
    elsewhere: z
      .literal(true)
      .exactOptional()
      .describe("HomeIQ cannot write it: a person pastes the text where it is written"),
    diff: Diff.describe("From what stands in Home Assistant to this"),
    reason: z.string().exactOptional(),
    evidence: AnyMap.exactOptional(),
    author: Person,
    status: z.enum(DRAFT_STATUSES),
    failure: z.string().exactOptional().describe("Why the last try to deploy it failed"),
    createdAt: at,
    updatedAt: at,
    reading,
  })
  .meta({ id: "Draft" });

export const DraftsAnswer = z.object({ drafts: z.array(DraftAnswer) });

export const DeployedAnswer = z
  .object({
    state: z
      .enum(["done", "waiting"])
      .describe("`waiting`: Home Assistant is away; it goes on by itself once it is back"),
    automationId: z.string(),
    entityId: z.string().exactOptional(),
    version: z.number().int().exactOptional().describe("The number of the version that it became"),
    already: z.literal(true).exactOptional().describe("It stood there already"),
  })
  .meta({ id: "Deployed" });

export const ApprovedAnswer = z.object({
  results: z
    .array(
      z.union([
        z.object({
          id: z.string(),
          outcome: z.enum(["done", "waiting"]),
          deployed: DeployedAnswer,
        }),
        z.object({
          id: z.string(),
          outcome: z.literal("refused").describe("What stood there stands there still"),
          code: z.string(),
          message: z.string(),
        }),
      ]),
    )
    .describe("Of each draft, in the order of the request"),
});
