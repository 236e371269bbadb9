import type { Simulation } from "../household/simulation.ts";
import { isAtLeast } from "../model/core.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { toList } from "../model/targets.ts";
import { forecastOf } from "../services/answering.ts";
import { sendEvent, sendResult } from "./client.ts";
import { ANSWERED, type Commands, type Request } from "./command.ts";
import { toWireConfigEntry } from "./commands-registry.ts";
import { relatedTo } from "./search.ts";
import { toIso } from "./wire.ts";

/** Logs, repairs, notifications, weather, energy, manifests, search. */
export function restOfHomeCommands(simulation: Simulation): Commands {
  const { core, notifications, house } = simulation;
  const { registry, clock } = core;
  const BUILT_IN = ["automation", "script", "scene", "recorder", "history", "logbook", "sun"];

  const manifests = () => [
    ...new Set([...BUILT_IN, ...[...registry.configEntries.values()].map(({ domain }) => domain)]),
  ];
  const toManifest = (domain: string) => ({
    domain,
    name: domain.replaceAll("_", " ").replace(/^\w/u, (letter) => letter.toUpperCase()),
    codeowners: [],
    config_flow: !BUILT_IN.includes(domain),
    dependencies: [],
    documentation: `https://www.home-assistant.io/integrations/${domain}`,
    integration_type: BUILT_IN.includes(domain) ? "system" : "hub",
    iot_class: "local_push",
    requirements: [],
    is_built_in: true,
    overwrites_built_in: false,
  });

  function subscribeForecast({ client, message }: Request) {
    const entityId = String(message.entity_id);
    if (core.entities.get(entityId)?.domain !== "weather") {
      throw new HomeAssistantError("invalid_entity_id", `Weather entity not found: ${entityId}`);
    }
    const type = message.forecast_type;
    if (type !== "daily" && type !== "hourly") {
      const text = `The weather entity does not support forecast type ${String(type)}`;
      throw new HomeAssistantError("forecast_not_supported", text);
    }
    sendResult(client, message.id, null);
    sendEvent(client, message.id, { type, forecast: forecastOf(core, entityId, type) });
    client.subscriptions.set(message.id, { kind: "other" });
    return ANSWERED;
  }

  function subscribeNotifications({ client, message }: Request) {
    sendResult(client, message.id, null);
    const current = Object.fromEntries(notifications.current);
    sendEvent(client, message.id, { type: "current", notifications: current });
    const end = notifications.onChange((type, notification) => {
      const changed = { [notification.notification_id]: notification };
      sendEvent(client, message.id, { type, notifications: changed });
    });
    client.subscriptions.set(message.id, { kind: "other", end });
    return ANSWERED;
  }

  function energyPrefs() {
    const find = (kind: string) => house.readings.find((reading) => reading.kind === kind);
    const grid = find("house_energy");
    if (grid === undefined) throw new HomeAssistantError("not_found", "No prefs");
    const from = grid.entityId;
    const price = {
      ...{ stat_cost: null, entity_energy_price: null, number_energy_price: 0.32 },
      ...{ stat_compensation: null, entity_energy_price_export: null },
      number_energy_price_export: null,
    };
    const rate = find("house_power")?.entityId;
    const flat = {
      ...{ type: "grid", stat_energy_from: from, stat_energy_to: null, ...price },
      ...{ stat_rate: rate, cost_adjustment_day: 0, name: "Grid" },
    };
    const legacy = {
      type: "grid",
      flow_from: [{ stat_energy_from: from, ...price }],
      flow_to: [],
      cost_adjustment_day: 0,
    };
    const solar = find("solar_energy");
    const solarRate = find("solar_power")?.entityId;
    const devices = house.readings.filter(({ kind }) => kind === "energy").slice(0, 8);
    return {
      energy_sources: [
        isAtLeast(core.version, "2026.3") ? flat : legacy,
        ...(solar === undefined
          ? []
          : [{ type: "solar", stat_energy_from: solar.entityId, stat_rate: solarRate }]),
      ],
      device_consumption: devices.map(({ entityId, source }) => ({
        stat_consumption: entityId,
        stat_rate: source ?? null,
        name: String(core.states.get(entityId)?.attributes.friendly_name ?? entityId),
      })),
      device_consumption_water: [],
    };
  }

  return {
    "manifest/list": {
      schema: { integrations: "list" },
      run({ message }) {
        const wanted = message.integrations;
        const known = manifests();
        const chosen =
          wanted === undefined ? known : toList(wanted).filter((one) => known.includes(one));
        return chosen.map(toManifest);
      },
    },
    "manifest/get": {
      schema: { integration: "string!" },
      run({ message }) {
        const domain = String(message.integration);
        if (manifests().includes(domain)) return toManifest(domain);
        throw new HomeAssistantError("not_found", "Integration not found");
      },
    },
    "integration/wait": {
      schema: { domain: "string!" },
      run: ({ message }) => ({ integration_loaded: manifests().includes(String(message.domain)) }),
    },
    "system_log/list": {
      admin: true,
      run: () => [
        {
          name: "homeassistant.components.tado",
          message: ["Error fetching tado data: 429 Too Many Requests"],
          level: "ERROR",
          source: ["helpers/update_coordinator.py", 412],
          timestamp: clock.now() / 1000 - 1800,
          exception: "",
          count: 3,
          first_occurred: clock.now() / 1000 - 7200,
        },
      ],
    },
    "repairs/list_issues": { run: () => ({ issues: [...registry.issues.values()] }) },
    "persistent_notification/get": { run: () => [...notifications.current.values()] },
    "persistent_notification/subscribe": { run: subscribeNotifications },
    "weather/subscribe_forecast": {
      schema: { entity_id: "string!", forecast_type: "string!" },
      run: subscribeForecast,
    },
    "energy/get_prefs": { run: energyPrefs },
    "energy/info": { run: () => ({ cost_sensors: {}, solar_forecast_domains: [] }) },
    "config_entries/subscribe": {
      schema: { type_filter: "list" },
      run({ client, message }) {
        sendResult(client, message.id, null);
        const entries = [...registry.configEntries.values()].map((entry) => ({
          type: null,
          entry: toWireConfigEntry(entry),
        }));
        sendEvent(client, message.id, entries);
        const end = registry.onEntryMoved((entry) =>
          sendEvent(client, message.id, [{ type: "updated", entry: toWireConfigEntry(entry) }]),
        );
        client.subscriptions.set(message.id, { kind: "other", end });
        return ANSWERED;
      },
    },
    "search/related": {
      schema: { item_type: "string!", item_id: "string!" },
      run: ({ message }) =>
        relatedTo(simulation, String(message.item_type), String(message.item_id)),
    },
    "homeassistant/expose_entity/list": { admin: true, run: () => ({ exposed_entities: {} }) },
    "logger/log_info": { run: () => [{ domain: "automation", level: 30 }] },
    "frontend/get_themes": {
      run: () => ({ themes: {}, default_theme: "default", default_dark_theme: null }),
    },
    "system_health/info": {
      run({ client, message }) {
        sendResult(client, message.id, null);
        const info = { version: core.version, installation_type: "Home Assistant OS", dev: false };
        sendEvent(client, message.id, { type: "initial", data: { homeassistant: { info } } });
        sendEvent(client, message.id, { type: "finish", at: toIso(clock.now()) });
        client.subscriptions.set(message.id, { kind: "other" });
        return ANSWERED;
      },
    },
  };
}
