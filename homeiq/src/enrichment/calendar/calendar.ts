import type { EntityState } from "#home/states/states.ts";

export { findHints, type OccupancyHint } from "./hints.ts";
export {
  type AccuracyView,
  createOccupancy,
  type Occupancy,
  type OccupancyView,
} from "./occupancy.ts";
export {
  measureAccuracy,
  type OccupancyAccuracy,
  type OccupancyHour,
  type PresenceHour,
  predictOccupancy,
} from "./prediction.ts";
export { type PersonTrack, toPresenceHours } from "./presence.ts";
export { DEFAULT_RULES, MEANINGS, type Meaning, type OccupancyRule, readRules } from "./rules.ts";

/** Whether today is a workday by Home Assistant's own sensor; `undefined` without one. */
export function isWorkday(
  states: ReadonlyMap<string, EntityState>,
  platformOf: (entityId: string) => string | undefined,
): boolean | undefined {
  for (const { entityId, state } of states.values()) {
    const isSensor = entityId.startsWith("binary_sensor.") && platformOf(entityId) === "workday";
    if (isSensor && (state === "on" || state === "off")) return state === "on";
  }
  return undefined;
}
