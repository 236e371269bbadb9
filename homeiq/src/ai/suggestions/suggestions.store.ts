import { desc, eq, inArray } from "drizzle-orm";
import { dropAbsent } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import type { Db } from "#store/database.ts";
import { inOneTransaction } from "#store/in-one-transaction.ts";
import { replaceRows } from "#store/replace-rows.ts";
import type { SuggestionStatus } from "./suggestion.ts";
import { suggestion, suggestionRun } from "./suggestions.table.ts";
import type { Refreshed } from "./suggestions.ts";

export type Row = typeof suggestion.$inferSelect;

/** The rows of suggestions. */
export interface SuggestionStore {
  all(): Row[];
  having(statuses: readonly SuggestionStatus[]): Row[];
  /** Throws `not_found` `suggestions.unknown`. */
  get(id: string): Row;
  keep(row: Row): void;
  keepAll(rows: readonly Row[], run: Refreshed): void;
  lastRun(): Refreshed | undefined;
}

export function createSuggestionStore({ db }: { readonly db: Db }): SuggestionStore {
  const write = (into: Pick<Db, "insert">, rows: readonly Row[]): void =>
    replaceRows(into, { table: suggestion, key: suggestion.id, rows });

  return {
    all: () => db.select().from(suggestion).orderBy(desc(suggestion.total)).all(),
    having: (statuses) =>
      db
        .select()
        .from(suggestion)
        .where(inArray(suggestion.status, [...statuses]))
        .orderBy(desc(suggestion.total), suggestion.id)
        .all(),
    get(id) {
      const row = db.select().from(suggestion).where(eq(suggestion.id, id)).get();
      if (row) return row;
      throw new AppError("not_found", "suggestions.unknown", `There is no suggestion ${id}`);
    },
    keep: (row) => write(db, [row]),
    keepAll(rows, run) {
      inOneTransaction(db, (tx) => {
        write(tx, rows);
        const last = { id: 1, ...run };
        tx.insert(suggestionRun)
          .values(last)
          .onConflictDoUpdate({ target: suggestionRun.id, set: last })
          .run();
      });
    },
    lastRun() {
      const row = db.select().from(suggestionRun).get();
      if (!row) return undefined;
      const { id: _id, ...run } = row;
      return run;
    },
  };
}

/** In another status from now on; what is not changed stays. */
export function become(
  row: Row,
  status: SuggestionStatus,
  { at, by, reason, ...more }: Partial<Row> & { at: number; by?: string; reason?: string },
): Row {
  const change = { at, status, ...dropAbsent({ by, reason }) };
  return { ...row, ...more, status, history: [...row.history, change], updatedAt: at };
}
