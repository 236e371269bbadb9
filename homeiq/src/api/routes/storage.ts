import { Hono } from "hono";
import { z } from "zod";
import { type History, RetentionSchema } from "#ingest/history/history.ts";
import { answer } from "../answer.ts";
import { describe } from "../describe.ts";
import { CostsAnswer, ExcludedAnswer, StorageAnswer } from "../history-answers.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

interface Deps {
  readonly history: Pick<History, "storage" | "costs" | "retention" | "setRetention">;
  /** From now on this entity is not recorded. Throws `conflict` when the filter cannot say so. */
  readonly excludeEntity: (entityId: string) => void;
  readonly requireRecorded: (entityIds: readonly string[]) => readonly string[];
}

const Excluded = z.object({ entityId: z.string().max(255) }).strict();

/** `/api/v1/storage` */
export const storageRoutes = ({ history, excludeEntity, requireRecorded }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("What is stored and how large it is", StorageAnswer), async (c) =>
      answer(c, await history.storage()),
    )
    .get("/costs", describe("What each entity costs on disk", CostsAnswer), async (c) =>
      answer(c, { entities: await history.costs() }),
    )
    .get("/retention", describe("How long what is kept", RetentionSchema), (c) =>
      answer(c, history.retention()),
    )
    .put(
      "/retention",
      describe("Replaces how long what is kept", RetentionSchema),
      adminOnly,
      validate("json", RetentionSchema),
      (c) => {
        history.setRetention(c.req.valid("json"));
        return answer(c, history.retention());
      },
    )
    .post(
      "/exclude",
      describe("Stops recording an entity; what was recorded stays", ExcludedAnswer),
      adminOnly,
      validate("json", Excluded),
      (c) => {
        const { entityId } = c.req.valid("json");
        requireRecorded([entityId]);
        excludeEntity(entityId);
        return answer(c, { entityId });
      },
    );
