import { Hono } from "hono";
import { z } from "zod";
import { TOPICS } from "#enrichment/provider.ts";
import { CURVE_TOPICS, type Surroundings } from "#enrichment/surroundings/surroundings.ts";
import { dropAbsent, present } from "#foundation/absent.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import {
  CurveAnswer,
  GameEventsAnswer,
  OccupancyAnswer,
  OverviewAnswer,
  TestAnswer,
  TopicAnswer,
  WindowAnswer,
} from "../surroundings-answers.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

interface Deps {
  readonly surroundings: Omit<Surroundings, "latest" | "at" | keyof Disposable>;
}

const TopicParam = z.object({ topic: z.enum(TOPICS) });
const CurveParam = z.object({ topic: z.enum(CURVE_TOPICS) });
const WindowQuery = z
  .object({
    hours: z.coerce.number().min(0.25).max(48),
    from: z.coerce.number().int().positive().optional(),
    to: z.coerce.number().int().positive().optional(),
  })
  .strict();
const ProviderParam = z.object({ provider: z.string().max(64) });

/** `/api/v1/surroundings` */
export const surroundingsRoutes = ({ surroundings }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("What is true outside, by topic", OverviewAnswer), (c) =>
      answer(c, surroundings.overview()),
    )
    .get(
      "/sports/events",
      describe("What happened last in the games that are followed", GameEventsAnswer),
      (c) => c.json({ events: surroundings.gameEvents() }),
    )
    .get(
      "/calendar/occupancy",
      describe(
        "Who is probably at home, by the calendars, and how right that was",
        OccupancyAnswer,
      ),
      async (c) => c.json(await surroundings.occupancy()),
    )
    .get(
      "/:topic",
      describe("One topic with its curves", TopicAnswer),
      validate("param", TopicParam),
      (c) => answer(c, surroundings.topic(c.req.valid("param").topic)),
    )
    .get(
      "/:topic/curve",
      describe("Price or carbon now, today and tomorrow", CurveAnswer),
      validate("param", CurveParam),
      (c) => answer(c, present("curve", surroundings.curve(c.req.valid("param").topic))),
    )
    .get(
      "/:topic/window",
      describe("The cheapest, or greenest, stretch of so many hours", WindowAnswer),
      validate("param", CurveParam),
      validate("query", WindowQuery),
      (c) => {
        const wish = dropAbsent(c.req.valid("query"));
        return answer(c, present("window", surroundings.window(c.req.valid("param").topic, wish)));
      },
    )
    .post(
      "/:provider/test",
      describe("Asks a provider now and says what came back", TestAnswer),
      adminOnly,
      validate("param", ProviderParam),
      async (c) => answer(c, await surroundings.test(c.req.valid("param").provider)),
    );
