import { Hono } from "hono";
import type { Backup } from "#ingest/backup/backup.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { ReadyAnswer } from "../system-answers.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

/** `/api/v1/backup`: asked by the hooks that the Supervisor runs around a backup. */
export const backupRoutes = ({ backup }: { backup: Backup }) =>
  new Hono<VisitorEnv>()
    .post(
      "/begin",
      describe("Makes the files fit to be copied", ReadyAnswer),
      adminOnly,
      async (c) => {
        await backup.begin();
        return answer(c, { ready: true });
      },
    )
    .post("/end", describe("Lets the files go on", ReadyAnswer), adminOnly, async (c) => {
      await backup.end();
      return answer(c, { ready: false });
    });
