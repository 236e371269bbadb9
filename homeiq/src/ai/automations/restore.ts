import type { JsonMap } from "#home/automation/automation.ts";
import type { ActionCall } from "#home/automation-config/automation-config.ts";

/** An entity as it was before a test. */
export interface Remembered {
  readonly entityId: string;
  readonly state: string;
  readonly attributes: JsonMap;
}

const SWITCHED = new Set([
  "light",
  "switch",
  "fan",
  "input_boolean",
  "humidifier",
  "siren",
  "remote",
]);

/** The call that brings one entity back, where a scene did not; `undefined` when there is none. */
export function callToRestore({ entityId, state, attributes }: Remembered): ActionCall | undefined {
  const domain = entityId.slice(0, entityId.indexOf("."));
  const target = { entity_id: entityId };
  const call = (action: string, data: JsonMap = {}) => ({ action, target, data });
  if (SWITCHED.has(domain)) {
    if (state === "off") return call(`${domain}.turn_off`);
    return state === "on" ? call(`${domain}.turn_on`, lightOf(domain, attributes)) : undefined;
  }
  switch (domain) {
    case "cover":
    case "valve": {
      const position = attributes.current_position;
      if (typeof position === "number")
        return call(`${domain}.set_${domain}_position`, { position });
      return call(`${domain}.${state === "closed" ? "close" : "open"}_${domain}`);
    }
    case "lock":
      return call(state === "locked" ? "lock.lock" : "lock.unlock");
    case "climate":
      return call("climate.set_hvac_mode", { hvac_mode: state });
    case "media_player":
      return call(MEDIA[state] ?? "media_player.media_stop");
    case "input_number":
    case "number":
      return call(`${domain}.set_value`, { value: Number(state) });
    case "input_select":
    case "select":
      return call(`${domain}.select_option`, { option: state });
    case "input_text":
    case "text":
      return call(`${domain}.set_value`, { value: state });
    default:
      return undefined;
  }
}

const MEDIA: Readonly<Record<string, string>> = {
  off: "media_player.turn_off",
  playing: "media_player.media_play",
  paused: "media_player.media_pause",
  on: "media_player.turn_on",
};

function lightOf(domain: string, { brightness }: JsonMap): JsonMap {
  return domain === "light" && typeof brightness === "number" ? { brightness } : {};
}
