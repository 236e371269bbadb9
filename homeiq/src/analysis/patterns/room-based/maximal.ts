import { MINUTE_MS } from "#foundation/time.ts";
import { createCounter } from "../diary/diary.ts";
import type { RoomBased } from "./room-habit.ts";

/** Sets with so many members in common, mostly on the same occasions, tell the same. */
const SAME = { members: 2, share: 0.5 };

/**
 * The largest sets, the likelier to come again first.
 *
 * A part of a larger set is told as well where it is mostly done without the rest.
 */
export function maximal(found: readonly RoomBased[]): RoomBased[] {
  const order = [...found].sort(
    (one, other) => other.members.length - one.members.length || bySay(one, other),
  );
  const kept: RoomBased[] = [];
  for (const one of order) if (!kept.some((other) => isToldBy(other, one))) kept.push(one);
  return kept.sort(bySay);
}

const bySay = (one: RoomBased, other: RoomBased): number =>
  other.confidence - one.confidence ||
  one.chance - other.chance ||
  one.key.localeCompare(other.key);

function isToldBy(other: RoomBased, one: RoomBased): boolean {
  if (one.areaId !== other.areaId) return false;
  const names = new Set(other.members.map(({ entityId, to }) => `${entityId} ${to}`));
  const common = one.members.filter(({ entityId, to }) => names.has(`${entityId} ${to}`)).length;
  return common >= SAME.members && occasionsOf(one, other) >= SAME.share * one.seen.length;
}

/** On how many of its occasions the other was done as well. */
function occasionsOf(one: RoomBased, other: RoomBased): number {
  const near = one.withinMinutes * MINUTE_MS;
  const count = createCounter(Float64Array.from(other.seen, ({ at }) => at));
  return one.seen.filter(({ at }) => count(at - near, at + near) > 0).length;
}
