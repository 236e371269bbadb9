import { renderText } from "../automation/template.ts";
import type { Simulation } from "../household/simulation.ts";
import { removeEntity } from "../model/entity-changes.ts";
import { HomeAssistantError } from "../model/home-assistant-error.ts";
import { toConfig } from "../protocol/config.ts";
import type { RestAnswer, RestRequest } from "../protocol/server.ts";
import { toServices } from "../protocol/service-descriptions.ts";
import { toWireState } from "../protocol/wire.ts";

type Body = Readonly<Record<string, unknown>>;
const message = (status: number, text: string): RestAnswer => ({ status, body: { message: text } });

/** States, services, events, templates. */
export function stateRoutes(
  request: RestRequest,
  simulation: Simulation,
): RestAnswer | Promise<RestAnswer> | undefined {
  const { core } = simulation;
  const { method, path, user } = request;
  const [, , what = "", first = "", second = ""] = path.split("/").map(decodeURIComponent);
  const route = `${method} ${what}`;
  if (method !== "GET" && what !== "services" && !user.is_admin) {
    return { status: 401, body: "401: Unauthorized" };
  }
  if (route === "GET " && path === "/api/") return message(200, "API running.");
  if (route === "GET config" && first === "") return { status: 200, body: toConfig(core) };
  if (route === "GET core" && first === "state") {
    const recorder_state = { migration_in_progress: false, migration_is_live: false };
    return { status: 200, body: { state: core.running, recorder_state } };
  }
  if (route === "GET components") return { status: 200, body: toConfig(core).components };
  if (route === "GET error_log") return { status: 404, body: "404: Not Found" };
  if (what === "states") return states(request, simulation, first);
  if (route === "GET services") {
    const domains = Object.entries(toServices(core.services));
    return { status: 200, body: domains.map(([domain, services]) => ({ domain, services })) };
  }
  if (route === "POST services") return callService(request, simulation, [first, second]);
  if (route === "GET events") return { status: 200, body: [{ event: "*", listener_count: 1 }] };
  if (route === "POST events") {
    const data = parse(request.body === "" ? "{}" : request.body);
    if (data === undefined) return message(400, "Event data should be valid JSON.");
    const context = core.states.newContext({ user_id: user.id });
    core.bus.fire(first, data, { context, origin: "REMOTE" });
    return message(200, `Event ${first} fired.`);
  }
  if (route === "POST template") return template(request, simulation);
  if (route === "POST config" && path === "/api/config/core/check_config") {
    return { status: 200, body: { result: "valid", errors: null, warnings: null } };
  }
  return undefined;
}

function states(request: RestRequest, { core }: Simulation, entityId: string): RestAnswer {
  const { method, user } = request;
  if (entityId === "") return { status: 200, body: [...core.states.all()].map(toWireState) };
  const known = core.states.get(entityId);
  if (method === "GET") {
    return known === undefined
      ? message(404, "Entity not found.")
      : { status: 200, body: toWireState(known) };
  }
  if (method === "DELETE") {
    return removeEntity(core, entityId)
      ? message(200, "Entity removed.")
      : message(404, "Entity not found.");
  }
  const body = parse(request.body);
  if (body === undefined) return message(400, "Invalid JSON specified.");
  if (body.state === undefined) return message(400, "No state specified.");
  if (!/^[a-z0-9_]+\.[a-z0-9_]+$/u.test(entityId)) {
    return message(400, "Invalid entity ID specified.");
  }
  const state = String(body.state);
  if (state.length > 255) return message(400, "Invalid state specified.");
  const context = core.states.newContext({ user_id: user.id });
  const value = { state, attributes: Object(body.attributes ?? {}) };
  core.states.set(entityId, value, { context, force: body.force_update === true });
  const after = core.states.get(entityId);
  return { status: known === undefined ? 201 : 200, body: after && toWireState(after) };
}

function callService(
  request: RestRequest,
  { core }: Simulation,
  [domain, service]: readonly [string, string],
): Promise<RestAnswer> | RestAnswer {
  const data = parse(request.body === "" ? "{}" : request.body);
  if (data === undefined) return message(400, "Data should be valid JSON.");
  if (!core.services.has(domain, service)) return { status: 400, body: "400: Bad Request" };
  const returnResponse = request.query.has("return_response");
  const context = core.states.newContext({ user_id: request.user.id });
  return new Promise((resolve) => {
    const changed = () =>
      [...core.states.all()].filter((state) => state.context.id === context.id).map(toWireState);
    try {
      core.services.call(domain, service, data, {
        context,
        returnResponse,
        onDone: (response) =>
          resolve({
            status: 200,
            body: returnResponse
              ? { changed_states: changed(), service_response: response }
              : changed(),
          }),
      });
    } catch (error) {
      const isBad = error instanceof HomeAssistantError && error.code !== "home_assistant_error";
      const text = error instanceof Error ? error.message : String(error);
      resolve(isBad ? message(400, text) : message(500, text));
    }
  });
}

function template(request: RestRequest, { core }: Simulation): RestAnswer {
  const body = parse(request.body);
  try {
    const variables = Object(body?.variables ?? {});
    return { status: 200, body: renderText(String(body?.template ?? ""), core, variables) };
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return message(400, `Error rendering template: ${text}`);
  }
}

function parse(text: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined; // each caller says it in the words of its own route
  }
}
