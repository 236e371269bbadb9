import type { WorldState } from "../past/past.ts";
import type { EntityKind } from "./seen.ts";

export const ons = (...domains: string[]): EntityKind[] => domains.map((domain) => ({ domain }));

export const attributeOf = (domain: string, attribute: string): EntityKind => ({
  domain,
  attribute,
});

export const binary = (deviceClass: string): EntityKind => ({
  domain: "binary_sensor",
  deviceClass,
});

export const sensor = (deviceClass: string): EntityKind => ({ domain: "sensor", deviceClass });

/** By `is_closed`; where that was not kept, by the state: what moves is not closed. */
function isClosed({ state, attributes }: WorldState): unknown {
  if ("is_closed" in attributes) return attributes.is_closed;
  return state === "closed";
}

const closing = (domain: string): EntityKind => ({
  domain,
  attribute: "is_closed",
  read: isClosed,
});

export const cover = (deviceClass: string): EntityKind => ({ ...closing("cover"), deviceClass });
export const VALVE: readonly EntityKind[] = [closing("valve")];

export const TEMPERATURES: readonly EntityKind[] = [
  sensor("temperature"),
  attributeOf("climate", "current_temperature"),
  attributeOf("water_heater", "current_temperature"),
  attributeOf("weather", "temperature"),
];
export const HUMIDITIES: readonly EntityKind[] = [
  sensor("humidity"),
  attributeOf("climate", "current_humidity"),
  attributeOf("humidifier", "current_humidity"),
  attributeOf("weather", "humidity"),
];
export const SWITCHES = ons("switch", "input_boolean");
export const SELECTS = ons("select", "input_select");
export const TEXTS = ons("text", "input_text");
export const ACTIVE_MODES = ["auto", "cool", "dry", "fan_only", "heat", "heat_cool"];
export const ARMED = ["away", "custom_bypass", "home", "night", "vacation"].map(
  (name) => `armed_${name}`,
);
/** By the bit of `supported_features` that says that a panel can do it. */
export const ARM_FEATURES = { home: 1, away: 2, night: 4, vacation: 32 };
/** Doors and the like: the device class of the binary sensor, if there is one, and that of the cover. */
export const OPENINGS: readonly (readonly [string, EntityKind[]])[] = [
  ["door", [binary("door"), cover("door")]],
  ["garage_door", [binary("garage_door"), cover("garage")]],
  ["gate", [cover("gate")]],
  ["window", [binary("window"), cover("window")]],
];
export const SHADINGS = ["awning", "blind", "curtain", "shade", "shutter"];
export const PLAYER = ons("media_player");
export const HUMIDIFIER_HAS_MODES = 1; // of its supported_features
