import type { Db } from "#store/database.ts";
import { backfill } from "./backfill.table.ts";

type Row = typeof backfill.$inferSelect;

/** How far the one run is; fields of the row that are `null` are absent here. */
export interface Run {
  readonly state: "running" | "paused" | "done" | "failed";
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly to: number;
  readonly from?: number;
  readonly doneFrom: number;
  readonly statisticsDoneFrom?: number;
  readonly entities: number;
  readonly changes: number;
  readonly statistics: number;
  readonly errorCode?: string;
}

/** `undefined` before the first start. */
export function readRun(db: Db): Run | undefined {
  const row = db.select().from(backfill).get();
  if (!row) return undefined;
  const { id: _, ...fields } = row;
  const known = Object.entries(fields).filter(([, value]) => value !== null);
  return Object.fromEntries(known) as unknown as Run; // written by `keepRun` only
}

export function keepRun(db: Db, run: Run): void {
  const row: Row = {
    id: 1,
    ...run,
    finishedAt: run.finishedAt ?? null,
    from: run.from ?? null,
    statisticsDoneFrom: run.statisticsDoneFrom ?? null,
    errorCode: run.errorCode ?? null,
  };
  db.insert(backfill).values(row).onConflictDoUpdate({ target: backfill.id, set: row }).run();
}
