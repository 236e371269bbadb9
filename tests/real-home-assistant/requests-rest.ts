import type { Wire } from "#support/fake-home-assistant/raw-client.ts";
import { ATTRIBUTES, type ConformanceRequest, restRequest } from "./conformance-request.ts";

const NEW_AUTOMATION = {
  alias: "Conformance",
  description: "",
  triggers: [{ trigger: "state", entity_id: "input_boolean.nothing", to: "on" }],
  conditions: [],
  actions: [{ action: "homeassistant.update_entity", target: { entity_id: "sun.sun" } }],
  mode: "single",
};

/** The REST API. In this order: some build on those before them. */
export const REST: readonly ConformanceRequest[] = [
  restRequest("GET /api/", () => "/api/"),
  restRequest("GET /api/config", () => "/api/config", { open: [".components"] }),
  restRequest("GET /api/core/state", () => "/api/core/state"),
  restRequest("GET /api/states", () => "/api/states", { open: ATTRIBUTES }),
  restRequest("GET a state", ({ light }) => `/api/states/${light}`, { open: ATTRIBUTES }),
  restRequest("GET an unknown state", () => "/api/states/light.not_there"),
  restRequest("POST a new state", () => "/api/states/sensor.conformance", {
    body: () => ({ state: "1", attributes: { unit_of_measurement: "W" } }),
    open: ATTRIBUTES,
  }),
  restRequest("POST a state without a state", () => "/api/states/sensor.conformance", {
    body: () => ({}),
  }),
  restRequest("DELETE a state", () => "/api/states/sensor.conformance", { method: "DELETE" }),
  restRequest("POST a service", () => "/api/services/light/turn_off", {
    body: ({ light }) => ({ entity_id: light }),
    open: ATTRIBUTES,
  }),
  restRequest("POST an unknown service", () => "/api/services/light/not_there", {
    body: () => ({}),
  }),
  restRequest("GET the services", () => "/api/services", {
    pick: (list) =>
      list.map(({ domain, services }: Wire) => ({ domain, services: typeof services })),
  }),
  restRequest("POST an event", () => "/api/events/conformance", { body: () => ({}) }),
  restRequest("POST a template", () => "/api/template", {
    body: () => ({ template: "{{ 1 + 1 }}" }),
  }),
  restRequest("POST a broken template", () => "/api/template", {
    body: () => ({ template: "{{ 1 +" }),
  }),
  restRequest("GET the history", ({ light }) => `/api/history/period?filter_entity_id=${light}`, {
    open: ["[][].attributes"],
  }),
  restRequest("POST an automation", () => "/api/config/automation/config/conformance", {
    body: () => NEW_AUTOMATION,
  }),
  restRequest("GET an automation", () => "/api/config/automation/config/conformance", {
    open: [".triggers", ".actions"],
  }),
  restRequest(
    "POST an automation that is wrong",
    () => "/api/config/automation/config/conformance",
    {
      body: () => ({ ...NEW_AUTOMATION, triggers: [{ trigger: "nonsense" }] }),
    },
  ),
  restRequest("DELETE an automation", () => "/api/config/automation/config/conformance", {
    method: "DELETE",
  }),
  restRequest(
    "DELETE an automation that is gone",
    () => "/api/config/automation/config/conformance",
    {
      method: "DELETE",
    },
  ),
  restRequest("GET an automation that is gone", () => "/api/config/automation/config/conformance"),
  {
    name: "a request without a token",
    async ask({ url }) {
      const answer = await fetch(`${url}/api/states`);
      return { exactly: { status: answer.status, text: await answer.text() } };
    },
  },
];
