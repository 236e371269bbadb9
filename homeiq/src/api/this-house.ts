import { present } from "#foundation/absent.ts";
import type { ConnectionStatus, Endpoint } from "#home/connection/connection.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { Session } from "./system-answers.ts";

/** What a page must know of the house before it can show a time or a sum, from Home Assistant's settings. */
export function describeThisHouse(
  registry: Registry,
  { haVersion }: Pick<ConnectionStatus, "haVersion">,
): Session["house"] {
  const config = registry.config();
  return {
    timeZone: config?.time_zone ?? "UTC",
    language: config?.language ?? "en",
    ...present("name", config?.location_name || undefined),
    ...present("country", config?.country),
    ...present("currency", config?.currency),
    ...present("haVersion", haVersion || undefined),
  };
}

/** How Home Assistant is reached. */
export function modeOf(endpoint: Endpoint | undefined): Session["mode"] {
  if (!endpoint) return "unconfigured";
  return endpoint.viaSupervisor ? "app" : "direct";
}
