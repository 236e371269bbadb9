import type { Simulation } from "../household/simulation.ts";
import type { RestAnswer, RestRequest } from "../protocol/server.ts";
import { configRoutes } from "./config-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { stateRoutes } from "./state-routes.ts";

/** Answers the REST API. */
export async function answerRest(
  request: RestRequest,
  simulation: Simulation,
): Promise<RestAnswer> {
  for (const route of [configRoutes, historyRoutes, stateRoutes]) {
    const answer = await route(request, simulation);
    if (answer !== undefined) return answer;
  }
  return { status: 404, body: "404: Not Found" };
}
