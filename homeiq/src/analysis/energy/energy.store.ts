import { and, gte, lt } from "drizzle-orm";
import { present } from "#foundation/absent.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { energyProgress, energyStep } from "./energy.table.ts";
import type { Step } from "./steps.ts";

export interface Progress {
  readonly meter: string;
  readonly doneUntil: number;
}

export function readProgress(db: Db): Progress | undefined {
  const row = db.select().from(energyProgress).get();
  return row && { meter: row.meter, doneUntil: row.doneUntil };
}

/** Adds steps and says how far it got, in one transaction; another meter's steps go. */
export function keepSteps(
  db: Db,
  {
    steps,
    progress,
    forgetBefore,
  }: { steps: readonly Step[]; progress: Progress; forgetBefore: number },
): void {
  inOneTransaction(db, (tx) => {
    const known = tx.select().from(energyProgress).get();
    if (known && known.meter !== progress.meter) tx.delete(energyStep).run();
    tx.delete(energyStep).where(lt(energyStep.at, forgetBefore)).run();
    for (const { at, until, beforeW, afterW, noiseW, leadMs, parts } of steps) {
      tx.insert(energyStep)
        .values({ at, until, beforeW, afterW, noiseW, leadMs: leadMs ?? null, parts })
        .run();
    }
    const row = { id: 1, ...progress };
    tx.insert(energyProgress)
      .values(row)
      .onConflictDoUpdate({ target: energyProgress.id, set: row })
      .run();
  });
}

/** Oldest first. */
export function readSteps(db: Db, { from, to }: { from: number; to: number }): Step[] {
  return db
    .select()
    .from(energyStep)
    .where(and(gte(energyStep.at, from), lt(energyStep.at, to)))
    .orderBy(energyStep.at)
    .all()
    .map(({ id: _, leadMs, ...row }) => ({
      ...row,
      stepW: row.afterW - row.beforeW,
      ...present("leadMs", leadMs),
    }));
}
