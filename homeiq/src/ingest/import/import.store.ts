import { desc, eq } from "drizzle-orm";
import type { Db } from "#store/database.ts";
import { pastImport } from "./import.table.ts";

export type ImportRow = typeof pastImport.$inferSelect;

export const listImports = (db: Db, limit: number): ImportRow[] =>
  db.select().from(pastImport).orderBy(desc(pastImport.id)).limit(limit).all();

/** The last one that reads the same. */
export const findImport = (db: Db, label: string): ImportRow | undefined =>
  db
    .select()
    .from(pastImport)
    .where(eq(pastImport.label, label))
    .orderBy(desc(pastImport.id))
    .get();

export const addImport = (db: Db, row: Omit<ImportRow, "id">): ImportRow =>
  db.insert(pastImport).values(row).returning().get();

export const keepImport = (db: Db, id: number, row: Partial<ImportRow>): void => {
  db.update(pastImport).set(row).where(eq(pastImport.id, id)).run();
};

/** Those that a process left behind when it ended. */
export const markInterrupted = (db: Db, finishedAt: number): void => {
  db.update(pastImport)
    .set({ state: "interrupted", finishedAt })
    .where(eq(pastImport.state, "running"))
    .run();
};
