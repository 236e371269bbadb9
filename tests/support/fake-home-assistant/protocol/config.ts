import { type Core, isAtLeast } from "../model/core.ts";

const BUILT_IN = [
  ...["automation", "script", "scene", "homeassistant", "recorder", "history", "logbook"],
  ...["energy", "config", "api", "websocket_api", "frontend", "person", "zone", "search"],
  ...["trace", "repairs", "system_log", "persistent_notification", "auth", "http", "conversation"],
];

/** What `get_config` and `GET /api/config` answer. */
export function toConfig({ place, version, registry, entities, running }: Core) {
  const components = new Set(BUILT_IN);
  for (const { domain } of registry.configEntries.values()) components.add(domain);
  for (const { domain, integration } of entities.all()) {
    components.add(domain);
    if (integration !== domain) components.add(`${domain}.${integration}`);
  }
  return {
    allowlist_external_dirs: ["/config/www", "/media"],
    allowlist_external_urls: [],
    components: [...components],
    config_dir: "/config",
    config_source: "storage",
    country: "DE",
    currency: "EUR",
    debug: false,
    elevation: place.elevation,
    external_url: null,
    internal_url: null,
    language: "en",
    latitude: place.latitude,
    location_name: place.name,
    ...(isAtLeast(version, "2026.11") ? { logging: { log_file_disabled_reason: null } } : {}),
    longitude: place.longitude,
    radius: 100,
    recovery_mode: false,
    safe_mode: false,
    state: running,
    time_zone: place.timeZone,
    unit_system: {
      accumulated_precipitation: "mm",
      area: "m²",
      length: "km",
      mass: "g",
      pressure: "Pa",
      temperature: "°C",
      volume: "L",
      wind_speed: "m/s",
    },
    version,
    whitelist_external_dirs: ["/config/www", "/media"],
  };
}
