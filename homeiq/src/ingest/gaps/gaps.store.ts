import { and, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql } from "drizzle-orm";
import type { Db } from "#store/database.ts";
import { gap, listening } from "./gaps.table.ts";

export type GapRow = typeof gap.$inferSelect;

export const findOpenGap = (db: Db): GapRow | undefined =>
  db.select().from(gap).where(isNull(gap.to)).orderBy(desc(gap.id)).get();

export const keepGap = (db: Db, row: Pick<GapRow, "from" | "to" | "reason" | "detail">): void => {
  db.insert(gap).values(row).run();
};

export const closeGap = (
  db: Db,
  id: number,
  end: Partial<Pick<GapRow, "to" | "reason" | "detail">>,
) => {
  db.update(gap).set(end).where(eq(gap.id, id)).run();
};

/** Over, and not closed from anywhere yet, or closed so early that a second look is due; newest first. */
export const listDueGaps = (db: Db, now: number, settledAfterMs: number): GapRow[] =>
  db
    .select()
    .from(gap)
    .where(
      and(
        isNotNull(gap.to),
        or(
          inArray(gap.state, ["open", "filling"]),
          and(
            lt(gap.filledAt, sql`${gap.to} + ${settledAfterMs}`),
            lte(gap.to, now - settledAfterMs),
          ),
        ),
      ),
    )
    .orderBy(desc(gap.from), desc(gap.id))
    .all();

export const keepFill = (
  db: Db,
  id: number,
  fill: Partial<Pick<GapRow, "state" | "filledAt" | "filledChanges" | "filledWithout">>,
): void => {
  db.update(gap).set(fill).where(eq(gap.id, id)).run();
};

export const listGaps = (db: Db, limit: number): GapRow[] =>
  db.select().from(gap).orderBy(desc(gap.from), desc(gap.id)).limit(limit).all();

export const readLastAlive = (db: Db): number | undefined =>
  db.select().from(listening).get()?.lastAliveAt;

export const keepLastAlive = (db: Db, lastAliveAt: number): void => {
  db.insert(listening)
    .values({ id: 1, lastAliveAt })
    .onConflictDoUpdate({ target: listening.id, set: { lastAliveAt } })
    .run();
};
