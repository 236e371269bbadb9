import type { JsonMap } from "#home/automation/automation.ts";
import { type HeardEvent, type Stage, type Transition, toVariable } from "../stage/stage.ts";
import { type Detach, together } from "./attaching.ts";

/**
 * Events of Home Assistant's bus that are not recorded, but that a recorded change of a state tells: those of timers
 * (`components/timer`, 2026.11), and `state_changed` itself. They are heard after the change.
 */
type Tell = (transition: Transition, stage: Stage) => HeardEvent | undefined;

const TIMER_NAMES = ["started", "paused", "restarted", "finished", "cancelled", "changed"];

interface Telling {
  /** Of whose entities; absent: of all. */
  readonly domain?: string;
  readonly tell: Tell;
}

const TELLING: ReadonlyMap<string, Telling> = new Map<string, Telling>([
  ...TIMER_NAMES.map((name): [string, Telling] => {
    const tell: Tell = (transition, stage) => {
      if (timerEvent(transition, stage) !== name) return undefined;
      return { type: `timer.${name}`, data: { entity_id: transition.entityId } };
    };
    return [`timer.${name}`, { domain: "timer", tell }];
  }),
  ["state_changed", { tell: stateChanged }],
]);

export const isToldByStates = (type: string): boolean => TELLING.has(type);

/** Listens for an event that states tell; of one entity, when the trigger names one. */
export function listenToStates(
  type: string,
  { stage, data, hear }: { stage: Stage; data: JsonMap; hear(event: HeardEvent): void },
): Detach {
  const telling = TELLING.get(type);
  if (!telling) return () => undefined;
  const { domain, tell } = telling;
  const listener = (transition: Transition) => {
    const event = tell(transition, stage);
    if (event) stage.post(() => hear(event));
  };
  const { entity_id: named } = data;
  if (typeof named === "string") return stage.world.listen(named, listener);
  if (domain === undefined) return stage.world.listenToAll(listener);
  return together(stage.world.everEntityIds(domain).map((id) => stage.world.listen(id, listener)));
}

function stateChanged({ entityId, from, to }: Transition): HeardEvent {
  const data = { entity_id: entityId, old_state: toVariable(from), new_state: toVariable(to) };
  return { type: "state_changed", data };
}

const ROUNDING_MS = 2000; // a timer ends at a whole second, its state is written a moment later

/** What a timer did, by its `last_transition`; older versions did not say it, but when it would finish. */
function timerEvent({ from, to }: Transition, stage: Stage): string | undefined {
  if (!from || !to || NO_STATE.has(from.state) || NO_STATE.has(to.state)) return undefined;
  const { last_transition: said, finishes_at: finishesAt } = to.attributes;
  if (said !== undefined) {
    if (said !== from.attributes.last_transition || from.state !== to.state) return String(said);
    if (to.state !== "active" || finishesAt === from.attributes.finishes_at) return undefined;
    return said === "restarted" ? "restarted" : "changed";
  }
  if (to.state === from.state) return undefined;
  if (to.state === "paused") return "paused";
  if (to.state === "active") return from.state === "paused" ? "restarted" : "started";
  const end = Date.parse(String(from.attributes.finishes_at));
  return stage.world.now >= end - ROUNDING_MS ? "finished" : "cancelled";
}

const NO_STATE = new Set(["unavailable", "unknown"]);
