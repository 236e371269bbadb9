import type { CallAction, DeviceAction, Json, JsonMap } from "#home/automation/automation.ts";
import { effectFor } from "../effects/effects.ts";
import { deviceAction, entitiesOf, toIds } from "../purposes/purposes.ts";
import { type Failure, isFailure, type Stage, toPeriodMs, type Variables } from "../stage/stage.ts";

/** One entity as a call would leave it. */
export interface CallEffect {
  readonly entityId: string;
  /** As it was at that moment; absent when it was unknown. */
  readonly from?: string;
  readonly to: string;
}

/** An action as it would have been called. */
export interface ReplayedCall {
  readonly at: number;
  /** Among all calls of the replay, so that those of one moment can be put in order. */
  readonly order: number;
  /** `light.turn_on`. */
  readonly action: string;
  readonly entityIds: readonly string[];
  /** With its templates rendered. */
  readonly data: JsonMap;
  /** Of those entities whose change is modelled. */
  readonly effects: readonly CallEffect[];
}

/** What is in a scene. */
export type SceneStates = ReadonlyMap<string, ReadonlyMap<string, string>>;

interface Calling {
  readonly stage: Stage;
  readonly variables: Variables;
  readonly scenes: SceneStates;
}

/** What a call means at this moment; a failure when its templates cannot be rendered. */
export function toCall(action: CallAction, calling: Calling): ReplayedCall | Failure {
  const { stage, variables } = calling;
  try {
    const name = String(stage.texts.deep(action.action, variables)).toLowerCase();
    const data = (stage.texts.deep(action.data ?? {}, variables) ?? {}) as JsonMap;
    const { entity_id: named, ...rest } = data;
    const entityIds = [
      ...new Set([
        ...entitiesOf(action.target, { stage, variables, ...domainOf(name) }),
        ...toIds(named),
      ]),
    ];
    const call = {
      at: stage.world.now,
      order: stage.nextOrder(),
      action: name,
      entityIds,
      data: rest,
    };
    return { ...call, effects: effectsOf(call, calling) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

export function toDeviceCall(action: DeviceAction, calling: Calling): ReplayedCall | Failure {
  const found = deviceAction(action, calling.stage);
  return isFailure(found) ? found : toCall(found, calling);
}

export const toSceneCall = (entityId: string, calling: Calling): ReplayedCall | Failure =>
  toCall(
    {
      kind: "call",
      action: "scene.turn_on",
      target: { entityIds: [entityId], deviceIds: [], areaIds: [], floorIds: [], labelIds: [] },
    },
    calling,
  );

/** `homeassistant.turn_on` of an area means everything in it. */
function domainOf(action: string): { domain?: string } {
  const domain = action.slice(0, action.indexOf("."));
  return domain === "homeassistant" || domain === "" ? {} : { domain };
}

type Called = Omit<ReplayedCall, "effects">;

function effectsOf(call: Called, { stage, scenes }: Calling): CallEffect[] {
  const own = call.entityIds.flatMap((entityId) => {
    const state = stage.world.state(entityId);
    const effect = effectFor(call.action, entityId)?.(call.data, state, stage.world.now);
    return effect ? [toEffect(entityId, state?.state, effect.state)] : [];
  });
  if (call.action !== "scene.turn_on") return own;
  const within = call.entityIds.flatMap((id) => [...(scenes.get(id) ?? [])]);
  return [
    ...own,
    ...within.map(([entityId, to]) => toEffect(entityId, stage.world.state(entityId)?.state, to)),
  ];
}

const toEffect = (entityId: string, from: string | undefined, to: string): CallEffect => ({
  entityId,
  ...(from === undefined ? {} : { from }),
  to,
});

/** Does to the world what the call does. Answers whether several entities were called, which takes Home Assistant a turn. */
export function perform(call: ReplayedCall, stage: Stage): boolean {
  const attributes = new Map<string, Readonly<Record<string, unknown>>>();
  for (const entityId of call.entityIds) {
    const state = stage.world.state(entityId);
    const effect = effectFor(call.action, entityId)?.(call.data, state, stage.world.now);
    if (effect?.attributes) attributes.set(entityId, effect.attributes);
    if (call.action === "timer.start") startTimer(entityId, call.data.duration, stage);
  }
  for (const { entityId, to } of call.effects) {
    const transition = stage.world.set(entityId, to, attributes.get(entityId));
    if (transition) stage.tellLater(transition);
  }
  return call.entityIds.length > 1;
}

function startTimer(entityId: string, given: Json | undefined, stage: Stage): void {
  const length = given ?? (stage.world.state(entityId)?.attributes.duration as Json | undefined);
  const ms = length === undefined ? 0 : toPeriodMs(length);
  if (isFailure(ms) || ms <= 0) return;
  const endsAt = stage.world.now + ms;
  const stop = stage.timers.set(endsAt, () => {
    unlisten();
    const transition = stage.world.set(entityId, "idle");
    if (transition) stage.tellLater(transition);
    stage.fireEvent({ type: "timer.finished", data: { entity_id: entityId } });
  });
  const unlisten = stage.world.listen(entityId, ({ to }) => {
    if (to?.state === "active") return;
    unlisten();
    stop();
  });
}
