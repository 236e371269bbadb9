import type { EntityState } from "#home/states/states.ts";
import type { ProposedAction } from "../proposal.ts";

/** An entity as it was: its state, and what else of it a call changes. */
export interface Remembered {
  readonly entityId: string;
  readonly state: string;
  readonly brightness?: number;
  readonly position?: number;
  readonly temperature?: number;
  readonly presetMode?: string;
}

const KEPT = {
  brightness: "brightness",
  current_position: "position",
  temperature: "temperature",
  preset_mode: "presetMode",
} as const;

export function remember({ entityId, state, attributes }: EntityState): Remembered {
  const kept = Object.entries(KEPT).flatMap(([name, as]) => {
    const value = attributes[name];
    return typeof value === "number" || typeof value === "string" ? [[as, value]] : [];
  });
  return { entityId, state, ...Object.fromEntries(kept) };
}

/** Of a light that is off and the like nothing else counts. */
export const isSame = (one: Remembered, other: Remembered): boolean =>
  one.state === other.state &&
  one.brightness === other.brightness &&
  one.position === other.position &&
  one.temperature === other.temperature &&
  one.presetMode === other.presetMode;

/** What brings it back; none where there is no such call. */
export function callsBack(before: Remembered): readonly ProposedAction[] {
  const { entityId, state, brightness, position, temperature, presetMode } = before;
  const domain = entityId.slice(0, entityId.indexOf("."));
  const call = (service: string, data?: ProposedAction["data"]): ProposedAction => ({
    ...{ service: `${domain}.${service}`, entityIds: [entityId] },
    ...(data ? { data } : {}),
  });
  switch (domain) {
    case "light":
      if (state !== "on") return state === "off" ? [call("turn_off")] : [];
      return [call("turn_on", brightness === undefined ? undefined : { brightness })];
    case "cover":
      if (position !== undefined) return [call("set_cover_position", { position })];
      return [call(state === "closed" ? "close_cover" : "open_cover")];
    case "climate":
      return [
        call("set_hvac_mode", { hvac_mode: state }),
        ...(presetMode === undefined ? [] : [call("set_preset_mode", { preset_mode: presetMode })]),
        ...(temperature === undefined ? [] : [call("set_temperature", { temperature })]),
      ];
    case "media_player":
      return [call(state === "off" ? "turn_off" : (MEDIA[state] ?? "turn_on"))];
    case "switch":
    case "fan":
    case "humidifier":
    case "input_boolean":
      return state === "on" || state === "off" ? [call(`turn_${state}`)] : [];
    default:
      return []; // a lock is not unlocked, a valve not opened, also not to bring something back
  }
}

const MEDIA: Readonly<Record<string, string>> = { playing: "media_play", paused: "media_pause" };
