import { eq, isNull } from "drizzle-orm";
import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
import { automationTest } from "./automations.table.ts";
import type { Remembered } from "./restore.ts";

export interface OpenTests {
  /** Before anything is touched, so that a crash in the middle is found. */
  begin(test: { readonly scene: string; readonly remembered: readonly Remembered[] }): number;
  get(id: number): readonly Remembered[];
  end(id: number): void;
  unfinished(): readonly { readonly id: number; readonly scene: string }[];
}

/** What tests must bring back. */
export const createOpenTests = ({ db, clock }: { db: Db; clock: Clock }): OpenTests => ({
  begin: ({ scene, remembered }) =>
    db
      .insert(automationTest)
      .values({ scene, remembered, startedAt: clock.now() })
      .returning({ id: automationTest.id })
      .get().id,
  get: (id) =>
    db.select().from(automationTest).where(eq(automationTest.id, id)).get()?.remembered ?? [],
  end(id) {
    db.update(automationTest)
      .set({ endedAt: clock.now(), remembered: [] })
      .where(eq(automationTest.id, id))
      .run();
  },
  unfinished: () =>
    db
      .select({ id: automationTest.id, scene: automationTest.scene })
      .from(automationTest)
      .where(isNull(automationTest.endedAt))
      .all(),
});
