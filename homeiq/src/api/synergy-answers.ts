import { z } from "zod";
import {
  BENEFIT_KINDS,
  OUTSIDE_NODES,
  SYNERGY_NEEDS,
  SYNERGY_STATUSES,
  SYNERGY_TYPES,
} from "#analysis/synergies/synergies.ts";
import { AnyMap } from "./automation-draft-answers.ts";

// What the OpenAPI document says of answers about synergies.

const Moment = z.number().int();
const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number() });
const BenefitKind = z.enum(BENEFIT_KINDS);
const Type = z.enum(SYNERGY_TYPES);

const known = {
  id: z.string(),
  type: Type,
  status: z.enum(SYNERGY_STATUSES),
  /** Said in the household's language. */
  title: z.string(),
  text: z.string(),
  /** What acts first. */
  entityIds: z.array(z.string()),
  areaId: z.string().exactOptional(),
  /** Their names are in the inventory; one of `outside` is what it is: the price, the weather, a game. */
  nodes: z.array(
    z.union([
      z.object({ kind: z.literal("entity"), id: z.string() }),
      z.object({ kind: z.literal("outside"), id: z.enum(OUTSIDE_NODES) }),
    ]),
  ),
  edges: z.array(
    z.object({ from: z.string(), to: z.string(), joins: z.enum(["sets_off", "when", "with"]) }),
  ),
  benefits: z.array(
    z.object({
      kind: BenefitKind,
      perWeek: Estimate,
      days: z.number().int(),
      daysWithSome: z.number().int(),
    }),
  ),
  /** `value` is `sure` times `worth`: the low end of the range of `n` of `of`, and `perWeek / (perWeek + half)`. */
  score: z.object({
    value: z.number(),
    sure: z.number(),
    n: z.number().int(),
    of: z.number().int(),
    worth: z.number(),
    by: z.object({ kind: BenefitKind, perWeek: z.number(), half: z.number() }).exactOptional(),
  }),
  firstFoundAt: Moment,
  lastFoundAt: Moment,
};

export const SynergiesAnswer = z.object({ synergies: z.array(z.object(known)) });

export const SynergyDetailAnswer = z.object({
  ...known,
  /** How often it was seen of the times that it could have been; the last times, newest first. */
  measured: z.object({
    n: z.number().int(),
    of: z.number().int(),
    from: Moment,
    to: Moment,
    seen: z.array(z.object({ at: Moment, entityId: z.string() })),
  }),
  /** What its type says beside this. */
  facts: AnyMap,
});

export const SynergyRunAnswer = z.object({
  startedAt: Moment,
  durationMs: z.number(),
  from: Moment,
  to: Moment,
  found: z.number().int(),
  automated: z.number().int(),
  missing: z.array(z.object({ type: Type, needs: z.enum(SYNERGY_NEEDS) })),
});

export const SynergyStatsAnswer = z.object({
  running: z.boolean(),
  active: z.number().int(),
  gone: z.number().int(),
  byType: z.array(z.object({ type: Type, synergies: z.number().int() })),
  lastRun: SynergyRunAnswer.exactOptional(),
});
