import { Hono } from "hono";
import { z } from "zod";
import type { Surroundings } from "#enrichment/surroundings/surroundings.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { type History, STATS_PERIODS, type StatsPeriod } from "#ingest/history/history.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  EventDetailAnswer,
  EventPageAnswer,
  EventStatsAnswer,
  TraceAnswer,
} from "../history-answers.ts";
import { commaList, count, eventFields, validate } from "../validate.ts";

const Query = z
  .object({
    entity: commaList(z.string()),
    ...eventFields,
    limit: count(500, 100),
    cursor: z.string().max(64).optional(),
  })
  .strict()
  .refine(({ from, to }) => from === undefined || to === undefined || from < to, {
    message: "from must be before to",
  });

const StatsQuery = z
  .object({
    period: z.enum(Object.keys(STATS_PERIODS) as [StatsPeriod, ...StatsPeriod[]]).default("1h"),
  })
  .strict();

/** A ULID of Home Assistant, or whatever another program put there. */
const ContextId = z.object({
  contextId: z.string().regex(/^[\w-]{1,64}$/, { message: "is not the id of a context" }),
});

const Id = z.object({ id: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER) });

/** `/api/v1/events` */
export const eventRoutes = ({
  history,
  surroundings,
}: {
  history: Pick<History, "events" | "event" | "stats" | "trace">;
  surroundings: Pick<Surroundings, "at">;
}) =>
  new Hono()
    .get(
      "/",
      describe("State changes, newest first", EventPageAnswer),
      validate("query", Query),
      async (c) => answer(c, await history.events(dropAbsent(c.req.valid("query")))),
    )
    .get(
      "/stats",
      describe("How much happened", EventStatsAnswer),
      validate("query", StatsQuery),
      async (c) => answer(c, await history.stats(c.req.valid("query").period)),
    )
    .get(
      "/trace/:contextId",
      describe("Everything with this context, and what it led to", TraceAnswer),
      validate("param", ContextId),
      async (c) => answer(c, await history.trace(c.req.valid("param").contextId)),
    )
    .get(
      "/:id",
      describe("One state change, and what was true outside at its moment", EventDetailAnswer),
      validate("param", Id),
      async (c) => {
        const event = await history.event(c.req.valid("param").id);
        return answer(c, { ...event, surroundings: await surroundings.at(event.at) });
      },
    );
