import type Sqlite from "better-sqlite3";
import { type ChangeMeta, metaOf } from "./change-meta.ts";

/** A row whose meta is missing says at least that a state changed; nobody knows why. */
const UNKNOWN = '["state","unknown",0]';

/** Looks metas up by their key, each once; for the threads that do not give the keys out. */
export function createMetaReader(prepare: (sql: string) => Sqlite.Statement) {
  const metas = new Map<number, ChangeMeta>();

  function metaFor(key: number): ChangeMeta {
    const known = metas.get(key);
    if (known) return known;
    const row = prepare("select text from change_meta where key = ?").get(key) as
      | { text: string }
      | undefined;
    const meta = metaOf(row?.text ?? UNKNOWN);
    if (row) metas.set(key, meta); // what is missing may be written yet
    return meta;
  }

  return {
    metaFor,
    /** Whether such a change moves the state, so that durations count from it. */
    moves(key: number): boolean {
      const { kind } = metaFor(key);
      return kind !== "attributes" && kind !== "removed";
    },
  };
}
