import { Hono } from "hono";
import type { Backfill } from "#ingest/backfill/backfill.ts";
import { describe } from "../describe.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

/** `/api/v1/backfill` */
export const backfillRoutes = ({
  backfill,
}: {
  backfill: Pick<Backfill, "status" | "start" | "pause">;
}) =>
  new Hono<VisitorEnv>()
    .get("/", describe("How far the past was fetched from Home Assistant"), (c) =>
      c.json(backfill.status()),
    )
    .post("/start", describe("Starts or goes on, or looks at everything again"), adminOnly, (c) => {
      backfill.start();
      return c.json(backfill.status());
    })
    .post("/pause", describe("Pauses until somebody starts it again"), adminOnly, (c) => {
      backfill.pause();
      return c.json(backfill.status());
    });
