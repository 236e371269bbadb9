import type { Json, JsonMap } from "#home/automation/automation.ts";
import type { Attributes, WorldState } from "../past/past.ts";
import type { Stage } from "../stage/stage.ts";

export interface SceneState {
  readonly state: string;
  readonly attributes?: Attributes;
}

/** What is in a scene, by entity. */
export type SceneContent = ReadonlyMap<string, SceneState>;
export type SceneStates = ReadonlyMap<string, SceneContent>;

interface Called {
  readonly action: string;
  readonly entityIds: readonly string[];
  readonly data: JsonMap;
}

interface Where {
  readonly stage: Stage;
  readonly scenes: SceneStates;
}

/** The entities that a call brings to the states of a scene, in order. */
export function sceneOf({ action, entityIds, data }: Called, { stage, scenes }: Where) {
  if (action === "scene.apply") return [...toContent(data.entities)];
  if (action !== "scene.turn_on") return [];
  return entityIds.flatMap((id) => [...(stage.madeScenes.get(id) ?? scenes.get(id) ?? [])]);
}

/** Scenes that are made and forgotten by actions, as snapshots of the states of that moment. */
export function keepScenes({ action, entityIds, data }: Called, stage: Stage): void {
  if (action === "scene.delete") for (const id of entityIds) stage.madeScenes.delete(id);
  if (action !== "scene.create") return;
  const snapshots = [data.snapshot_entities ?? []].flat().map(String);
  const content = new Map<string, SceneState>([
    ...toContent(data.entities),
    ...snapshots.flatMap((id) => {
      const state = stage.world.state(id);
      return state ? [[id, copyOf(state)] as const] : [];
    }),
  ]);
  if (content.size > 0) stage.madeScenes.set(`scene.${String(data.scene_id)}`, content);
}

const copyOf = ({ state, attributes }: WorldState): SceneState => ({ state, attributes });

/** As it is written: a state, or a mapping with `state` and attributes. */
export function toContent(entities: Json | undefined): SceneContent {
  if (typeof entities !== "object" || entities === null || Array.isArray(entities))
    return new Map();
  return new Map(
    Object.entries(entities as JsonMap).flatMap(([entityId, said]) => {
      const content = toSceneState(said);
      return content ? [[entityId, content] as const] : [];
    }),
  );
}

function toSceneState(said: Json | undefined): SceneState | undefined {
  if (typeof said !== "object" || said === null) {
    const state = toState(said);
    return state === undefined ? undefined : { state };
  }
  if (Array.isArray(said)) return undefined;
  const { state, ...attributes } = said as JsonMap;
  const text = toState(state);
  return text === undefined ? undefined : { state: text, attributes };
}

/** YAML reads `on` as true. */
function toState(value: Json | undefined): string | undefined {
  if (typeof value === "boolean") return value ? "on" : "off";
  return typeof value === "string" ? value : undefined;
}
