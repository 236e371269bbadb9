import type { JsonMap, PurposeTrigger } from "#home/automation/automation.ts";
import type { WorldState } from "../past/past.ts";
import { type Purpose, purposeOf } from "../purposes/purposes.ts";
import { isEqual, isFailure, type Transition, toPeriodMs } from "../stage/stage.ts";
import {
  type Attaching,
  changeValues,
  type Detach,
  nothingToDetach,
  together,
} from "./attaching.ts";
import { attachSun } from "./time.ts";
import { attachZone } from "./zone.ts";

const NO_STATE = new Set(["unavailable", "unknown"]);

/**
 * `light.turned_on` and its like. `each` entity, the `first` or `all` of them; `for` starts anew with each.
 *
 * As Home Assistant's `helpers/trigger/entity_trigger.py`, 2026.11.
 */
export function attachPurpose(trigger: PurposeTrigger, attaching: Attaching): Detach {
  const { stage, fire } = attaching;
  const { key, options } = trigger;
  if (key === "sun.sunrise" || key === "sun.sunset") return attachSunPurpose(trigger, attaching);
  if (key === "zone.entered" || key === "zone.left") return attachZonePurpose(trigger, attaching);
  const purpose = purposeOf(trigger, stage, "trigger");
  if (!purpose) return nothingToDetach;
  const behavior = behaviorOf(options);
  const duration = options.for === undefined ? 0 : toPeriodMs(options.for);
  const forMs = isFailure(duration) ? 0 : duration;
  const pending = new Map<string, Detach>();

  function counts(): { matches: number; included: number } {
    const seen = purpose?.entityIds.flatMap((id) => {
      const state = stage.world.state(id);
      return state && !NO_STATE.has(state.state) ? [purpose.isMet(state) === true] : [];
    });
    return { matches: seen?.filter(Boolean).length ?? 0, included: seen?.length ?? 0 };
  }

  function isStillSo({ entityId, to }: Transition): boolean {
    if (behavior === "each") {
      return !pending.has(entityId) || (to !== undefined && purpose?.isMet(to) === true);
    }
    const { matches, included } = counts();
    return behavior === "first" ? matches >= 1 : included > 0 && matches === included;
  }

  function hear(transition: Transition) {
    const { entityId, from, to } = transition;
    const place = behavior === "each" ? entityId : behavior;
    if (pending.has(place) && !isStillSo(transition)) {
      pending.get(place)?.();
      pending.delete(place);
    }
    if (!from || !to || !purpose || NO_STATE.has(to.state)) return;
    if (purpose.isMet(to) !== true || !isTransition(purpose, from, to)) return;
    const { matches, included } = behavior === "each" ? { matches: 0, included: 0 } : counts();
    if (behavior === "all" && matches !== included) return;
    if (behavior === "first" && matches !== 1) return;
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

const BEHAVIORS: Readonly<Record<string, "each" | "first" | "all">> = {
  ...{ each: "each", first: "first", all: "all" },
  ...{ any: "each", last: "all" }, // their names before 2026.7
};

const behaviorOf = ({ behavior }: JsonMap) => BEHAVIORS[String(behavior ?? "each")] ?? "each";

function isTransition({ rule, seenIn, isMet }: Purpose, from: WorldState, to: WorldState): boolean {
  const isMoment = rule.kind === "change" && rule.isMoment === true;
  if (from.state === "unavailable" || (from.state === "unknown" && !isMoment)) return false;
  const [before, after] = [seenIn(from), seenIn(to)];
  if (rule.kind === "number" && rule.crosses) return isMet(from) === false;
  if (isEqual(before, after)) return false;
  if (rule.kind === "state") {
    return rule.from ? rule.from.has(String(before)) : !rule.to.has(String(before));
  }
  if (rule.kind === "change" && rule.step) {
    return rule.step === "up" ? Number(after) > Number(before) : Number(after) < Number(before);
  }
  return true;
}

function attachSunPurpose({ key, options }: PurposeTrigger, attaching: Attaching): Detach {
  const offset = options.offset === undefined ? 0 : toPeriodMs(options.offset);
  if (isFailure(offset)) return nothingToDetach;
  const ms = options.offset_type === "before" ? -offset : offset;
  const event = key === "sun.sunset" ? "sunset" : "sunrise";
  return attachSun({ kind: "sun", event, offset: { ms } }, attaching);
}

function attachZonePurpose({ key, options, target }: PurposeTrigger, attaching: Attaching): Detach {
  const entityIds = (target?.entityIds ?? []).filter((id) => typeof id === "string");
  return attachZone(
    {
      kind: "zone",
      entityIds,
      zone: String(options.zone),
      event: key === "zone.entered" ? "enter" : "leave",
    },
    attaching,
  );
}
