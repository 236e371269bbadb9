import { z } from "zod";
import type { Danger, DryRun, DryStep, Tested } from "#ai/automations/automations.ts";
import { AnyJson, AnyMap, Path } from "./automation-draft-answers.ts";

// What the OpenAPI document says of trying automations. Each is held to the type that is really answered.

const Step = z
  .object({
    path: Path,
    kind: z.enum([
      ...(["call", "delay", "wait", "condition", "event", "device", "scene", "repeat"] as const),
      ...(["choose", "if", "parallel", "sequence", "variables", "stop", "response"] as const),
      "unknown",
    ]),
    action: z.string().exactOptional().describe("Of a call, such as `light.turn_on`"),
    entityIds: z
      .array(z.string())
      .describe("What it would be aimed at, areas and devices resolved"),
    data: AnyMap.exactOptional(),
    missing: z.array(z.string()).describe("Entities that are named but do not exist"),
    holds: z.boolean().exactOptional().describe("Of a condition: whether it holds now"),
    untold: z.string().exactOptional().describe("Why that cannot be told"),
    written: AnyMap.exactOptional().describe("The action as written, when it is neither"),
  })
  .meta({ id: "DryStep" }) satisfies z.ZodType<DryStep>;

export const DryRunAnswer = z
  .object({
    conditions: z.array(Step).describe("Of the automation itself, as they stand now"),
    steps: z.array(Step),
    entityIds: z.array(z.string()).describe("What all steps are aimed at, each once"),
    dangers: z.array(
      z.object({
        path: Path,
        kind: z.enum([
          ...(["lock", "alarm", "opening", "water", "heating", "siren", "system"] as const),
          ...(["everything", "unknown_target"] as const),
        ]),
        entityId: z.string().exactOptional(),
        action: z.string().exactOptional(),
      }) satisfies z.ZodType<Danger>,
    ),
    scene: z
      .array(
        z.object({
          entityId: z.string(),
          exists: z.boolean(),
          changes: z
            .array(
              z.object({
                name: z.string().describe("`state`, or an attribute that scenes set"),
                from: AnyJson.exactOptional().describe("Absent when it has none now"),
                to: AnyJson,
              }),
            )
            .describe("Empty when it is like that already"),
        }),
      )
      .exactOptional()
      .describe("Of a scene: what would change now, entity by entity"),
  })
  .meta({ id: "DryRun" }) satisfies z.ZodType<DryRun>;

export const TestedAnswer = z
  .object({
    outcome: z.enum(["finished", "failed", "timed_out", "aborted"]),
    failure: z.string().exactOptional().describe("In Home Assistant's words"),
    ranMs: z.number().describe("Milliseconds"),
    shortened: z.array(Path).describe("Where it waited less or repeated less often than written"),
    entities: z.array(
      z.object({
        entityId: z.string(),
        before: z.string().describe("Its state"),
        during: z.string().exactOptional().describe("When the actions had run"),
        after: z.string().exactOptional(),
        restored: z.boolean(),
      }),
    ),
  })
  .meta({ id: "Tested" }) satisfies z.ZodType<Tested>;

export const TriggeredAnswer = z.object({
  ended: z.boolean().describe("False: it goes on"),
});
