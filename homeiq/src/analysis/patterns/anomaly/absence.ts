import type { Act } from "../acts/acts.ts";
import type { Household } from "../pattern.ts";
import { keepMost, type PastDays, type Surprise } from "./past-days.ts";

const DAILY = 0.9; // of the other days

/** What comes daily and did not come; by day, the most surprising. The act is the last before. */
export function absences({ acts }: Household, past: PastDays): Map<number, Surprise<Act>> {
  const most = new Map<number, Surprise<Act>>();
  const days = past.isAway ? past.lived : [0, ...past.lived];
  for (const stream of Map.groupBy(acts, ({ entityId, to }) => `${entityId} ${to}`).values()) {
    const seen = new Set(stream.map(({ at }) => past.placeOf(at)));
    const missed = past.lived.filter((place) => !seen.has(place)).length;
    if (missed - 1 > (1 - DAILY) * past.lived.length) continue;
    for (const place of days) {
      if (seen.has(place)) continue;
      const others = past.lived.length - (place === 0 ? 0 : 1);
      const missedThere = missed - (place === 0 ? 0 : 1);
      if (missedThere > (1 - DAILY) * others) continue;
      const last = stream.findLast(({ at }) => (past.placeOf(at) ?? place) > place);
      if (!last) continue;
      keepMost(most, place, { score: -Math.log2((missedThere + 1) / (others + 2)), of: last });
    }
  }
  return most;
}
