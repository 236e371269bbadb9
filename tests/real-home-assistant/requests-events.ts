import type { Wire } from "#support/fake-home-assistant/raw-client.ts";
import { type ConformanceRequest, firstEvent, nothing, values } from "./conformance-request.ts";

const hourAgo = () => new Date(Date.now() - 3_600_000).toISOString();

/** Subscriptions, each with something that makes its event happen. */
export const EVENTS: readonly ConformanceRequest[] = [
  firstEvent("subscribe_entities", nothing, {
    name: "the snapshot of subscribe_entities",
    pick: ({ a }) => ({ a: values(a) }),
    open: [".a[].a"],
  }),
  firstEvent("subscribe_entities", ({ light }) => ({ entity_ids: [light] }), {
    name: "a change of subscribe_entities",
    fits: ({ c }) => c !== undefined,
    after: ({ client, light }) =>
      client.ask("call_service", {
        domain: "light",
        service: "toggle",
        target: { entity_id: light },
      }),
    pick: ({ c }) => ({ c: values(c).map((diff: Wire) => Object.keys(diff)) }),
  }),
  firstEvent("subscribe_events", () => ({ event_type: "call_service" }), {
    name: "the event of a call",
    after: ({ client, light }) =>
      client.ask("call_service", {
        domain: "light",
        service: "toggle",
        target: { entity_id: light },
      }),
  }),
  firstEvent("subscribe_events", () => ({ event_type: "state_changed" }), {
    name: "the event of a change",
    fits: ({ data }) => data.new_state?.entity_id.startsWith("light."),
    after: ({ client, light }) =>
      client.ask("call_service", {
        domain: "light",
        service: "toggle",
        target: { entity_id: light },
      }),
    open: [".data.new_state.attributes", ".data.old_state.attributes"],
  }),
  firstEvent("subscribe_events", () => ({ event_type: "automation_triggered" }), {
    name: "the event of an automation's run",
    after: ({ client, automation }) =>
      client.ask("call_service", {
        domain: "automation",
        service: "trigger",
        target: { entity_id: automation },
      }),
  }),
  firstEvent("subscribe_events", () => ({ event_type: "area_registry_updated" }), {
    name: "the event of a new area",
    after: ({ client }) => client.ask("config/area_registry/create", { name: "Conformance" }),
  }),
  firstEvent("render_template", ({ light }) => ({ template: `{{ states('${light}') }}` }), {
    name: "render_template",
    open: [],
  }),
  firstEvent(
    "subscribe_trigger",
    ({ light }) => ({ trigger: { trigger: "state", entity_id: light } }),
    {
      name: "subscribe_trigger",
      after: ({ client, light }) =>
        client.ask("call_service", {
          domain: "light",
          service: "toggle",
          target: { entity_id: light },
        }),
      open: [".variables.trigger.from_state.attributes", ".variables.trigger.to_state.attributes"],
    },
  ),
  firstEvent(
    "weather/subscribe_forecast",
    ({ weather }) => ({ entity_id: weather, forecast_type: "daily" }),
    {
      name: "weather/subscribe_forecast",
      open: [".forecast"],
    },
  ),
  firstEvent("history/stream", ({ light }) => ({ entity_ids: [light], start_time: hourAgo() }), {
    name: "history/stream",
    pick: ({ states, ...others }) => ({ ...others, states: values(states) }),
    open: [".states[][].a"],
  }),
];
