import type { HomeEntity, HomeSnapshot } from "./snapshot.ts";

/** A snapshot in plain values, without its entities: those follow by themselves. */
export type SnapshotFrame = Omit<HomeSnapshot, "entities" | "former">;

const AT_ONCE = 100; // about two milliseconds of copying, with all that they say of themselves

/** Gives the entities of a home away, some at a time: thousands at once would keep everybody else waiting. */
export async function handOver(
  { entities, former: _, ...frame }: HomeSnapshot,
  take: (some: readonly HomeEntity[]) => Promise<void>,
): Promise<SnapshotFrame> {
  const all = [...entities.values()];
  for (let place = 0; place < all.length; place += AT_ONCE) {
    await take(all.slice(place, place + AT_ONCE));
  }
  return frame;
}

/** The other end: puts together what was handed over. What the house no longer has is not known there. */
export function receiveSnapshot() {
  const entities = new Map<string, HomeEntity>();
  return {
    take(some: readonly HomeEntity[]): void {
      for (const one of some) entities.set(one.entityId, one);
    },
    whole: (frame: SnapshotFrame): HomeSnapshot => ({
      ...{ ...frame, entities },
      former: () => undefined,
    }),
  };
}
