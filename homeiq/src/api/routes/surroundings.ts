import { Hono } from "hono";
import { z } from "zod";
import { TOPICS } from "#enrichment/provider.ts";
import type { Surroundings } from "#enrichment/surroundings/surroundings.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { OverviewAnswer, TestAnswer, TopicAnswer } from "../surroundings-answers.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

interface Deps {
  readonly surroundings: Pick<Surroundings, "overview" | "topic" | "test">;
}

const TopicParam = z.object({ topic: z.enum(TOPICS) });
const ProviderParam = z.object({ provider: z.string().max(64) });

/** `/api/v1/surroundings` */
export const surroundingsRoutes = ({ surroundings }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("What is true outside, by topic", OverviewAnswer), (c) =>
      answer(c, surroundings.overview()),
    )
    .get(
      "/:topic",
      describe("One topic with its curves", TopicAnswer),
      validate("param", TopicParam),
      (c) => answer(c, surroundings.topic(c.req.valid("param").topic)),
    )
    .post(
      "/:provider/test",
      describe("Asks a provider now and says what came back", TestAnswer),
      adminOnly,
      validate("param", ProviderParam),
      async (c) => answer(c, await surroundings.test(c.req.valid("param").provider)),
    );
