import type { Category } from "./state-change.ts";

const SECURITY_DOMAINS = new Set(["alarm_control_panel", "lock"]);
const SECURITY_CLASSES = new Set([
  "door",
  "window",
  "garage_door",
  "opening",
  "motion",
  "occupancy",
  "lock",
  "smoke",
  "gas",
  "safety",
  "tamper",
]);
const CLIMATE_DOMAINS = new Set(["climate", "humidifier", "water_heater", "weather"]);
const CLIMATE_CLASSES = new Set(["temperature", "humidity"]);
const APPLIANCE_DOMAINS = new Set([
  "switch",
  "fan",
  "vacuum",
  "media_player",
  "lawn_mower",
  "valve",
]);
const APPLIANCE_CLASSES = new Set(["power", "energy"]);

/** The one category of an entity, the same wherever it is shown or filtered. */
export function categoryOf(entityId: string, deviceClass: string | undefined): Category {
  const domain = domainOf(entityId);
  const kind = deviceClass ?? "";
  if (SECURITY_DOMAINS.has(domain) || SECURITY_CLASSES.has(kind)) return "security";
  if (CLIMATE_DOMAINS.has(domain) || CLIMATE_CLASSES.has(kind)) return "climate";
  if (domain === "light") return "lighting";
  if (APPLIANCE_DOMAINS.has(domain) || APPLIANCE_CLASSES.has(kind)) return "appliance";
  if (domain === "sensor" || domain === "binary_sensor") return "monitoring";
  return "general";
}

/** The part of an entity id before the dot. */
export const domainOf = (entityId: string): string => entityId.slice(0, entityId.indexOf("."));
