import { Hono } from "hono";
import { z } from "zod";
import { type EntityFilter, Filter } from "#ingest/filter/filter.ts";
import { describe } from "../describe.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

/** What a filter would have left out. */
export interface FilterPreview {
  readonly entities: {
    readonly total: number;
    readonly dropped: number;
    readonly sample: readonly {
      readonly entityId: string;
      readonly name: string;
      readonly reason: string;
    }[];
  };
  /** Of the last 24 hours. */
  readonly changes: { readonly total: number; readonly dropped: number; readonly period: "24h" };
}

interface Deps {
  readonly filter: EntityFilter;
  readonly preview: (filter: Filter) => Promise<FilterPreview>;
}

/** `/api/v1/filter` */
export const filterRoutes = ({ filter, preview }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("Which entities are recorded", Filter), (c) => c.json(filter.current()))
    .post(
      "/preview",
      describe("What a filter would leave out"),
      validate("json", z.object({ filter: Filter })),
      async (c) => c.json(await preview(c.req.valid("json").filter)),
    )
    .put("/", describe("Replaces the filter", Filter), adminOnly, validate("json", Filter), (c) => {
      filter.replace(c.req.valid("json"));
      return c.json(filter.current());
    });
