import type { StateMatch, StateTrigger } from "#home/automation/automation.ts";
import { isEqual, isFailure, type Transition } from "../stage/stage.ts";
import {
  type Attaching,
  changeValues,
  type Detach,
  type Fired,
  holdFor,
  together,
} from "./attaching.ts";

type Match = (value: unknown) => boolean;

/** As Home Assistant's `homeassistant/triggers/state.py`, 2026.11. */
export function attachState(trigger: StateTrigger, attaching: Attaching): Detach {
  const { stage, variables, fire } = attaching;
  const { attribute } = trigger;
  const matchesFrom = toMatch(trigger.from, trigger.notFrom);
  const matchesTo = toMatch(trigger.to, trigger.notTo);
  const isEverything = hearsEverything(trigger);
  const holds = new Set<Detach>();
  const seenIn = (state: Transition["to"]) =>
    attribute === undefined ? state?.state : state?.attributes[attribute];

  function hear(transition: Transition) {
    const before = seenIn(transition.from);
    const after = seenIn(transition.to);
    const isSame = isEqual(before, after);
    if (isSame && (attribute !== undefined || !isEverything)) return;
    if (!matchesFrom(before) || !matchesTo(after)) return;
    const values = { ...variables, trigger: changeValues(transition, { platform: "state" }) };
    const ms = trigger.for === undefined ? 0 : stage.texts.period(trigger.for, values);
    if (isFailure(ms)) return;
    const fired: Fired = {
      platform: "state",
      description: `state of ${transition.entityId}`,
      entityId: transition.entityId,
      values: () =>
        changeValues(transition, { attribute: attribute ?? null, for: forSeconds(trigger, ms) }),
    };
    if (ms === 0) return fire(fired);
    const onlyFrom = trigger.from !== undefined && trigger.to === undefined;
    const stop = holdFor({
      stage,
      entityId: transition.entityId,
      ms,
      stillHolds({ to }) {
        if (!to) return false;
        return onlyFrom ? !isEqual(seenIn(to), before) : isEqual(seenIn(to), after);
      },
      onHeld: () => fire(fired),
    });
    holds.add(stop);
  }

  const detaches = trigger.entityIds.map((id) =>
    stage.world.listen(stage.house.toEntityId(id), hear),
  );
  return together([...detaches, () => together([...holds])()]);
}

const forSeconds = (trigger: StateTrigger, ms: number) =>
  trigger.for === undefined ? null : ms / 1000;

/** Nothing is said about the states: every update counts, those of attributes as well. */
export const hearsEverything = ({ to, notTo, from, notFrom }: StateTrigger): boolean =>
  to === undefined && notTo === undefined && from === undefined && notFrom === undefined;

export function toMatch(wanted: StateMatch | undefined, refused: StateMatch | undefined): Match {
  if (wanted) {
    const [only] = wanted;
    if (wanted.length === 1) return (value) => asText(value) === only;
    const set = new Set(wanted);
    return (value) => set.has(asText(value) ?? "");
  }
  if (refused) {
    const set = new Set(refused);
    return (value) => !set.has(asText(value) ?? "");
  }
  return () => true;
}

/** Attributes may be numbers where the automation says a text. */
const asText = (value: unknown): string | undefined =>
  value === undefined || value === null ? undefined : String(value);
