import { z } from "zod";
import type {
  Adjustable,
  BackTested,
  Explanation,
  Interleaving,
  Tried,
} from "#ai/automation-review/automation-review.ts";
import { OUTCOMES } from "#analysis/replay/replay.ts";
import { CAUSE_KINDS } from "#ingest/normalize/normalize.ts";
import { AnyMap, at, Path } from "./automation-draft-answers.ts";

// What the OpenAPI document says of automations played over the past. Each is held to the type that is answered.

const count = z.number().int();

const Effect = z.object({
  entityId: z.string(),
  from: z.string().exactOptional().describe("Its state at that moment; absent when it was unknown"),
  to: z.string(),
});

const Run = z
  .object({
    automation: count.describe("Its index among those that were played"),
    at,
    order: count.describe("Among all runs and calls, to put those of one moment in order"),
    trigger: z.object({
      index: count,
      id: z.string(),
      description: z.string().describe("`state of binary_sensor.hall`"),
      entityId: z.string().exactOptional(),
    }),
    outcome: z.enum(OUTCOMES),
    endedAt: at,
    calls: z.array(
      z.object({
        at,
        order: count,
        action: z.string().describe("`light.turn_on`"),
        entityIds: z.array(z.string()),
        data: AnyMap.describe("With its templates rendered"),
        effects: z.array(Effect).describe("Of those entities whose change is modelled"),
      }),
    ),
    why: z.string().exactOptional().describe("Why it did not run to its end"),
    steps: z
      .array(
        z.object({
          path: z.string().describe("`action/0`"),
          at,
          result: z.record(z.string(), z.unknown()).exactOptional(),
          words: z.string().exactOptional(),
        }),
      )
      .exactOptional(),
  })
  .meta({ id: "ReplayedRun" });

const Deed = z
  .object({
    at,
    entityId: z.string(),
    from: z.string().exactOptional(),
    to: z.string(),
    cause: z.enum(CAUSE_KINDS),
    by: z.string().exactOptional().describe("A user id, or the entity id of what did it"),
  })
  .meta({ id: "Deed" });

const Cannots = z
  .array(
    z
      .object({
        automation: count,
        path: z.string().describe("`triggers/0`"),
        why: z.string(),
        isApproximate: z.literal(true).exactOptional().describe("Replayed, but not exactly"),
      })
      .meta({ id: "Cannot" }),
  )
  .describe("What history cannot tell");

const judged = {
  matched: count.describe("Runs: a person did the same"),
  annoying: count.describe("Runs: a person wanted the opposite"),
  idle: count.describe("Runs: everything was so already"),
  unasked: count.describe("Runs: nobody did the same, nobody objected"),
};

export const BackTestAnswer = z.object({
  from: at,
  to: at.describe("Exclusive, milliseconds since the epoch"),
  runs: z
    .array(
      z.object({
        run: Run,
        verdict: z.enum(["matched", "annoying", "idle", "unasked"]),
        deeds: z.array(Deed).describe("What people did that decided it"),
        machines: z.array(Deed).describe("What others did with the same entities around that time"),
      }),
    )
    .describe("Those that did something, the newest 2,000; the counts are of all"),
  outcomes: z.partialRecord(z.enum(OUTCOMES), count).describe("Of every run"),
  refused: z.array(Run).describe("Those that did nothing, the newest 500"),
  missed: z.array(Deed).describe("What people did that it would have done, with no run near"),
  ...judged,
  calls: count,
  cannot: Cannots,
}) satisfies z.ZodType<Omit<BackTested, "automation">>;

export const WhatIfAnswer = z.object({
  found: z.array(
    z.object({
      value: z.number(),
      ...judged,
      runs: count.describe("How many did something"),
      missed: count,
    }) satisfies z.ZodType<Tried>,
  ),
});

export const AdjustablesAnswer = z.object({
  adjustables: z.array(
    z.object({
      path: Path.describe("In the typed form: names this place"),
      field: z.enum(["above", "below", "for", "at", "after", "before", "delay", "timeout"]),
      kind: z.enum(["number", "duration", "time"]),
      value: z
        .number()
        .describe(
          "In the entity's unit; `duration`: milliseconds; `time`: milliseconds after midnight",
        ),
      entityIds: z.array(z.string()).describe("Whose number it is"),
      at: Path,
    }) satisfies z.ZodType<Adjustable>,
  ),
});

export const AdjustedAnswer = z.object({ source: z.string() });

export const InterleavingAnswer = z.object({
  count: count.describe("How many meetings there were"),
  meetings: z
    .array(
      z.object({
        steps: z.array(
          z.object({
            at,
            automation: count.describe("Its index in the request"),
            trigger: z.string().describe("What had started the run"),
            action: z.string(),
            effects: z.array(Effect),
          }),
        ),
        contrary: z.array(z.string()).describe("Entities that were brought to different states"),
      }),
    )
    .describe("Those that disagree first, then newest first"),
}) satisfies z.ZodType<Interleaving>;

export const ExplanationAnswer = z.object({
  at,
  summary: z.string().describe("One sentence"),
  run: Run.exactOptional().describe("That began near the moment"),
  refused: z.array(Run).describe("Triggered near the moment, and kept from running"),
  triggers: z.array(
    z.object({
      index: count,
      id: z.string(),
      lastFiredAt: at.exactOptional(),
      words: z.string().describe("What it saw, and what it waits for"),
      cannot: z.string().exactOptional().describe("Why history cannot tell"),
    }),
  ),
  conditions: z
    .array(
      z.object({
        path: z.string().describe("`condition/0/conditions/1`"),
        holds: z.boolean().exactOptional().describe("Absent: disabled, or it cannot be said"),
        words: z.string(),
      }),
    )
    .describe("As they stood at the moment"),
  next: Run.exactOptional().describe("The first one after the moment"),
  cannot: Cannots,
}) satisfies z.ZodType<Explanation>;
