import { Hono } from "hono";
import { z } from "zod";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Gap } from "#ingest/gaps/gaps.ts";
import { type History, type Span, STATISTIC_PERIODS } from "#ingest/history/history.ts";
import { answer, answerJson } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  ActivityAnswer,
  HistoryAnswer,
  StatesAnswer,
  StatisticsAnswer,
} from "../history-answers.ts";
import { limitActivity, limitHistory, limitStatistics } from "../history-limits.ts";
import { count, entityList, moment, validate } from "../validate.ts";

const Range = { from: moment.optional(), to: moment.optional() };

const HistoryQuery = z
  .object({ ...Range, entity: entityList, points: count(5000, 500).removeDefault().optional() })
  .strict();
const StatisticsQuery = z
  .object({ ...Range, entity: entityList, period: z.enum(STATISTIC_PERIODS).default("hour") })
  .strict();
const StatesQuery = z.object({ at: moment, entity: entityList }).strict();
const ActivityQuery = z
  .object({ ...Range, entity: entityList, by: z.enum(["people", "all"]).default("all") })
  .strict();

interface Deps {
  readonly clock: Clock;
  readonly history: Pick<History, "historyJson" | "statisticsJson" | "stateAt" | "activity">;
  readonly timeZone: () => string;
  readonly gaps: (limit: number) => readonly Gap[];
  /** Recorded at some time. */
  readonly isRecorded: (entityId: string) => boolean;
}

/** `/api/v1/history`, `/statistics`, `/states` and `/analytics` */
export const historyRoutes = ({ clock, history, timeZone, gaps, isRecorded }: Deps) => {
  const rangeOf = toRange(clock);
  const known = requireRecorded(isRecorded);
  const named = (ids: readonly string[] | undefined) => known(requireSome(ids));

  return new Hono()
    .get(
      "/history",
      describe(
        "The course of entities: every change, or `points` buckets with min and max",
        HistoryAnswer,
      ),
      validate("query", HistoryQuery),
      async (c) => {
        const { entity, points, ...range } = c.req.valid("query");
        const query = { ...rangeOf(range), entityIds: named(entity), ...dropAbsent({ points }) };
        limitHistory(query);
        const missed = gapsIn(gaps(MOST_GAPS), query);
        return answerJson(c, await history.historyJson({ ...query, gaps: missed }));
      },
    )
    .get(
      "/statistics",
      describe("Mean, extremes, rise and time in each state by period", StatisticsAnswer),
      validate("query", StatisticsQuery),
      async (c) => {
        const { entity, period, ...range } = c.req.valid("query");
        const query = { ...rangeOf(range), entityIds: named(entity), period };
        limitStatistics(query);
        const json = await history.statisticsJson({ ...query, timeZone: timeZone() });
        return answerJson(c, json);
      },
    )
    .get(
      "/states",
      describe("The states that held at a moment", StatesAnswer),
      validate("query", StatesQuery),
      async (c) => {
        const { at, entity } = c.req.valid("query");
        const entityIds = entity && known(entity);
        return answer(c, {
          at,
          states: await history.stateAt({ at, ...dropAbsent({ entityIds }) }),
        });
      },
    )
    .get(
      "/analytics",
      describe(
        "How much happens by weekday and hour, area, device class and entity",
        ActivityAnswer,
      ),
      validate("query", ActivityQuery),
      async (c) => {
        const { entity, by, ...range } = c.req.valid("query");
        const query = { ...rangeOf(range), by, timeZone: timeZone() };
        limitActivity(query);
        const entityIds = entity && known(entity);
        return answer(c, await history.activity({ ...query, ...dropAbsent({ entityIds }) }));
      },
    );
};

const MOST_GAPS = 1_000;

const gapsIn = (gaps: readonly Gap[], { from, to }: Span) =>
  gaps
    .filter((gap) => gap.from < to && (gap.to ?? to) > from)
    .map((gap) => dropAbsent({ from: gap.from, to: gap.to, reason: gap.reason }));

/** The last day, unless one of the ends is given. Throws `invalid` when it does not begin before it ends. */
export const toRange =
  (clock: Clock) =>
  ({ from, to = clock.now() }: { from?: number | undefined; to?: number | undefined }) => {
    const start = from ?? Math.max(0, to - DAY_MS);
    if (start < to) return { from: start, to };
    throw new AppError("invalid", "request.invalid", "from must be before to", {
      facts: { from: start, to },
    });
  };

/** Throws `not_found` with the names of those that were never recorded. */
export const requireRecorded =
  (isRecorded: (entityId: string) => boolean) =>
  (entityIds: readonly string[]): readonly string[] => {
    const unknown = entityIds.filter((entityId) => !isRecorded(entityId));
    if (unknown.length === 0) return entityIds;
    throw new AppError(
      "not_found",
      "history.unknown_entity",
      `Nothing was ever recorded of ${unknown.map((entityId) => `"${entityId}"`).join(", ")}`,
      { facts: { entityIds: unknown } },
    );
  };

function requireSome(entityIds: readonly string[] | undefined): readonly string[] {
  if (entityIds) return entityIds;
  throw new AppError("invalid", "request.invalid", "entity: name at least one, at most 200");
}
