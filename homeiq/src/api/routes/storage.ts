import { Hono } from "hono";
import { z } from "zod";
import { describe } from "../describe.ts";
import { CostsAnswer, RetentionBody, StorageAnswer } from "../history-answers.ts";
import type { HistorySource, Retention } from "../history-source.ts";
import { validate } from "../validate.ts";
import { adminOnly, type VisitorEnv } from "../visitor.ts";

/** How long what is kept. */
export interface RetentionSetting {
  current(): Retention;
  /** Holds from the next run of the retention job on. */
  replace(retention: Retention): void | Promise<void>;
}

interface Deps {
  readonly history: Pick<HistorySource, "storage" | "costs">;
  readonly retention: RetentionSetting;
  /** From now on this entity is not recorded. Throws `conflict` when the filter cannot say so. */
  readonly excludeEntity: (entityId: string) => void;
  readonly requireKnown: (entityIds: readonly string[]) => readonly string[];
}

const Excluded = z.object({ entityId: z.string().max(255) }).strict();

/** `/api/v1/storage` */
export const storageRoutes = ({ history, retention, excludeEntity, requireKnown }: Deps) =>
  new Hono<VisitorEnv>()
    .get("/", describe("What is stored and how large it is", StorageAnswer), async (c) =>
      c.json(await history.storage()),
    )
    .get("/costs", describe("What each entity costs on disk", CostsAnswer), async (c) =>
      c.json({ entities: await history.costs() }),
    )
    .get("/retention", describe("How long what is kept", RetentionBody), (c) =>
      c.json(retention.current()),
    )
    .put(
      "/retention",
      describe("Replaces how long what is kept", RetentionBody),
      adminOnly,
      validate("json", RetentionBody),
      async (c) => {
        await retention.replace(c.req.valid("json"));
        return c.json(retention.current());
      },
    )
    .post(
      "/exclude",
      describe("Stops recording an entity; what was recorded stays", Excluded),
      adminOnly,
      validate("json", Excluded),
      (c) => {
        const { entityId } = c.req.valid("json");
        requireKnown([entityId]);
        excludeEntity(entityId);
        return c.json({ entityId });
      },
    );
