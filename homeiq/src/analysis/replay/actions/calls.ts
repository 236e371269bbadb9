import type { CallAction, DeviceAction, JsonMap } from "#home/automation/automation.ts";
import { effectFor, endedBy, endOf } from "../effects/effects.ts";
import { deviceAction, entitiesOf, toIds } from "../purposes/purposes.ts";
import { type Failure, isFailure, type Stage, type Variables } from "../stage/stage.ts";
import { type SceneStates, sceneOf } from "./scenes.ts";

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
  const within = sceneOf(call, { stage, scenes }).map(([entityId, { state }]) =>
    toEffect(entityId, stage.world.state(entityId)?.state, state),
  );
  return [...own, ...within];
}

const toEffect = (entityId: string, from: string | undefined, to: string): CallEffect => ({
  entityId,
  ...(from === undefined ? {} : { from }),
  to,
});

/** Does to the world what the call does. Answers whether several entities were called, which takes Home Assistant a turn. */
export function perform(
  call: ReplayedCall,
  { stage, scenes }: Omit<Calling, "variables">,
): boolean {
  const within = sceneOf(call, { stage, scenes });
  const attributes = new Map(within.map(([id, content]) => [id, content.attributes]));
  for (const entityId of call.entityIds) {
    const state = stage.world.state(entityId);
    const effect = effectFor(call.action, entityId)?.(call.data, state, stage.world.now);
    if (effect?.attributes) attributes.set(entityId, effect.attributes);
  }
  for (const { entityId, to } of call.effects) {
    const transition = stage.world.set(entityId, to, attributes.get(entityId));
    if (transition) stage.tellLater(transition);
    if (entityId.startsWith("timer.")) letTimerEnd(entityId, stage);
  }
  return call.entityIds.length > 1 || within.length > 0;
}

/** It ends by itself, unless it was paused, ended or started anew before. */
function letTimerEnd(entityId: string, stage: Stage): void {
  const state = stage.world.state(entityId);
  if (state?.state !== "active") return;
  const at = endOf(state);
  if (!Number.isFinite(at)) return;
  stage.timers.set(Math.max(at, stage.world.now), () => {
    const now = stage.world.state(entityId);
    if (now?.state !== "active" || endOf(now) !== at) return;
    const end = endedBy("finished", now);
    const transition = end && stage.world.set(entityId, end.state, end.attributes);
    if (transition) stage.tellLater(transition);
  });
}
