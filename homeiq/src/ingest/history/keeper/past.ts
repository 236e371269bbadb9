import type Sqlite from "better-sqlite3";
import { flush } from "#store/files.ts";
import { atOf, idOf, type StoredChange } from "../chunk/chunk.ts";
import { dayOf } from "../chunk-key.ts";
import { insertInto, type RecentRow, selectFrom } from "../recent/recent.ts";
import type { Chunks } from "./chunks.ts";
import { createContextBook } from "./contexts.ts";
import { mergeDay } from "./merge.ts";
import { readProgress, toDraft } from "./seal.ts";

const SAME_MS = 2;

export interface AddedPast {
  readonly added: number;
  readonly known: number;
  /** Rows that wait in `recent.late` now, for the reader. */
  readonly late: readonly RecentRow[];
}

/** Keeps rows of the past: where their time is sealed in chunks, else among the late rows. */
export function addPast(
  database: Sqlite.Database,
  chunks: Chunks,
  rows: readonly RecentRow[],
): AddedPast {
  const progress = readProgress(database);
  const border = idOf(progress?.sealedThrough ?? 0, 0);
  const sealed = mergeRows(
    database,
    chunks,
    rows.filter((row) => row[0] < border && !isRecent(chunks, row)), // it may wait to be merged
  );
  const open = rows.filter(([id]) => id >= border);
  const late = keepLate(
    database,
    chunks,
    withoutTwins(open.filter((row) => !isRecent(chunks, row))),
  );
  const added = sealed.added + late.length;
  return { added, known: rows.length - added, late };
}

/** Rows of one call, oldest first within an entity, without those that are in it twice. */
function withoutTwins(rows: readonly RecentRow[]): RecentRow[] {
  const last = new Map<string, number>();
  return rows.filter(([id, entityKey, state]) => {
    const name = `${entityKey} ${state}`;
    const before = last.get(name);
    if (before !== undefined && atOf(id) - before <= SAME_MS) return false;
    last.set(name, atOf(id));
    return true;
  });
}

/** Puts rows among the late ones, each with an id that no other has. */
export function keepLate(
  database: Sqlite.Database,
  chunks: Chunks,
  rows: readonly RecentRow[],
): RecentRow[] {
  const isTaken = (id: number) =>
    chunks.prepare("select 1 from recent.late where id = ?").get(id) !== undefined;
  return database
    .transaction(() =>
      rows.map(([wanted, ...rest]): RecentRow => {
        let id = wanted;
        while (isTaken(id)) id += 1;
        chunks.prepare(insertInto("late")).run(id, ...rest);
        return [id, ...rest];
      }),
    )
    .immediate();
}

function isRecent(chunks: Chunks, [id, entityKey, state]: RecentRow): boolean {
  const from = idOf(atOf(id) - SAME_MS, 0);
  const to = idOf(atOf(id) + SAME_MS + 1, 0);
  return (["change", "late"] as const).some((table) =>
    chunks
      .prepare(selectFrom(table, "where id >= ? and id < ? and entity = ? and state is ?"))
      .get(from, to, entityKey, state),
  );
}

/** Merges rows into the sealed days they belong to. */
export function mergeRows(
  database: Sqlite.Database,
  chunks: Chunks,
  rows: readonly RecentRow[],
): { added: number; known: number } {
  if (rows.length === 0) return { added: 0, known: 0 };
  const progress = readProgress(database) ?? { sealedThrough: 0, compactedThrough: 0 };
  const book = createContextBook(database);
  const drafts = rows.map((row) => ({ entityKey: row[1], draft: toDraft(row, chunks, book) }));
  database.transaction(() => book.keep()).immediate();
  const days = Map.groupBy(
    drafts,
    ({ entityKey, draft }) => `${entityKey} ${dayOf(atOf(draft.id))}`,
  );
  let added = 0;
  let known = 0;
  for (const [, group] of days) {
    const entityKey = group[0]?.entityKey ?? 0;
    const changes: StoredChange[] = group.map(({ draft: { chance, ...rest } }) => ({
      ...rest,
      context: book.keyOf(chance),
    }));
    const span = { entityKey, day: dayOf(atOf(changes[0]?.id ?? 0)), ...progress };
    const merged = mergeDay(database, chunks, span, changes);
    added += merged.added.length;
    known += merged.known;
  }
  return { added, known };
}

/** Merges the late rows whose time is sealed by now. Answers their ids. */
export function mergeLate(database: Sqlite.Database, chunks: Chunks): number[] {
  const border = idOf(readProgress(database)?.sealedThrough ?? 0, 0);
  const rows = database
    .prepare(selectFrom("late", "where id < ? order by id limit 50000"))
    .raw(true)
    .all(border) as RecentRow[];
  mergeRows(database, chunks, rows);
  flush(database); // before the only other copy goes
  const drop = database.prepare("delete from recent.late where id = ?");
  database
    .transaction(() => {
      for (const [id] of rows) drop.run(id);
    })
    .immediate();
  return rows.map(([id]) => id);
}
