import type { EntityCost, Range } from "#lib/history-api.ts";

/** About how many changes lie in a time, from what each entity has kept and since when. */
export function aboutHowMany(costs: readonly EntityCost[], { from, to }: Range): number {
  const counts = costs.map(({ changes, oldestAt, newestAt }) => {
    const kept = Math.max(1, newestAt - oldestAt);
    const shared = Math.min(to, newestAt) - Math.max(from, oldestAt);
    return changes * Math.min(1, Math.max(0, shared / kept));
  });
  return counts.reduce((total, one) => total + one, 0);
}
