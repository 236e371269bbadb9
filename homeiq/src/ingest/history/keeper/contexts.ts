import type Sqlite from "better-sqlite3";
import { prepareOnce } from "#store/statements.ts";
import { atOf, idOf, LAST_ORDER, orderOf } from "../chunk/chunk.ts";
import { chanceOf, timeOfUlid } from "../recent/recent.ts";

/** One context as it is met in the changes that are being sealed. */
interface Use {
  readonly time: number;
  readonly entities: Set<number>;
  count: number;
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
    const parentTime = use?.parentId ? (timeOfUlid(use.parentId) ?? time) : 0;
    const parentKey = use?.parentId ? ensure(parentTime, chanceOf(use.parentId)) : null;
    if (found === undefined) {
      prepare(
        "insert into context (key, id, parent_key, user_id, entities) values (?, ?, ?, ?, ?)",
      ).run(
        key,
        chance,
        parentKey,
        use?.userId || null,
        JSON.stringify([...(use?.entities ?? [])]),
      );
    } else if (use) addTo(key, use, parentKey);
    return key;
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

  function nextKey(time: number): number {
    const row = prepare("select max(key) from context where key >= ? and key <= ?")
      .raw(true)
      .get(idOf(time, 0), idOf(time, LAST_ORDER)) as [number | null];
    return row[0] === null ? idOf(time, 0) : idOf(atOf(row[0]), orderOf(row[0]) + 1);
  }

  return {
    see({ chance, time, entityKey, parentId, userId }: ContextUse): void {
      if (chance === "") return;
      const use = uses.get(chance);
      if (!use) {
        uses.set(chance, { time, entities: new Set([entityKey]), count: 1, parentId, userId });
      } else {
        use.count += 1;
        use.entities.add(entityKey);
        use.parentId ||= parentId;
        use.userId ||= userId;
      }
      if (parentId) parents.add(chanceOf(parentId));
    },
    /** Something that is not sealed yet names this as its parent. */
    seeParent(parentId: string): void {
      parents.add(chanceOf(parentId));
    },
    /** Writes what is worth keeping. Inside a transaction of the caller. */
    keep(): void {
      for (const [chance, use] of uses) {
        const isKept = use.count > 1 || use.parentId || use.userId || parents.has(chance);
        if (isKept) ensure(use.time, chance, use);
      }
    },
    /** After `keep`: the key for a change, 0 when its context was not kept. */
    keyOf: (chance: string): number => keys.get(chance) ?? 0,
  };
}
