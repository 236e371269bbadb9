import type { JsonMap, PurposeTrigger } from "#home/automation/automation.ts";
import { type TriggerPurpose, triggerPurpose } from "../purposes/purposes.ts";
import { isFailure, type Stage, type Transition, toPeriodMs } from "../stage/stage.ts";
import {
  type Attaching,
  changeValues,
  type Detach,
  nothingToDetach,
  together,
} from "./attaching.ts";
import { attachCalendarPurpose } from "./events.ts";
import { attachMoon, attachSky } from "./sky.ts";
import { attachRemaining } from "./timer.ts";

/**
 * `light.turned_on` and its like. `each` entity, the `first` or `all` of them; `for` starts anew with each.
 *
 * As Home Assistant's `helpers/trigger/entity_trigger.py`, 2026.11.
 */
export function attachPurpose(trigger: PurposeTrigger, attaching: Attaching): Detach {
  const purpose = triggerPurpose(trigger, attaching.stage);
  return purpose ? attachEntities(trigger, purpose, attaching) : attachOther(trigger, attaching);
}

function attachOther(trigger: PurposeTrigger, attaching: Attaching): Detach {
  switch (trigger.key) {
    case "moon.phase_changed":
      return attachMoon(trigger, attaching);
    case "timer.remaining_time_reached":
      return attachRemaining(trigger, attaching);
    case "calendar.event_started":
    case "calendar.event_ended":
      return attachCalendarPurpose(trigger, attaching);
    default:
      return trigger.key.startsWith("sun.") ? attachSky(trigger, attaching) : nothingToDetach;
  }
}

function attachEntities(
  { key, options }: PurposeTrigger,
  purpose: TriggerPurpose,
  { stage, fire }: Attaching,
): Detach {
  const behavior = behaviorOf(options);
  const duration = options.for === undefined ? 0 : toPeriodMs(options.for);
  const forMs = isFailure(duration) ? 0 : duration;
  const pending = new Map<string, Detach>();

  function isStillSo({ entityId, to }: Transition): boolean {
    if (behavior === "each") {
      return !pending.has(entityId) || (to !== undefined && isTarget(purpose, to));
    }
    const { matches, included } = countIn(purpose, stage);
    return behavior === "first" ? matches >= 1 : included > 0 && matches === included;
  }

  function hear(transition: Transition) {
    const { entityId, from, to } = transition;
    const place = behavior === "each" ? entityId : behavior;
    if (pending.has(place) && !isStillSo(transition)) {
      pending.get(place)?.();
      pending.delete(place);
    }
    if (!from || !to || !isTarget(purpose, to) || !purpose.isTransition(from, to)) return;
    const { matches, included } =
      behavior === "each" ? { matches: 1, included: 1 } : countIn(purpose, stage);
    if (matches !== (behavior === "all" ? included : 1)) return;
    const act = () =>
      fire({
        platform: key,
        description: `state of ${entityId}`,
        entityId,
        values: () => changeValues(transition, { for: forMs === 0 ? null : forMs / 1000 }),
      });
    if (forMs === 0) return act();
    pending.get(place)?.();
    const cancel = stage.timers.set(stage.world.now + forMs, () => {
      pending.delete(place);
      act();
    });
    pending.set(place, cancel);
  }

  const detaches = purpose.entityIds.map((id) => stage.world.listen(id, hear));
  return together([...detaches, () => together([...pending.values()])()]);
}

type State = NonNullable<Transition["to"]>;

/** `unavailable` and `unknown` are no target; an entity that does not count may be one. */
const isTarget = (purpose: TriggerPurpose, to: State): boolean =>
  to.state !== "unavailable" && to.state !== "unknown" && purpose.isMet(to);

function countIn(purpose: TriggerPurpose, stage: Stage): { matches: number; included: number } {
  let matches = 0;
  let included = 0;
  for (const id of purpose.entityIds) {
    const state = stage.world.state(id);
    if (!state || !purpose.counts(state)) continue;
    included += 1;
    if (purpose.isMet(state)) matches += 1;
  }
  return { matches, included };
}

const BEHAVIORS: Readonly<Record<string, "each" | "first" | "all">> = {
  ...{ each: "each", first: "first", all: "all" },
  ...{ any: "each", last: "all" }, // their names before 2026.7
};

const behaviorOf = ({ behavior }: JsonMap) => BEHAVIORS[String(behavior ?? "each")] ?? "each";
