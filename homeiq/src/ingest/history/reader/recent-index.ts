import type Sqlite from "better-sqlite3";
import { idOf } from "../chunk/chunk.ts";
import { type RecentRow, selectFrom } from "../recent/recent.ts";
import { lowerBound } from "./piece.ts";

/**
 * Which recent rows belong to which entity, in memory: an index in the file would cost a page for each change.
 *
 * Filled from the file at the start, then told of every batch that was stored.
 */
export function createRecentIndex(database: Sqlite.Database, sealedThrough: number) {
  const ids = new Map<number, number[]>();
  const late = new Map<number, RecentRow[]>();
  const unsorted = new Set<number>();
  let count = 0;

  /** Told twice is known once: this thread may have read a row that it is then told of. */
  function add(entityKey: number, id: number): void {
    const known = ids.get(entityKey);
    if (!known) {
      count += 1;
      ids.set(entityKey, [id]);
      return;
    }
    if (id <= (known.at(-1) ?? 0)) {
      const before = sorted(entityKey);
      if (before[lowerBound(before, id)] === id) return;
      unsorted.add(entityKey); // arrived out of order
    }
    count += 1;
    known.push(id);
  }

  function sorted(entityKey: number): number[] {
    const known = ids.get(entityKey) ?? [];
    if (unsorted.delete(entityKey)) known.sort((one, other) => one - other);
    return known;
  }

  for (const [id, entityKey] of database
    .prepare("select id, entity from recent.change where id >= ? order by id")
    .raw(true)
    .iterate(idOf(sealedThrough, 0)) as IterableIterator<[number, number]>) {
    add(entityKey, id);
  }
  const addLate = (row: RecentRow) => {
    const known = late.get(row[1]);
    if (!known) late.set(row[1], [row]);
    else if (!known.some(([id]) => id === row[0])) known.push(row);
  };
  for (const row of database.prepare(selectFrom("late", "")).raw(true).all()) {
    addLate(row as RecentRow);
  }

  return {
    /** Pairs of entity and id, one after the other. */
    stored(pairs: Float64Array): void {
      for (let n = 0; n < pairs.length; n += 2) add(pairs[n] as number, pairs[n + 1] as number);
    },
    storedLate(rows: readonly RecentRow[]): void {
      for (const row of rows) addLate(row);
    },
    /** Forgets what is sealed, and late rows that were merged. */
    sealed(through: number, merged: ReadonlySet<number>): void {
      const border = idOf(through, 0);
      count = 0;
      for (const [entityKey, known] of ids) {
        const kept = sorted(entityKey).slice(lowerBound(known, border));
        if (kept.length === 0) ids.delete(entityKey);
        else ids.set(entityKey, kept);
        count += kept.length;
      }
      if (merged.size === 0) return;
      for (const [entityKey, rows] of late) {
        const kept = rows.filter(([id]) => !merged.has(id));
        if (kept.length === 0) late.delete(entityKey);
        else late.set(entityKey, kept);
      }
    },
    /** Whether this thread was told of the row: one that was written a moment ago may lie in the file already. */
    knows(entityKey: number, id: number): boolean {
      const known = sorted(entityKey);
      return known[lowerBound(known, id)] === id;
    },
    idsOf(entityKey: number, low: number, high: number): number[] {
      const known = sorted(entityKey);
      return known.slice(lowerBound(known, low), lowerBound(known, high));
    },
    late: (entityKey: number): readonly RecentRow[] => late.get(entityKey) ?? [],
    allLate: (): RecentRow[] => [...late.values()].flat(),
    entityKeys: (): number[] => [...ids.keys(), ...late.keys()],
    counts: () => ({
      recent: count,
      late: [...late.values()].reduce((sum, rows) => sum + rows.length, 0),
    }),
  };
}
