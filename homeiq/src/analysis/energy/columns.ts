import { quantileOf } from "./series.ts";
import type { Step } from "./steps.ts";

/** One unknown of the sum of all steps: watts of a device switched on, or of its level from 0 to 1. */
export interface Column {
  readonly entityIds: readonly string[];
  readonly of: "on" | "level";
}

/** Which columns took part in a step, and by how much. */
export type Row = readonly { readonly column: number; readonly by: number }[];

export interface Design {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const MOST_COLUMNS = 160;
const LEAST_ALONE = 3;
const LEAST_ALONE_SHARE = 0.15; // switched alone less often, two devices cannot be told apart
const LEVEL_SPREAD = 0.2; // levels closer together say nothing of how power depends on them
const LEAST_LEVELS = 8;

/** Columns of all devices; those that always switch with another one share theirs. */
export function designOf(steps: readonly Step[]): Design {
  const groups = groupsOf(steps);
  const columns: Column[] = [];
  const places = new Map<string, { on: number; level?: number }>();
  for (const entityIds of groups.slice(0, MOST_COLUMNS)) {
    const place: { on: number; level?: number } = { on: columns.push({ entityIds, of: "on" }) - 1 };
    if (entityIds.length === 1 && hasLevels(entityIds[0] as string, steps)) {
      place.level = columns.push({ entityIds, of: "level" }) - 1;
    }
    for (const entityId of entityIds) places.set(entityId, place);
  }
  return { columns, rows: steps.map((step) => rowOf(step, places)) };
}

function rowOf({ parts }: Step, places: ReadonlyMap<string, { on: number; level?: number }>): Row {
  const sums = new Map<number, number>();
  const add = (column: number, by: number) => sums.set(column, (sums.get(column) ?? 0) + by);
  const seen = new Set<string>();
  for (const { entityId, turned, levelFrom, levelTo } of parts) {
    const place = places.get(entityId);
    if (!place) continue;
    // Of devices that share a column one speaks for all.
    const key = `${place.on} ${turned}`;
    const speaks = place.level !== undefined || !seen.has(key);
    seen.add(key);
    if (speaks) add(place.on, turned);
    if (place.level !== undefined) add(place.level, levelTo - levelFrom);
  }
  return [...sums].flatMap(([column, by]) => (by === 0 ? [] : [{ column, by }]));
}

function hasLevels(entityId: string, steps: readonly Step[]): boolean {
  const levels = steps.flatMap(({ parts }) =>
    parts
      .filter((part) => part.entityId === entityId)
      .map((part) => part.levelTo || part.levelFrom),
  );
  return (
    levels.length >= LEAST_LEVELS &&
    quantileOf(levels, 0.9) - quantileOf(levels, 0.1) > LEVEL_SPREAD
  );
}

/** Busiest first. */
function groupsOf(steps: readonly Step[]): string[][] {
  const stepsOf = new Map<string, Set<number>>();
  for (const [index, { parts }] of steps.entries()) {
    for (const { entityId } of parts) {
      const known = stepsOf.get(entityId);
      if (known) known.add(index);
      else stepsOf.set(entityId, new Set([index]));
    }
  }
  const groups: string[][] = [];
  const busiest = [...stepsOf].sort(
    ([oneId, one], [otherId, other]) => other.size - one.size || (oneId < otherId ? -1 : 1),
  );
  for (const [entityId, own] of busiest) {
    const group = groups.find(([first = ""]) =>
      isOneWith(own, stepsOf.get(first) ?? new Set<number>()),
    );
    if (group) group.push(entityId);
    else groups.push([entityId]);
  }
  return groups;
}

function isOneWith(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  const both = one.intersection(other).size;
  const isSeldom = (set: ReadonlySet<number>) =>
    set.size - both < Math.max(LEAST_ALONE, LEAST_ALONE_SHARE * set.size);
  return both * 2 >= Math.min(one.size, other.size) && both > 0 && isSeldom(one) && isSeldom(other);
}
