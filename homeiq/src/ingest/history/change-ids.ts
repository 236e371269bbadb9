import type { Db } from "#store/database.ts";
import { atOf, idOf, orderOf } from "./chunk/chunk.ts";

const MOST_REMEMBERED = 60_000; // moments; what is forgotten is in the store: fewer may wait for the disk
const FORGOTTEN_AT_ONCE = 5_000;
const LATE_ORDERS = 2_048; // the upper half of the orders belongs to what comes after its time

/** Gives every change an id that no other has. */
export interface ChangeIds {
  /** For a change of a time that is not sealed yet. */
  next(at: number): number;
  /** For a change that comes after its time was sealed. */
  late(entityKey: number, at: number): number;
}

/**
 * An order of its own for changes that come after their time was sealed: it is made of the entity, so that it
 * is the same however often the change is imported, and meets no order that was given out live.
 */
export const lateIdOf = (entityKey: number, at: number): number =>
  idOf(at, LATE_ORDERS + (entityKey % LATE_ORDERS));

export function createChangeIds(db: Db): ChangeIds {
  const orders = new Map<number, number>();
  let newestStored = newest();
  const late = new Set(
    (db.$client.prepare("select id from recent.late").raw(true).all() as [number][]).map(
      ([id]) => id,
    ),
  );

  function newest(): number {
    const row = db.$client.prepare("select max(id) from recent.change").raw(true).get() as [
      number | null,
    ];
    return row[0] === null ? 0 : atOf(row[0]);
  }

  /** A moment from before this start, or one that was forgotten: stored rows may have it. */
  function storedOrders(at: number): number {
    const row = db.$client
      .prepare("select max(id) from recent.change where id >= ? and id < ?")
      .raw(true)
      .get(idOf(at, 0), idOf(at, LATE_ORDERS)) as [number | null];
    return row[0] === null ? 0 : orderOf(row[0]) + 1;
  }

  /** The past that is added meanwhile has ids of the same kind. */
  const isStoredLate = (id: number): boolean =>
    db.$client.prepare("select 1 from recent.late where id = ?").get(id) !== undefined;

  return {
    next(at) {
      const order = orders.get(at) ?? (at <= newestStored ? storedOrders(at) : 0);
      if (order >= LATE_ORDERS) return this.next(at + 1); // two thousand in a millisecond: the next is near
      orders.set(at, order + 1);
      if (orders.size > MOST_REMEMBERED) forgetOldest();
      return idOf(at, order);
    },
    late(entityKey, at) {
      let id = lateIdOf(entityKey, at);
      while (late.has(id) || isStoredLate(id)) id += 1;
      late.add(id);
      if (late.size > MOST_REMEMBERED) for (const old of oldest(late)) late.delete(old);
      return id;
    },
  };

  function forgetOldest(): void {
    for (const at of oldest(orders)) {
      orders.delete(at);
      newestStored = Math.max(newestStored, at);
    }
  }
}

const oldest = (known: { keys(): Iterator<number> }): number[] =>
  Iterator.from(known.keys()).take(FORGOTTEN_AT_ONCE).toArray();
