import type { Simulation } from "../household/simulation.ts";
import { toConfig } from "../protocol/config.ts";
import type { RestAnswer, RestRequest } from "../protocol/server.ts";
import { toWireState } from "../protocol/wire.ts";

export type Route = (
  request: RestRequest,
  simulation: Simulation,
) => RestAnswer | Promise<RestAnswer> | undefined;

const basic: Route = ({ method, path }, { core }) => {
  if (method !== "GET") return undefined;
  if (path === "/api/") return { status: 200, body: { message: "API running." } };
  if (path === "/api/config") return { status: 200, body: toConfig(core) };
  if (path === "/api/states") {
    return { status: 200, body: [...core.states.all()].map(toWireState) };
  }
  return undefined;
};

/** Answers the REST API. */
export async function answerRest(
  request: RestRequest,
  simulation: Simulation,
): Promise<RestAnswer> {
  for (const route of [basic]) {
    const answer = await route(request, simulation);
    if (answer !== undefined) return answer;
  }
  return { status: 404, body: "404: Not Found" };
}
