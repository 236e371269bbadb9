import { Hono } from "hono";
import { z } from "zod";
import { createLocalDays } from "#analysis/local-days/local-days.ts";
import {
  type KnownPattern,
  PATTERN_KINDS,
  PATTERN_STATUSES,
  type Patterns,
} from "#analysis/patterns/patterns.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { JsonMap } from "#home/automation/automation.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  PatternDetailAnswer,
  PatternRunAnswer,
  PatternStatsAnswer,
  PatternsAnswer,
} from "../pattern-answers.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

const list = <T extends readonly [string, ...string[]]>(values: T) =>
  z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.enum(values)));

const PatternsQuery = z
  .object({
    kind: list(PATTERN_KINDS).optional(),
    status: list(PATTERN_STATUSES).optional(),
    entity: z
      .string()
      .regex(/^[a-z0-9_]+\.[a-z0-9_]+$/, { message: "is no entity" })
      .optional(),
    area: z.string().max(255).optional(),
  })
  .strict();

/** What is said of a pattern in the household's language, and what else is known of it. */
export interface SaidOfPattern {
  readonly text: string;
  readonly areaId?: string;
}

interface Deps {
  readonly patterns: Patterns;
  readonly sayPattern: (known: KnownPattern) => SaidOfPattern;
  /** Which automations bring an entity to a state, by `light.hall on`. */
  readonly whoDoes: () => Promise<ReadonlyMap<string, readonly string[]>>;
  readonly timeZone: () => string;
}

/** `/api/v1/patterns` */
export const patternRoutes = ({ patterns, sayPattern, whoDoes, timeZone }: Deps) =>
  new Hono<VisitorEnv>()
    .get(
      "/",
      describe("What the household does again and again, surest first", PatternsAnswer),
      validate("query", PatternsQuery),
      async (c) => {
        const { kind, status, entity, area } = c.req.valid("query");
        const doing = await whoDoes();
        const found = patterns
          .list(dropAbsent({ kinds: kind, statuses: status, entityId: entity }))
          .map((known) => toAnswer(known, { said: sayPattern(known), doing, timeZone: timeZone() }))
          .filter(({ areaId }) => area === undefined || areaId === area);
        return answer(c, { patterns: found });
      },
    )
    .get("/stats", describe("How the detectors do", PatternStatsAnswer), (c) => {
      const all = patterns.list({ statuses: ["active"] });
      const byKind = Map.groupBy(all, ({ pattern }) => pattern.kind);
      return answer(c, {
        running: patterns.isRunning(),
        ...dropAbsent({ lastRun: patterns.lastRun() }),
        byKind: [...byKind].map(([kind, some]) => ({ kind, patterns: some.length })),
        detectors: patterns.detectors(),
      });
    })
    .post(
      "/detect",
      describe("Looks for patterns now and answers when that is done", PatternRunAnswer),
      adminOnly,
      async (c) => answer(c, await patterns.detect(c.req.raw.signal)),
    )
    .get(
      "/:id",
      describe("One pattern with its evidence and what speaks against it", PatternDetailAnswer),
      async (c) => {
        const known = patterns.get(c.req.param("id"));
        const { seen, missed, entityIds: _, ...facts } = known.pattern;
        return answer(c, {
          ...toAnswer(known, {
            said: sayPattern(known),
            doing: await whoDoes(),
            timeZone: timeZone(),
          }),
          facts: facts as unknown as JsonMap, // what detectors find is plain: it was kept as JSON
          seen: seen.toReversed(),
          missed: missed
            .toReversed()
            .map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10)),
          past: known.past,
        });
      },
    );

const HOURS = 24;

interface Around {
  readonly said: SaidOfPattern;
  readonly doing: ReadonlyMap<string, readonly string[]>;
  readonly timeZone: string;
}

function toAnswer(known: KnownPattern, { said, doing, timeZone }: Around) {
  const { id, pattern, status, past: _, ...rest } = known;
  const { kind, entityIds, confidence, lift, chance, seen } = pattern;
  const person = "person" in pattern ? pattern.person : undefined;
  return {
    ...{ id, kind, status, entityIds, confidence, lift, chance },
    ...rest,
    ...said,
    ...dropAbsent({ person, firstSeenAt: seen[0]?.at, lastSeenAt: seen.at(-1)?.at }),
    heat: heatOf(seen, timeZone),
    automatedBy: "to" in pattern ? (doing.get(`${pattern.entityId} ${pattern.to}`) ?? []) : [],
  };
}

function heatOf(seen: readonly { readonly at: number }[], timeZone: string): number[] {
  const local = createLocalDays(timeZone);
  const heat = Array.from({ length: 7 * HOURS }, () => 0);
  for (const { at } of seen) {
    const { day, msOfDay } = local.wallTime(at);
    const weekday = (day + 3) % 7; // 1970-01-01 was a Thursday
    const hour = weekday * HOURS + Math.floor(msOfDay / HOUR_MS);
    heat[hour] = (heat[hour] ?? 0) + 1;
  }
  return heat;
}
