import type { Simulation } from "../household/simulation.ts";
import type { RestAnswer, RestRequest } from "../protocol/server.ts";
import type { Troubles } from "../protocol/troubles.ts";
import { configRoutes } from "./config-routes.ts";
import { historyRoutes } from "./history-routes.ts";
import { stateRoutes } from "./state-routes.ts";

/** Answers the REST API. */
export async function answerRest(
  request: RestRequest,
  simulation: Simulation,
  troubles: Pick<Troubles, "losesReloads" | "refusesWrites">,
): Promise<RestAnswer> {
  const config = configRoutes(request, simulation, troubles);
  if (config !== undefined) return config;
  for (const route of [historyRoutes, stateRoutes]) {
    const answer = await route(request, simulation);
    if (answer !== undefined) return answer;
  }
  return { status: 404, body: "404: Not Found" };
}
