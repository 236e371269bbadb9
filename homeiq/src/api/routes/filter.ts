import { Hono } from "hono";
import { z } from "zod";
import { type EntityFilter, Filter } from "#ingest/filter/filter.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { type FilterPreview, FilterPreviewAnswer } from "../system-answers.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

interface Deps {
  readonly filter: EntityFilter;
  readonly preview: (filter: Filter) => Promise<FilterPreview>;
}

/** `/api/v1/filter` */
export const filterRoutes = ({ filter, preview }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("Which entities are recorded", Filter), (c) => answer(c, filter.current()))
    .post(
      "/preview",
      describe("What a filter would leave out", FilterPreviewAnswer),
      validate("json", z.object({ filter: Filter })),
      async (c) => answer(c, await preview(c.req.valid("json").filter)),
    )
    .put("/", describe("Replaces the filter", Filter), adminOnly, validate("json", Filter), (c) => {
      filter.replace(c.req.valid("json"));
      return answer(c, filter.current());
    });
