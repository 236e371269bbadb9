import { systemClock } from "#src/foundation/clock.ts";
import { createLog } from "#src/foundation/log.ts";
import { createTopic } from "#src/foundation/topic.ts";
import {
  type AutomationConfig,
  createAutomationConfig,
} from "#src/home/automation-config/automation-config.ts";
import { connectHome, type Endpoint } from "#src/home/connection/connection.ts";
import { createRegistry } from "#src/home/registry/registry.ts";
import { createStates } from "#src/home/states/states.ts";
import { eventually } from "./eventually.ts";

export interface OpenConfig extends AsyncDisposable {
  readonly config: AutomationConfig;
}

/** The part of the program that knows what stands in Home Assistant, on a connection of its own. */
export async function openAutomationConfig(endpoint: Endpoint): Promise<OpenConfig> {
  const log = createLog("silent");
  const states = createStates({ onRefused: () => {} });
  const changed = createTopic<void>({ name: "registry", log });
  const registry = createRegistry({ clock: systemClock, log, changed, onRename: () => {} });
  const config = createAutomationConfig({
    ...{ endpoint, registry, clock: systemClock, states: states.all() },
    request: (command, timeoutMs) => connection.request(command, timeoutMs),
    reloaded: createTopic({ name: "reloaded", log }),
    triggered: createTopic({ name: "triggered", log }),
  });
  const connection = connectHome({
    ...{ endpoint, log, clock: systemClock },
    statusTopic: createTopic({ name: "connection", log }),
    async onSession(session) {
      await registry.follow(session);
      states.expectSnapshot();
      await session.subscribe({ type: "subscribe_entities" }, (event) => void states.apply(event));
      await config.follow(session);
    },
    onLost: () => {},
    onAlive: () => {},
    onBadFrame: () => {},
  });
  await eventually("connected", () => connection.status().status === "connected" || undefined);
  await eventually("the states are there", () => config.list("automation").length > 0 || undefined);
  return { config, [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose]() };
}
