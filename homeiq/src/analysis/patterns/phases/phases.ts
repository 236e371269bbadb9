import { once } from "../once/once.ts";
import type { Household } from "../pattern.ts";

/** From when something is brought to a state in which it does something until it no longer does. */
export interface Phase {
  readonly entityId: string;
  readonly to: string;
  /** Milliseconds since the epoch. */
  readonly from: number;
  /** Absent while it still lasts. */
  readonly until?: number;
  readonly begunByPeople: boolean;
  readonly endedByPeople: boolean;
}

const AT_REST = new Set([
  ...["off", "closed", "idle", "standby", "paused", "locked", "docked", "disarmed", "not_home"],
]);
const LOST = new Set(["unavailable", "unknown"]); // when it really ended is not known

/** In the order in which they end; those that still last at the end. Without changes, of what people did alone. */
export const phasesOf = once(({ changes, acts }: Household): readonly Phase[] => {
  const all = changes ?? acts.map((act) => ({ ...act, byPeople: true }));
  const open = new Map<string, Phase>();
  const phases: Phase[] = [];
  for (const { at, entityId, to, byPeople } of all) {
    const own = open.get(entityId);
    if (LOST.has(to)) open.delete(entityId);
    else if (!AT_REST.has(to)) {
      if (own) continue;
      open.set(entityId, { entityId, to, from: at, begunByPeople: byPeople, endedByPeople: false });
    } else if (own) {
      open.delete(entityId);
      phases.push({ ...own, until: at, endedByPeople: byPeople });
    }
  }
  return [...phases, ...open.values()];
});
