import type Sqlite from "better-sqlite3";
import { atOf, NO_STATE, type StoredChange } from "../chunk/chunk.ts";
import { packContextId, unpackContextId } from "./context-id.ts";

export {
  chanceOf,
  contextIdOf,
  packContextId,
  splitContextId,
  timeOfUlid,
} from "./context-id.ts";

const TABLES = ["change", "late"] as const;
/** `change` holds what is newer than everything sealed, `late` what came after its time was sealed. */
export type RecentTable = (typeof TABLES)[number];

/** A change that is not sealed yet, with the ids of its context as Home Assistant gave them. */
export interface RecentChange extends Omit<StoredChange, "context"> {
  readonly entityKey: number;
  readonly contextId: string;
  readonly parentId: string;
  readonly userId: string;
}

/** A row of `recent.change` or `recent.late`, in the order of its columns. */
export type RecentRow = [
  id: number,
  entity: number,
  state: string | null,
  old: string | null,
  held: number | null,
  meta: number,
  context: string | null,
  /** `[parent id, user id, attributes as JSON]`, without those at the end that are empty. */
  extra: string | null,
];

const COLUMNS = "id, entity, state, old, held, meta, context, extra";

/** Makes the tables in the file of recent rows. */
export function createRecentTables(database: Sqlite.Database): void {
  for (const table of TABLES) {
    database.exec(
      `create table if not exists recent.${table} (id integer primary key, entity integer not null,
       state text, old text, held integer, meta integer not null, context text, extra text)`,
    );
  }
}

export const insertInto = (table: RecentTable) =>
  `insert into recent.${table} (${COLUMNS}) values (?, ?, ?, ?, ?, ?, ?, ?)`;

export const selectFrom = (table: RecentTable, where: string) =>
  `select ${COLUMNS} from recent.${table} ${where}`;

export function toRow(change: RecentChange): RecentRow {
  const { id, parentId, userId, attributes } = change;
  const extra = [parentId, userId, attributes];
  while (extra.length > 0 && extra.at(-1) === "") extra.pop();
  return [
    id,
    change.entityKey,
    change.state === NO_STATE ? null : change.state,
    change.oldState === NO_STATE ? null : change.oldState,
    change.heldMs < 0 ? null : change.heldMs,
    change.meta,
    change.contextId === "" ? null : packContextId(change.contextId, atOf(id)),
    extra.length === 0 ? null : JSON.stringify(extra),
  ];
}

/** `moved` is a matter of the kind, which the meta holds. */
export function fromRow(row: RecentRow, moves: (meta: number) => boolean): RecentChange {
  const [id, entityKey, state, old, held, meta, context, extra] = row;
  const [parentId = "", userId = "", attributes = ""] = extra === null ? [] : parseExtra(extra);
  return {
    id,
    entityKey,
    state: state ?? NO_STATE,
    oldState: old ?? NO_STATE,
    heldMs: held ?? -1,
    meta,
    moved: moves(meta),
    contextId: context === null ? "" : unpackContextId(context, atOf(id)),
    parentId,
    userId,
    attributes,
  };
}

const parseExtra = (text: string): string[] => JSON.parse(text); // written by `toRow` only
