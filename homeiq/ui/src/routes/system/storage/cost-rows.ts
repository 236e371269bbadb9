import type { EntityCost } from "#lib/history-api.ts";

export const COLUMNS = ["name", "bytes", "changes", "perDay", "since"] as const;
export type Column = (typeof COLUMNS)[number];

export interface CostRow {
  readonly cost: EntityCost;
  readonly perDay: number;
}

const DAY_MS = 86_400_000;

/** Entities of which nothing is packed yet: they cost nothing so far, and can be left out all the same. */
export function withUnpacked(
  costs: readonly EntityCost[],
  entities: readonly { readonly entityId: string; readonly name: string }[],
): readonly EntityCost[] {
  const known = new Set(costs.map(({ entityId }) => entityId));
  const none = { changes: 0, bytes: 0, oldestAt: 0, newestAt: 0 };
  const others = entities.filter(({ entityId }) => !known.has(entityId));
  return [...costs, ...others.map(({ entityId, name }) => ({ entityId, name, ...none }))];
}

/** What was asked for, in the order that was asked for. */
export function toRows(
  costs: readonly EntityCost[],
  { text, sortBy, isUpward }: { text: string; sortBy: Column; isUpward: boolean },
): CostRow[] {
  const wanted = text.trim().toLowerCase();
  return costs
    .filter(
      ({ name, entityId }) => name.toLowerCase().includes(wanted) || entityId.includes(wanted),
    )
    .map((cost) => ({ cost, perDay: perDay(cost) }))
    .sort(
      (one, other) =>
        compare(one, other, sortBy) * (isUpward ? 1 : -1) ||
        one.cost.name.localeCompare(other.cost.name),
    );
}

const perDay = ({ changes, oldestAt, newestAt }: EntityCost) =>
  changes / Math.max(1, (newestAt - oldestAt) / DAY_MS);

function compare(one: CostRow, other: CostRow, column: Column): number {
  if (column === "name") return one.cost.name.localeCompare(other.cost.name);
  if (column === "perDay") return one.perDay - other.perDay;
  if (column === "since") return one.cost.oldestAt - other.cost.oldestAt;
  return one.cost[column] - other.cost[column];
}
