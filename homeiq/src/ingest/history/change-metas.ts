import type { Db } from "#store/database.ts";
import { type ChangeMeta, textOf } from "./change-meta.ts";
import { changeMeta } from "./history.table.ts";
import { createPendingRows, type PendingRows } from "./pending-rows.ts";

/** Gives every distinct meta a small number, for ever. */
export interface ChangeMetas {
  keyOf(meta: ChangeMeta): number;
  /** Rows that must be written before a change that names their key. */
  readonly pending: PendingRows;
}

const INSERT = "insert or ignore into change_meta (key, text) values (?, ?)";

export function createChangeMetas(db: Db): ChangeMetas {
  const keys = new Map<string, number>();
  let lastKey = 0;
  for (const { key, text } of db.select().from(changeMeta).all()) {
    keys.set(text, key);
    lastKey = Math.max(lastKey, key);
  }
  const pending = createPendingRows(INSERT);
  return {
    keyOf(meta) {
      const text = textOf(meta);
      const known = keys.get(text);
      if (known !== undefined) return known;
      lastKey += 1;
      keys.set(text, lastKey);
      pending.add([lastKey, text]);
      return lastKey;
    },
    pending,
  };
}
