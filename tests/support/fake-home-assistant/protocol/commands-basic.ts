import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { invalid } from "../model/schema.ts";
import { findTargets, toList } from "../model/targets.ts";
import { type Client, sendError, sendEvent, sendResult } from "./client.ts";
import { ANSWERED, type Commands, type Request, toWireError } from "./command.ts";
import { toConfig } from "./config.ts";
import { toServices } from "./service-descriptions.ts";
import { toCompressed, toWireState } from "./wire.ts";

const FREE_FOR_ALL = new Set([
  ...["area", "device", "entity", "label", "category", "floor", "repairs_issue"].map(
    (kind) => `${kind}_registry_updated`,
  ),
  ...["state_changed", "component_loaded", "core_config_updated", "service_registered"],
  ...["service_removed", "panels_updated", "lovelace_updated", "themes_updated"],
  ...["shopping_list_updated", "labs_updated"],
  ...["recorder_5min_statistics_generated", "recorder_hourly_statistics_generated"],
]);

/** Sessions, states, events and service calls. */
export const basicCommands: Commands = {
  ping: {
    run({ client, message }) {
      client.outbox.send(`{"id":${message.id},"type":"pong"}`);
      return ANSWERED;
    },
  },
  supported_features: {
    schema: { features: "object!" },
    run({ client, message }) {
      const features = Object(message.features);
      if ("coalesce_messages" in features) client.outbox.coalesce();
      return null;
    },
  },
  get_states: { run: ({ core }) => [...core.states.all()].map(toWireState) },
  get_config: { run: ({ core }) => toConfig(core) },
  get_services: { run: ({ core }) => toServices(core.services) },
  get_panels: {
    run: () => ({
      lovelace: panel("lovelace", "lovelace", null),
      config: panel("config", "config", "mdi:cog"),
      history: panel("history", "history", "mdi:chart-box"),
    }),
  },
  subscribe_events: { schema: { event_type: "string" }, run: subscribeEvents },
  unsubscribe_events: {
    schema: { subscription: "int!" },
    run({ client, message }) {
      const id = Number(message.subscription);
      const subscription = client.subscriptions.get(id);
      if (subscription === undefined) {
        throw new HomeAssistantError("not_found", "Subscription not found.");
      }
      client.subscriptions.delete(id);
      subscription.end?.();
      return null;
    },
  },
  subscribe_entities: {
    schema: { entity_ids: "list", include: "object", exclude: "object" },
    run: subscribeEntities,
  },
  call_service: {
    schema: {
      domain: "string!",
      service: "string!",
      service_data: "object",
      target: "object",
      return_response: "boolean",
    },
    run: callService,
  },
  fire_event: {
    admin: true,
    schema: { event_type: "string!", event_data: "object" },
    run({ client, message, core }) {
      const context = core.states.newContext({ user_id: client.user.id });
      core.bus.fire(String(message.event_type), Object(message.event_data), { context });
      return { context };
    },
  },
  extract_from_target: {
    schema: { target: "object!", expand_group: "boolean", primary_entities_only: "boolean" },
    run({ message, core }) {
      const target = Object(message.target);
      const { registry } = core;
      const missing = (key: string, known: ReadonlyMap<string, unknown>) =>
        toList(target[key]).filter((id) => !known.has(id));
      return {
        referenced_entities: [...findTargets(target, core)],
        referenced_devices: toList(target.device_id).filter((id) => registry.devices.has(id)),
        referenced_areas: toList(target.area_id).filter((id) => registry.areas.has(id)),
        missing_devices: missing("device_id", registry.devices),
        missing_areas: missing("area_id", registry.areas),
        missing_floors: missing("floor_id", registry.floors),
        missing_labels: missing("label_id", registry.labels),
      };
    },
  },
};

function panel(urlPath: string, component: string, icon: string | null) {
  return {
    component_name: component,
    icon,
    title: urlPath,
    default_visible: true,
    config: null,
    url_path: urlPath,
    require_admin: urlPath === "config",
    config_panel_domain: null,
    show_in_sidebar: true,
  };
}

function subscribeEvents({ client, message }: Request) {
  const eventType = String(message.event_type ?? "*");
  if (eventType === "state_reported") {
    const text = "Event filter is required for event state_reported";
    throw new HomeAssistantError("home_assistant_error", text);
  }
  if (eventType.length > 64) {
    throw invalid("length of value must be at most 64 for dictionary value @ data['event_type']");
  }
  if (!client.user.is_admin && !FREE_FOR_ALL.has(eventType)) {
    throw new HomeAssistantError("unauthorized", "Unauthorized");
  }
  client.subscriptions.set(message.id, { kind: "events", eventType });
  return null;
}

function subscribeEntities({ client, message, core }: Request) {
  const includes = filterOf(message);
  sendResult(client, message.id, null);
  const all: Record<string, unknown> = {};
  for (const state of core.states.all()) {
    if (includes?.(state.entityId) !== false) all[state.entityId] = toCompressed(state);
  }
  sendEvent(client, message.id, { a: all });
  client.subscriptions.set(message.id, {
    kind: "entities",
    ...(includes === undefined ? {} : { includes }),
  });
  return ANSWERED;
}

function filterOf(message: Request["message"]): ((entityId: string) => boolean) | undefined {
  const ids = new Set(toList(message.entity_ids));
  const include = matcher(Object(message.include));
  const exclude = matcher(Object(message.exclude));
  if (ids.size === 0 && include === undefined && exclude === undefined) return undefined;
  return (entityId) => {
    if (ids.size > 0 && !ids.has(entityId)) return false;
    if (exclude?.(entityId) === true) return false;
    return include?.(entityId) ?? true;
  };
}

function matcher(rules: Readonly<Record<string, unknown>>) {
  const domains = new Set(toList(rules.domains));
  const entities = new Set(toList(rules.entities));
  const globs = toList(rules.entity_globs).map((glob) => {
    const escaped = glob.replace(/[.+^${}()|[\]\\]/gu, "\\$&");
    return new RegExp(`^${escaped.replaceAll("*", ".*").replaceAll("?", ".")}$`, "u");
  });
  if (domains.size + entities.size + globs.length === 0) return undefined;
  return (entityId: string) =>
    entities.has(entityId) ||
    domains.has(entityId.slice(0, entityId.indexOf("."))) ||
    globs.some((glob) => glob.test(entityId));
}

function callService({ client, message, core }: Request) {
  const { states, services } = core;
  const target = Object.entries(Object(message.target)).map(([key, ids]) => [key, toList(ids)]);
  const data = { ...Object(message.service_data), ...Object.fromEntries(target) };
  const returnResponse = message.return_response === true;
  const context = states.newContext({ user_id: client.user.id });
  const done = (response: unknown) =>
    sendResult(client, message.id, returnResponse ? { context, response } : { context });
  call(client, message.id, () =>
    services.call(String(message.domain), String(message.service), data, {
      context,
      returnResponse,
      onDone: done,
    }),
  );
  return ANSWERED;
}

function call(client: Client, id: number, run: () => void) {
  try {
    run();
  } catch (error) {
    sendError(client, id, toWireError(error));
  }
}
