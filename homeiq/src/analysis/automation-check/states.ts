import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";

const ON_OFF = ["on", "off"];
const ON_OFF_DOMAINS = new Set([
  "binary_sensor",
  "switch",
  "light",
  "input_boolean",
  "automation",
  "script",
  "fan",
  "humidifier",
  "siren",
  "remote",
  "update",
  "schedule",
  "calendar",
]);

const BY_DOMAIN: Readonly<Record<string, readonly string[]>> = {
  lock: ["locked", "unlocked", "locking", "unlocking", "jammed", "open", "opening"],
  cover: ["open", "closed", "opening", "closing"],
  valve: ["open", "closed", "opening", "closing"],
  alarm_control_panel: [
    "disarmed",
    "armed_home",
    "armed_away",
    "armed_night",
    "armed_vacation",
    "armed_custom_bypass",
    "pending",
    "arming",
    "disarming",
    "triggered",
  ],
  sun: ["above_horizon", "below_horizon"],
  vacuum: ["cleaning", "docked", "idle", "paused", "returning", "error", "on", "off"],
  lawn_mower: ["mowing", "docked", "paused", "returning", "error"],
  media_player: ["off", "on", "idle", "playing", "paused", "standby", "buffering"],
  timer: ["idle", "active", "paused"],
};

/** Of text and free values: never compared. */
const NUMERIC_DOMAINS = new Set([
  "sensor",
  "number",
  "input_number",
  "counter",
  "zone",
  "proximity",
]);

/** Every state that the entity can have, besides `unknown` and `unavailable`; `undefined`: any. */
export function statesOf(entity: HomeEntity, home: HomeSnapshot): readonly string[] | undefined {
  const { domain, attributes } = entity;
  if (ON_OFF_DOMAINS.has(domain)) return ON_OFF;
  if (domain === "climate") return texts(attributes.hvac_modes);
  if (domain === "select" || domain === "input_select") return texts(attributes.options);
  if (domain === "sensor" && attributes.device_class === "enum") return texts(attributes.options);
  if (domain === "person" || domain === "device_tracker") return placesOf(home);
  return BY_DOMAIN[domain];
}

/** Home, away, or in a zone: then the state is the zone's name. */
function placesOf(home: HomeSnapshot): string[] {
  const zones = [...home.entities.values()].filter(
    (one) => one.domain === "zone" && one.entityId !== "zone.home",
  );
  return ["home", "not_home", ...zones.map((one) => one.name)];
}

const texts = (value: unknown): string[] | undefined =>
  Array.isArray(value) && value.length > 0 ? value.map(String) : undefined;

const IS_ON = ["open", "opened", "detected", "motion", "true", "yes", "wet", "occupied", "active"];
const IS_OFF = ["closed", "clear", "false", "no", "dry", "not detected", "inactive", "no motion"];

/** What people write for a state that is called something else. */
export function meantState(
  written: string,
  { entity, states }: { entity: HomeEntity; states: readonly string[] },
): string | undefined {
  const word = written.toLowerCase().trim().replaceAll("_", " ");
  const same = states.find((one) => one.toLowerCase().replaceAll("_", " ") === word);
  if (same) return same;
  if (entity.domain === "person" || entity.domain === "device_tracker") {
    if (["away", "not at home", "out", "gone", "nothome"].includes(word)) return "not_home";
    return states.find((one) => `zone.${one.toLowerCase()}` === word.replaceAll(" ", "_"));
  }
  const has = (state: string) => (states.includes(state) ? state : undefined);
  if (IS_ON.includes(word)) return has("on") ?? has("open");
  if (IS_OFF.includes(word)) return has("off") ?? has("closed");
  const otherWords: Readonly<Record<string, string>> = {
    lock: "locked",
    unlock: "unlocked",
    close: "closed",
    armed: "armed_away",
    "home armed": "armed_home",
    heating: "heat",
    cooling: "cool",
    play: "playing",
    pause: "paused",
    stopped: "idle",
  };
  const other = otherWords[word];
  return other === undefined ? undefined : has(other);
}

export type Numeric = "number" | "text" | "unknown";

/** Whether the state is a number. */
export function numericOf({ domain, attributes, state }: HomeEntity): Numeric {
  if (["input_text", "text", "group", "var", "variable", "template"].includes(domain))
    return "unknown";
  if (!NUMERIC_DOMAINS.has(domain)) return "text";
  if (domain !== "sensor") return "number";
  const { device_class, unit_of_measurement, state_class } = attributes;
  if (["enum", "timestamp", "date"].includes(String(device_class))) return "text";
  if (unit_of_measurement !== undefined || state_class !== undefined) return "number";
  if (state === undefined || state === "unknown" || state === "unavailable" || state === "") {
    return "unknown";
  }
  return Number.isNaN(Number(state)) ? "text" : "number";
}

/** The attribute that holds the number which people mean. */
export const NUMBER_ATTRIBUTES: Readonly<Record<string, string>> = {
  light: "brightness",
  cover: "current_position",
  valve: "current_position",
  climate: "current_temperature",
  water_heater: "current_temperature",
  fan: "percentage",
  media_player: "volume_level",
  humidifier: "humidity",
  vacuum: "battery_level",
  weather: "temperature",
  sun: "elevation",
};
