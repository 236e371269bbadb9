import type { NumericStateTrigger } from "#home/automation/automation.ts";
import { isInRange } from "../conditions/conditions.ts";
import { isFailure, type Transition } from "../stage/stage.ts";
import { type Attaching, changeValues, type Detach, holdFor, together } from "./attaching.ts";

/**
 * Fires when a value crosses into the range; it must have been seen outside before.
 *
 * As Home Assistant's `homeassistant/triggers/numeric_state.py`, 2026.11: `unavailable` and `unknown` count as
 * outside, any other text neither fires nor arms.
 */
export function attachNumericState(trigger: NumericStateTrigger, attaching: Attaching): Detach {
  const { stage, variables, fire } = attaching;
  const entityIds = trigger.entityIds.map((id) => stage.house.toEntityId(id));
  const armed = new Set<string>();
  const holds = new Set<Detach>();
  const own = (entityId: string) => ({
    ...variables,
    trigger: { platform: "numeric_state", entity_id: entityId, ...boundsOf(trigger) },
  });
  const check = (state: Transition["to"], entityId: string) =>
    isInRange(trigger, state, { stage, variables: own(entityId) });

  for (const entityId of entityIds) {
    if (check(stage.world.state(entityId), entityId) === false) armed.add(entityId);
  }

  function hear(transition: Transition) {
    const { entityId, to } = transition;
    if (!to) return;
    const isInside = check(to, entityId);
    if (isFailure(isInside)) return;
    if (!isInside) {
      armed.add(entityId);
      return;
    }
    if (!armed.delete(entityId)) return;
    const ms = trigger.for === undefined ? 0 : stage.texts.period(trigger.for, own(entityId));
    if (isFailure(ms)) return;
    const fired = {
      platform: "numeric_state",
      description: `numeric state of ${entityId}`,
      entityId,
      values: () =>
        changeValues(transition, {
          ...boundsOf(trigger),
          for: trigger.for === undefined ? null : ms / 1000,
        }),
    };
    if (ms === 0) return fire(fired);
    const stop = holdFor({
      stage,
      entityId,
      ms,
      stillHolds: (later) => later.to !== undefined && check(later.to, entityId) === true,
      onHeld: () => fire(fired),
    });
    holds.add(stop);
  }

  const detaches = entityIds.map((id) => stage.world.listen(id, hear));
  return together([...detaches, () => together([...holds])()]);
}

const boundsOf = ({ above, below, attribute }: NumericStateTrigger) => ({
  above: typeof above === "object" ? above.entityId : (above ?? null),
  below: typeof below === "object" ? below.entityId : (below ?? null),
  attribute: attribute ?? null,
});
