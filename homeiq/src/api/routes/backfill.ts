import { Hono } from "hono";
import type { Backfill } from "#ingest/backfill/backfill.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { BackfillAnswer } from "../past-answers.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

/** `/api/v1/backfill` */
export const backfillRoutes = ({
  backfill,
}: {
  backfill: Pick<Backfill, "status" | "start" | "pause">;
}) =>
  new Hono<VisitorEnv>()
    .get("/", describe("How far the past was fetched from Home Assistant", BackfillAnswer), (c) =>
      answer(c, backfill.status()),
    )
    .post(
      "/start",
      describe("Starts or goes on, or looks at everything again", BackfillAnswer),
      adminOnly,
      (c) => {
        backfill.start();
        return answer(c, backfill.status());
      },
    )
    .post(
      "/pause",
      describe("Pauses until somebody starts it again", BackfillAnswer),
      adminOnly,
      (c) => {
        backfill.pause();
        return answer(c, backfill.status());
      },
    );
