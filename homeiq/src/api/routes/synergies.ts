import { Hono } from "hono";
import { z } from "zod";
import {
  type KnownSynergy,
  SYNERGY_STATUSES,
  SYNERGY_TYPES,
  type Synergies,
} from "#analysis/synergies/synergies.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  SynergiesAnswer,
  SynergyDetailAnswer,
  SynergyRunAnswer,
  SynergyStatsAnswer,
} from "../synergy-answers.ts";
import { commaList, validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

const SynergiesQuery = z
  .object({
    type: commaList(z.enum(SYNERGY_TYPES)),
    status: commaList(z.enum(SYNERGY_STATUSES)),
    entity: z
      .string()
      .regex(/^[a-z0-9_]+\.[a-z0-9_]+$/, { message: "is no entity" })
      .optional(),
    area: z.string().max(255).optional(),
  })
  .strict();

/** What is said of a synergy in the household's language. */
export interface SaidOfSynergy {
  readonly title: string;
  readonly text: string;
}

interface Deps {
  readonly synergies: Synergies;
  readonly saySynergy: (known: KnownSynergy) => SaidOfSynergy;
}

/** `/api/v1/synergies` */
export const synergyRoutes = ({ synergies, saySynergy }: Deps) =>
  new Hono<VisitorEnv>()
    .get(
      "/",
      describe("What things of the home could do together, the best first", SynergiesAnswer),
      validate("query", SynergiesQuery),
      (c) => {
        const { type, status, entity, area } = c.req.valid("query");
        const filter = { types: type, statuses: status, entityId: entity, areaId: area };
        const found = synergies.list(dropAbsent(filter));
        return answer(c, { synergies: found.map((known) => toAnswer(known, saySynergy(known))) });
      },
    )
    .get("/stats", describe("How many there are, and what is missing", SynergyStatsAnswer), (c) => {
      const { byType, ...stats } = synergies.stats();
      return answer(c, {
        running: synergies.isRunning(),
        ...stats,
        byType: SYNERGY_TYPES.map((type) => ({ type, synergies: byType[type] })),
      });
    })
    .post(
      "/find",
      describe("Looks for synergies now and answers when that is done", SynergyRunAnswer),
      adminOnly,
      async (c) => answer(c, await synergies.find(c.req.raw.signal)),
    )
    .get("/:id", describe("One synergy with what was measured", SynergyDetailAnswer), (c) => {
      const known = synergies.get(c.req.param("id"));
      const { measured, facts } = known.synergy;
      const { type: _, ...rest } = facts;
      return answer(c, {
        ...toAnswer(known, saySynergy(known)),
        measured,
        facts: rest as unknown as JsonMap, // plain: it was kept as JSON
      });
    });

function toAnswer({ synergy, ...life }: KnownSynergy, said: SaidOfSynergy) {
  const { facts, measured: _, ...rest } = synergy;
  return { ...rest, type: facts.type, ...said, ...life };
}
