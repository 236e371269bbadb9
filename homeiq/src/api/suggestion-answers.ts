import { z } from "zod";
import {
  DISMISS_REASONS,
  FACTORS,
  SUGGESTION_ACTIONS,
  SUGGESTION_SOURCES,
  SUGGESTION_STATUSES,
} from "#ai/suggestions/suggestions.ts";
import { at, Problem, reading } from "./automation-draft-answers.ts";

// What the OpenAPI document says of suggestions. The routes are held to it by `answer`.

const Recipient = z.object({ action: z.string(), entityId: z.string().exactOptional() });
const SlotValue = z.union([
  z.string(),
  z.number(),
  z.array(z.string()),
  z.array(Recipient).describe("Who is told, and how"),
]);

const Choice = z
  .object({
    slot: z.string().describe("Its name in `chosen`"),
    kind: z.enum(["entity", "number", "period", "time", "option", "notify"]),
    label: z.string(),
    value: SlotValue.exactOptional().describe(
      "Absent: nothing is chosen. Periods and times of day are milliseconds",
    ),
    options: z.array(z.object({ value: SlotValue, text: z.string() })).exactOptional(),
    unit: z.string().exactOptional(),
    min: z.number().exactOptional(),
    max: z.number().exactOptional(),
    ask: z.boolean().describe("It must be looked at before it can be accepted"),
    many: z.boolean(),
  })
  .meta({ id: "SuggestionChoice" });

const count = z.number().int();
const BackTest = z
  .union([
    z.object({ state: z.literal("pending") }),
    z.object({
      state: z.literal("done"),
      testedAt: at,
      from: at,
      to: at,
      runs: count.describe("Those that did something"),
      matched: count.describe("A person did the same by hand"),
      annoying: count.describe("A person wanted the opposite"),
      idle: count.describe("Everything was so already"),
      unasked: count.describe("Nobody did the same, and nobody objected"),
      missed: count.describe("What people did by hand with no run near"),
    }),
    z.object({ state: z.literal("failed"), testedAt: at, code: z.string() }),
  ])
  .meta({ id: "SuggestionBackTest" });

export const SuggestionAnswer = z
  .object({
    id: z.string(),
    source: z.enum(SUGGESTION_SOURCES),
    action: z.enum(SUGGESTION_ACTIONS).describe("What a yes does"),
    status: z.enum(SUGGESTION_STATUSES),
    title: z.string(),
    text: z.string(),
    explanation: z.array(z.string()).describe("What speaks for it and against it"),
    entityIds: z.array(z.string()),
    areaId: z.string().exactOptional(),
    automationIds: z.array(z.string()).describe("What it would change or take away"),
    patternIds: z.array(z.string()),
    synergyId: z.string().exactOptional(),
    templateId: z.string().exactOptional(),
    kind: z
      .string()
      .describe("A kind of pattern or synergy, a category of templates, the code of a finding"),
    score: z.object({
      total: z.number().describe("The product of its factors"),
      factors: z.array(z.object({ name: z.enum(FACTORS), value: z.number(), why: z.string() })),
    }),
    whyNow: z.string().exactOptional(),
    caution: z.string().exactOptional().describe("Why one should look at it more closely"),
    saving: z
      .object({
        value: z.number(),
        low: z.number(),
        high: z.number(),
        unit: z.string(),
        days: z.number().describe("Over so many"),
      })
      .exactOptional(),
    chart: z.array(
      z.object({
        at,
        minute: z.number().describe("After midnight, on the wall's clock"),
        is: z.enum(["seen", "missed"]),
      }),
    ),
    backTest: BackTest.exactOptional(),
    draft: z
      .object({
        kind: z.enum(["automation", "scene"]),
        yaml: z.string().exactOptional().describe("Absent: something must be chosen first"),
        problems: z.array(Problem),
        reading,
      })
      .exactOptional(),
    choices: z.array(Choice),
    draftId: z.string().exactOptional(),
    automationId: z.string().exactOptional().describe("The entity id, once it stands there"),
    history: z
      .array(
        z.object({
          at,
          status: z.enum(SUGGESTION_STATUSES),
          by: z.string().exactOptional().describe("Who; absent: HomeIQ"),
          reason: z.string().exactOptional(),
        }),
      )
      .describe("Oldest first"),
    snoozedUntil: at.exactOptional(),
    dismissReason: z.enum(DISMISS_REASONS).exactOptional(),
    firstFoundAt: at,
    updatedAt: at,
  })
  .meta({ id: "Suggestion" });

export const RefreshedAnswer = z
  .object({
    at,
    found: count,
    opened: count,
    expired: count,
    open: count,
    waiting: count.describe("Found, and shown when others are answered"),
  })
  .meta({ id: "SuggestionsRefreshed" });

export const SuggestionsAnswer = z.object({
  suggestions: z.array(SuggestionAnswer),
  lastRefresh: RefreshedAnswer.exactOptional().describe("Absent: not looked for yet"),
});

const OutcomeAnswer = z
  .object({
    source: z.enum(SUGGESTION_SOURCES).exactOptional(),
    kind: z.string().exactOptional(),
    shown: count,
    accepted: count,
    dismissed: count,
    deployed: count,
    kept: count.describe("Of those due, those that still stand"),
    due: count.describe("Deployed at least 30 days ago"),
    undone: count,
    overrides: count.describe("How often people undid what they did"),
    runs: count,
    acceptance: z
      .object({ value: z.number(), low: z.number(), high: z.number() })
      .exactOptional()
      .describe("Of those answered; between low and high in 95 of 100 cases"),
  })
  .meta({ id: "SuggestionOutcome" });

export const OutcomesAnswer = z.object({
  all: OutcomeAnswer,
  bySource: z.array(OutcomeAnswer),
  byKind: z.array(OutcomeAnswer),
});
