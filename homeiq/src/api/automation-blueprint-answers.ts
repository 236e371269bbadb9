import { z } from "zod";
import type { UsedInput } from "#home/automation-config/automation-config.ts";
import { AnyJson, AnyMap, reading } from "./automation-draft-answers.ts";

// What the OpenAPI document says of what is made of a blueprint. Held to what is really answered.

const Input = z
  .object({
    key: z.string(),
    name: z.string().exactOptional(),
    description: z.string().exactOptional(),
    default: AnyJson.exactOptional().describe("Absent: it must be given"),
    selector: AnyMap.exactOptional().describe("As Home Assistant has it: `{entity: {domain: …}}`"),
    value: AnyJson.exactOptional().describe("What is given; absent: the default holds"),
  })
  .meta({ id: "BlueprintInput" }) satisfies z.ZodType<UsedInput>;

export const BlueprintAnswer = z.object({
  blueprint: z
    .object({
      path: z.string(),
      name: z.string().describe("Its path when it is not installed"),
      description: z.string().exactOptional(),
      inputs: z.array(Input).describe("In the order of the blueprint"),
      problem: z
        .string()
        .exactOptional()
        .describe("Why nothing comes of it, in Home Assistant's words"),
      yaml: z.string().exactOptional().describe("What comes of it"),
      reading,
    })
    .meta({ id: "UsedBlueprint" })
    .exactOptional()
    .describe("Absent: it is made of none"),
});
