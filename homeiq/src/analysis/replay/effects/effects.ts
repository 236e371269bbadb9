import type { JsonMap } from "#home/automation/automation.ts";
import type { Attributes, WorldState } from "../past/past.ts";
import { CLIMATE_AND_MEDIA } from "./devices.ts";
import { INPUTS } from "./inputs.ts";
import { SWITCHES } from "./switches.ts";
import { TIMERS } from "./timers.ts";

export { endedBy, endOf } from "./timers.ts";

/** What an entity becomes. */
export interface Effect {
  readonly state: string;
  /** `null` is one that goes away; those that are not named stay. */
  readonly attributes?: Attributes;
}

/** What an action does to one entity; absent when it does nothing to it. */
export type EffectOf = (
  data: JsonMap,
  state: WorldState | undefined,
  now: number,
) => Effect | undefined;

const EFFECTS: ReadonlyMap<string, EffectOf> = new Map([
  ...SWITCHES,
  ...CLIMATE_AND_MEDIA,
  ...INPUTS,
  ...TIMERS,
]);

const GENERAL = new Set([
  "homeassistant.turn_on",
  "homeassistant.turn_off",
  "homeassistant.toggle",
]);

/** How an action moves this entity; absent when that is not modelled. */
export function effectFor(action: string, entityId: string): EffectOf | undefined {
  const domain = entityId.slice(0, entityId.indexOf("."));
  if (GENERAL.has(action)) return EFFECTS.get(`${domain}${action.slice("homeassistant".length)}`);
  return action.startsWith(`${domain}.`) ? EFFECTS.get(action) : undefined;
}

/** Whether the action is known to move entities of some kind. */
export const isModelled = (action: string): boolean => EFFECTS.has(action) || GENERAL.has(action);
