import type { Wire } from "#support/fake-home-assistant/raw-client.ts";
import {
  ATTRIBUTES,
  type ConformanceRequest,
  command,
  nothing,
  values,
} from "./conformance-request.ts";

const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

/** In this order: some build on those before them. */
export const COMMANDS: readonly ConformanceRequest[] = [
  command("ping", nothing, { pick: () => null }),
  command("auth/current_user"),
  command("get_config", nothing, { open: [".components"] }),
  command("get_states", nothing, { open: ATTRIBUTES }),
  command("get_services", nothing, {
    name: "get_services, of the light",
    pick: (result) => result.light.turn_off,
    open: [".fields", ".target"],
  }),
  command("get_panels", nothing, { pick: values, open: ["[].config"] }),
  command("config/area_registry/list"),
  command("config/floor_registry/list"),
  command("config/label_registry/list"),
  command("config/category_registry/list", () => ({ scope: "automation" })),
  command("config/device_registry/list", nothing, {
    // a child device has other keys, and the demo has none
    pick: (list) => list.filter((device: Wire) => !device.parent_device_id),
    open: ["[].config_entries_subentries", "[].connections", "[].identifiers"],
  }),
  command("config/entity_registry/list", nothing, { open: ["[].options", "[].categories"] }),
  command("config/entity_registry/get", ({ light }) => ({ entity_id: light }), {
    open: [".options", ".categories", ".capabilities"],
  }),
  command("config/entity_registry/get", () => ({ entity_id: "light.not_there" }), {
    name: "config/entity_registry/get of an unknown entity",
  }),
  command("config/entity_registry/list_for_display", nothing, { open: [".entity_categories"] }),
  command("config/auth/list"),
  command("config_entries/get", nothing, { open: ["[].supported_subentry_types"] }),
  command("person/list"),
  command("zone/list"),
  command("entity/source", nothing, { pick: values }),
  command("repairs/list_issues", nothing, { pick: ({ issues }) => typeof issues }),
  command("manifest/list", nothing, {
    pick: (list) =>
      list.map(({ domain, name, is_built_in }: Wire) => ({ domain, name, is_built_in })),
  }),
  command("manifest/get", () => ({ integration: "not_there" }), {
    name: "manifest/get of nothing",
  }),
  command("system_log/list"),
  command("logger/log_info"),
  command("energy/get_prefs"),
  command("call_service", ({ light }) => ({
    domain: "light",
    service: "turn_on",
    target: { entity_id: light },
    service_data: { brightness_pct: 50 },
  })),
  command("call_service", () => ({ domain: "light", service: "not_there" }), {
    name: "call_service of an unknown service",
  }),
  command(
    "call_service",
    ({ light }) => ({
      domain: "light",
      service: "turn_on",
      target: { entity_id: light },
      service_data: { brightness: "very" },
    }),
    { name: "call_service with wrong data" },
  ),
  command(
    "call_service",
    ({ weather }) => ({
      domain: "weather",
      service: "get_forecasts",
      target: { entity_id: weather },
      service_data: { type: "daily" },
      return_response: true,
    }),
    {
      name: "call_service with an answer",
      pick: ({ context, response }) => ({
        context,
        forecast: values(response).map(({ forecast }: Wire) => typeof forecast),
      }),
    },
  ),
  command("call_service", () => ({ domain: "light" }), { name: "call_service without a service" }),
  command("not/a_command"),
  command("extract_from_target", ({ areaId }) => ({ target: { area_id: [areaId, "nowhere"] } }), {
    pick: (result) => ({ ...result, referenced_entities: [], referenced_devices: [] }),
  }),
  command("search/related", ({ light }) => ({ item_type: "entity", item_id: light }), {
    pick: values, // which kinds are related depends on the house
  }),
  command("validate_config", ({ light }) => ({
    triggers: [{ trigger: "state", entity_id: light }],
    conditions: [{ condition: "nonsense" }],
    actions: [{ action: "light.turn_on", target: { entity_id: light } }],
  })),
  command("test_condition", ({ light }) => ({
    condition: { condition: "state", entity_id: light, state: "on" },
  })),
  command("automation/config", ({ automation }) => ({ entity_id: automation }), {
    open: [".config"],
  }),
  command("trace/list", () => ({ domain: "automation" }), { pick: (list) => list.slice(0, 5) }),
  command("trace/contexts", nothing, { pick: values }),
  {
    name: "trace/get",
    open: [".trace", ".config", ".blueprint_inputs", ".trigger"],
    async ask({ client, automationId }) {
      const keys = { domain: "automation", item_id: automationId };
      const { result: list } = await client.ask("trace/list", keys);
      const { success, result } = await client.ask("trace/get", {
        ...keys,
        run_id: list[0].run_id,
      });
      return { exactly: { success }, shape: result };
    },
  },
  {
    name: "the steps of a trace",
    open: ["[].changed_variables", "[].result"],
    async ask({ client, automationId }) {
      const keys = { domain: "automation", item_id: automationId };
      const { result: list } = await client.ask("trace/list", keys);
      const { result } = await client.ask("trace/get", { ...keys, run_id: list[0].run_id });
      return { exactly: {}, shape: Object.values(result.trace).flat() };
    },
  },
  command(
    "history/history_during_period",
    ({ sensor }) => ({
      start_time: hourAgo(),
      entity_ids: [sensor],
      minimal_response: true,
      no_attributes: true,
    }),
    { pick: values },
  ),
  command("logbook/get_events", ({ light }) => ({ start_time: hourAgo(), entity_ids: [light] }), {
    pick: (list) =>
      list.filter((entry: Wire) => entry.context_event_type === "automation_triggered"),
  }),
  command("recorder/info"),
  command("recorder/list_statistic_ids"),
  command(
    "recorder/statistics_during_period",
    ({ sensor }) => ({
      start_time: hourAgo(),
      statistic_ids: [sensor],
      period: "5minute",
    }),
    { pick: (result) => typeof result },
  ),
  command("recorder/get_statistics_metadata", ({ sensor }) => ({ statistic_ids: [sensor] })),
  command("homeassistant/expose_entity/list", nothing, {
    pick: ({ exposed_entities }) => typeof exposed_entities,
  }),
];
