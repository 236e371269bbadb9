import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import { domainOf } from "./category.ts";

/** How long after a call a device may still be reporting its effect. */
const SETTLE_MS: Readonly<Record<string, number>> = {
  cover: 90 * SECOND_MS,
  lock: 90 * SECOND_MS,
  valve: 90 * SECOND_MS,
  climate: MINUTE_MS,
  water_heater: MINUTE_MS,
  vacuum: MINUTE_MS,
  media_player: MINUTE_MS,
  lawn_mower: MINUTE_MS,
};
const SETTLE_DEFAULT_MS = 10 * SECOND_MS;
const TRANSITION_MARGIN_MS = 5 * SECOND_MS;

/** How long a device of this domain may take to do what it was told. */
export function settleMs(entityId: string, transitionSeconds: unknown): number {
  const base = SETTLE_MS[domainOf(entityId)] ?? SETTLE_DEFAULT_MS;
  if (typeof transitionSeconds !== "number" || !Number.isFinite(transitionSeconds)) return base;
  return Math.max(base, transitionSeconds * SECOND_MS + TRANSITION_MARGIN_MS);
}

const STATES_AFTER: Readonly<Record<string, readonly string[]>> = {
  turn_on: ["on"],
  turn_off: ["off"],
  open_cover: ["opening", "open"],
  close_cover: ["closing", "closed"],
  open_valve: ["opening", "open"],
  close_valve: ["closing", "closed"],
  lock: ["locking", "locked"],
  unlock: ["unlocking", "unlocked"],
  open: ["opening", "open", "unlocked"],
  media_play: ["playing", "buffering"],
  media_pause: ["paused"],
  media_stop: ["idle", "off", "paused"],
  start: ["cleaning", "mowing", "active"],
  return_to_base: ["returning", "docked"],
};
/** For these domains `turn_on` does not mean that the state becomes "on". */
const ON_IS_NOT_A_STATE = new Set(["climate", "water_heater", "media_player", "scene", "script"]);

/** The states that a call leads to; `undefined` when any may follow, as after `toggle`. */
export function statesAfter(entityId: string, service: string): readonly string[] | undefined {
  if (service === "turn_on" && ON_IS_NOT_A_STATE.has(domainOf(entityId))) return undefined;
  return STATES_AFTER[service];
}
