import type Sqlite from "better-sqlite3";
import { prepareOnce } from "#store/statements.ts";
import { atOf, idOf, LAST_ORDER, orderOf } from "../chunk/chunk.ts";
import { chanceOf, timeOfUlid } from "../recent/recent.ts";

/** What is known of a context that is worth a second look. */
interface Use {
  readonly time: number;
  readonly entities: Set<number>;
  parentId: string;
  userId: string;
}

/** What is asked of a context while sealing: who it belongs to. */
export interface ContextUse {
  /** The part of the id beside its moment; "" for none. */
  readonly chance: string;
  readonly time: number;
  readonly entityKey: number;
  readonly parentId: string;
  readonly userId: string;
}

/**
 * Decides which contexts are worth keeping, and keeps them.
 *
 * Most changes of a house are a sensor's, each in a context of its own that nothing else refers to: its id is
 * ten bytes of chance that tell nothing. It is kept when a second change shares it, when it has a parent or
 * a person, or when something else names it as its parent.
 */
export function createContextBook(database: Sqlite.Database) {
  const prepare = prepareOnce(database);
  // Nearly all are met once and never again: of those only a line in two columns is kept.
  const lines = new Map<string, number>();
  const times: number[] = [];
  const entitiesOfLine: number[] = [];
  const uses = new Map<string, Use>();
  const parents = new Set<string>();
  const keys = new Map<string, number>();

  function findKey(time: number, chance: string): number | undefined {
    const row = prepare("select key from context where key >= ? and key <= ? and id = ?")
      .raw(true)
      .get(idOf(time, 0), idOf(time, LAST_ORDER), chance) as [number] | undefined;
    return row?.[0];
  }

  function ensure(time: number, chance: string, use?: Use): number {
    const known = keys.get(chance);
    if (known !== undefined) return known;
    const found = findKey(time, chance);
    const key = found ?? nextKey(time);
    keys.set(chance, key);
    if (found === undefined) {
      prepare("insert into context (key, id, user_id, entities) values (?, ?, ?, ?)").run(
        key,
        chance,
        use?.userId || null,
        JSON.stringify([...(use?.entities ?? [])]),
      );
    }
    // Only now: a parent of the same millisecond takes the key after this one.
    const parentKey = use?.parentId ? ensureParent(use.parentId, time) : null;
    if (found !== undefined && use) addTo(key, use, parentKey);
    else if (parentKey !== null) {
      prepare("update context set parent_key = ? where key = ?").run(parentKey, key);
    }
    return key;
  }

  /** A parent may be among what is being sealed, and come later in the list. */
  function ensureParent(parentId: string, time: number): number {
    const chance = chanceOf(parentId);
    return ensure(timeOfUlid(parentId) ?? time, chance, uses.get(chance));
  }

  function addTo(key: number, use: Use, parentKey: number | null): void {
    const { entities } = prepare("select entities from context where key = ?").get(key) as {
      entities: string;
    };
    const all = new Set<number>([...JSON.parse(entities), ...use.entities]);
    prepare(
      `update context set entities = ?, parent_key = coalesce(parent_key, ?),
       user_id = coalesce(user_id, ?) where key = ?`,
    ).run(JSON.stringify([...all]), parentKey, use.userId || null, key);
  }

  function useOf(chance: string): Use {
    const known = uses.get(chance);
    if (known) return known;
    const line = lines.get(chance) ?? 0;
    const use: Use = {
      time: times[line] ?? 0,
      entities: new Set([entitiesOfLine[line] ?? 0]),
      parentId: "",
      userId: "",
    };
    uses.set(chance, use);
    return use;
  }

  function nextKey(time: number): number {
    const row = prepare("select max(key) from context where key >= ? and key <= ?")
      .raw(true)
      .get(idOf(time, 0), idOf(time, LAST_ORDER)) as [number | null];
    return row[0] === null ? idOf(time, 0) : idOf(atOf(row[0]), orderOf(row[0]) + 1);
  }

  return {
    see({ chance, time, entityKey, parentId, userId }: ContextUse): void {
      if (chance === "") return;
      const line = lines.get(chance);
      if (line === undefined) {
        lines.set(chance, times.length);
        times.push(time);
        entitiesOfLine.push(entityKey);
        if (parentId === "" && userId === "") return;
      }
      const use = useOf(chance);
      use.entities.add(entityKey);
      use.parentId ||= parentId;
      use.userId ||= userId;
      if (parentId) parents.add(chanceOf(parentId));
    },
    /** Something that is not sealed yet names this as its parent. */
    seeParent(parentId: string): void {
      parents.add(chanceOf(parentId));
    },
    /** Writes what is worth keeping. Inside a transaction of the caller. */
    keep(): void {
      for (const parent of parents) if (lines.has(parent)) useOf(parent);
      for (const [chance, use] of uses) ensure(use.time, chance, use);
    },
    /** After `keep`: the key for a change, 0 when its context was not kept. */
    keyOf: (chance: string): number => keys.get(chance) ?? 0,
  };
}
