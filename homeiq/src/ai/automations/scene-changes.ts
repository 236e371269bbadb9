import { isDeepStrictEqual } from "node:util";
import { present } from "#foundation/absent.ts";
import { type Json, type JsonMap, parseScene, type Scene } from "#home/automation/automation.ts";
import type { EntityState } from "#home/states/states.ts";

/** One thing that would be another after a scene. */
export interface SceneChange {
  /** `state`, or an attribute that scenes set. */
  readonly name: string;
  /** Absent when it has none now. */
  readonly from?: Json;
  readonly to: Json;
}

/** What a scene would make of one entity now. */
export interface SceneEntity {
  readonly entityId: string;
  readonly exists: boolean;
  /** Empty when it is like that already. */
  readonly changes: readonly SceneChange[];
}

/**
 * What Home Assistant sets besides the state; the other attributes were only read with it.
 *
 * Source: `reproduce_state.py` of each integration, Home Assistant 2026.11.
 */
const SET: Readonly<Record<string, readonly string[]>> = {
  light: ["brightness", "effect"],
  fan: ["percentage", "oscillating", "direction", "preset_mode"],
  cover: ["current_position", "current_tilt_position"],
  climate: [
    ...["temperature", "target_temp_high", "target_temp_low", "humidity"],
    ...["preset_mode", "swing_mode", "fan_mode"],
  ],
  media_player: ["volume_level", "is_volume_muted", "source", "sound_mode"],
  humidifier: ["humidity", "mode"],
  water_heater: ["temperature", "operation_mode", "away_mode"],
  vacuum: ["fan_speed"],
};
/** By `color_mode`; without one the first that is given. Of a color only one is set. */
const COLORS: Readonly<Record<string, string>> = {
  hs: "hs_color",
  color_temp: "color_temp_kelvin",
  rgb: "rgb_color",
  rgbw: "rgbw_color",
  rgbww: "rgbww_color",
  xy: "xy_color",
};

/** Entity by entity, in the order of the scene; `undefined` for what is no scene. */
export function sceneChanges(
  config: JsonMap,
  states: ReadonlyMap<string, EntityState>,
): readonly SceneEntity[] | undefined {
  if (!("entities" in config)) return undefined;
  const scene = parseScene(config).value;
  return Object.entries(scene?.entities ?? {}).map(([entityId, wanted]) => {
    const now = states.get(entityId);
    return { entityId, exists: now !== undefined, changes: now ? changesOf(now, wanted) : [] };
  });
}

type Wanted = Scene["entities"][string];

function changesOf(now: EntityState, { state, attributes }: Wanted): SceneChange[] {
  const to = typeof state === "boolean" ? onOff(state) : state; // YAML reads `on` as true
  const changes: SceneChange[] =
    to === undefined || to === now.state ? [] : [{ name: "state", from: now.state, to }];
  if (to === "off") return changes; // nothing else is set then
  for (const name of namesSet(now.entityId, attributes)) {
    const from = now.attributes[name] as Json | undefined; // attributes came as JSON
    const value = attributes[name];
    if (value === undefined || value === null || isDeepStrictEqual(value, from)) continue;
    changes.push({ name, ...present("from", from), to: value });
  }
  return changes;
}

const onOff = (state: boolean) => (state ? "on" : "off");

function namesSet(entityId: string, attributes: JsonMap): readonly string[] {
  const domain = entityId.slice(0, entityId.indexOf("."));
  const names = SET[domain] ?? [];
  if (domain !== "light") return names;
  const color =
    COLORS[String(attributes.color_mode)] ??
    Object.values(COLORS).find((name) => name in attributes);
  return color === undefined ? names : [...names, color];
}
