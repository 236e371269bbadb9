import type { Write } from "#store/database.ts";

/** Rows that must be in the store before what names them. */
export interface PendingRows {
  add(row: readonly unknown[]): void;
  /** Goes with every write until one of them is durable: a write that fails takes nothing with it. */
  writes(): Write[];
  /** These writes are durable. */
  stored(writes: readonly Write[]): void;
}

/** The statement must bear to be run again with the same rows. */
export function createPendingRows(sql: string): PendingRows {
  let waiting: (readonly unknown[])[] = [];
  let storedRows = 0;
  const ends = new WeakMap<Write, number>();
  return {
    add: (row) => void waiting.push(row),
    writes() {
      if (waiting.length === 0) return [];
      const write: Write = { sql, rows: waiting.slice() };
      ends.set(write, storedRows + waiting.length);
      return [write];
    },
    stored(writes) {
      for (const write of writes) {
        const end = ends.get(write) ?? 0;
        if (end <= storedRows) continue;
        waiting = waiting.slice(end - storedRows);
        storedRows = end;
      }
    },
  };
}
