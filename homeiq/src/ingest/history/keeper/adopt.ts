import type Sqlite from "better-sqlite3";
import { present } from "#foundation/absent.ts";
import type { CauseKind, ChangeKind } from "#ingest/normalize/normalize.ts";
import { textOf } from "../change-meta.ts";
import { idOf } from "../chunk/chunk.ts";
import { insertInto, packContextId, type RecentRow } from "../recent/recent.ts";
import type { Chunks } from "./chunks.ts";
import { mergeRows } from "./past.ts";
import { readProgress } from "./seal.ts";

const ROWS_PER_STEP = 20_000;

interface OldRow {
  readonly id: number;
  readonly entity_key: number;
  readonly at: number;
  readonly kind: ChangeKind;
  readonly old_state: string | null;
  readonly new_state: string | null;
  readonly unit: string | null;
  readonly held_ms: number | null;
  readonly context_id: string;
  readonly context_parent_id: string | null;
  readonly context_user_id: string | null;
  readonly changed_attributes: string | null;
  readonly cause: CauseKind;
  readonly cause_confidence: number;
  readonly cause_by: string | null;
  readonly cause_by_name: string | null;
  readonly cause_root: CauseKind | null;
  readonly override: number | null;
}

/**
 * Takes over the rows of a database that kept one row per change, and empties their table.
 *
 * In steps, each of which is merged before its rows are deleted: a run that was killed goes on where it was,
 * and what it had merged already is known. What is not to be sealed yet, from a clock that was ahead, waits.
 */
export function adoptRows(database: Sqlite.Database, chunks: Chunks): number {
  const read = database.prepare("select * from state_change order by at, id limit ?");
  // A moment is never split: the order within it is the same each time, and so are the ids.
  const readRest = database.prepare(
    "select * from state_change where at = ? and id > ? order by id",
  );
  const drop = database.prepare("delete from state_change where at <= ?");
  const border = idOf(readProgress(database)?.sealedThrough ?? 0, 0);
  const keep = database.prepare(`${insertInto("late")} on conflict (id) do nothing`);
  const keepForLater = database.transaction((rows: readonly RecentRow[]) => {
    for (const row of rows) keep.run(...row);
  }).immediate;
  let adopted = 0;
  for (;;) {
    const rows = read.all(ROWS_PER_STEP) as OldRow[];
    const last = rows.at(-1);
    if (!last) return adopted;
    rows.push(...(readRest.all(last.at, last.id) as OldRow[]));
    const orders = new Map<number, number>();
    const taken = rows.map((row) => toRecentRow(row, metaKeyOf, orders));
    mergeRows(
      database,
      chunks,
      taken.filter(([id]) => id < border),
    );
    keepForLater(taken.filter(([id]) => id >= border));
    drop.run(last.at);
    adopted += rows.length;
  }

  function metaKeyOf(row: OldRow): number {
    const text = textOf({
      kind: row.kind,
      cause: {
        kind: row.cause,
        confidence: row.cause_confidence,
        ...present("by", row.cause_by),
        ...present("byName", row.cause_by_name),
        ...present("rootKind", row.cause_root),
        ...(row.override ? { override: true as const } : {}),
      },
      ...present("unit", row.unit),
    });
    const known = chunks.prepare("select key from change_meta where text = ?").get(text) as
      | { key: number }
      | undefined;
    if (known) return known.key;
    const { lastInsertRowid } = chunks
      .prepare("insert into change_meta (text) values (?)")
      .run(text);
    return Number(lastInsertRowid);
  }
}

function toRecentRow(
  row: OldRow,
  metaKeyOf: (row: OldRow) => number,
  orders: Map<number, number>,
): RecentRow {
  const order = orders.get(row.at) ?? 0;
  orders.set(row.at, order + 1);
  const extra = [
    row.context_parent_id ?? "",
    row.context_user_id ?? "",
    row.changed_attributes ?? "",
  ];
  return [
    idOf(row.at, order),
    row.entity_key,
    row.new_state,
    row.old_state,
    row.held_ms,
    metaKeyOf(row),
    row.context_id === "" ? null : packContextId(row.context_id, row.at),
    extra.some((text) => text !== "") ? JSON.stringify(extra) : null,
  ];
}
