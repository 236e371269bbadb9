import type { Simulation } from "../household/simulation.ts";
import type { FakeServer } from "../protocol/server.ts";
import type { Troubles } from "../protocol/troubles.ts";

const CLOSE_MS = 20; // between the stop event and the end of connections
const SETTLE_MS = 1500; // until the slowest integration is up again
const QUICK = new Set(["automation", "script", "homeassistant", "person", "input_boolean", "sun"]);

/** Takes Home Assistant down and up again, as the wire shows it. Resolves when all is live. */
export async function restart(
  { core, system }: Simulation,
  options: { server: FakeServer; troubles: Troubles; downMs: number; settleMs?: number },
): Promise<void> {
  const { server, troubles, downMs, settleMs = SETTLE_MS } = options;
  const { bus, entities, states, registry } = core;
  core.running = "STOPPING";
  bus.fire("homeassistant_stop", {});
  await wait(CLOSE_MS);
  troubles.down = true;
  server.dropConnections(1000);
  await wait(CLOSE_MS);
  server.dropConnections();
  entities.setRunning(false);
  const wasAvailable = new Set<string>();
  for (const entity of entities.all()) {
    if (entity.available) wasAvailable.add(entity.entityId);
    entity.commandedBy = undefined;
  }
  states.clear();
  core.running = "NOT_RUNNING";
  await wait(downMs);

  core.running = "STARTING";
  system.automations.reload(); // what was stored without having been loaded
  entities.setRunning(true);
  const late = new Map<string, string[]>();
  for (const entity of entities.all()) {
    const { entityId, integration, registered } = entity;
    const isLate = registered && !QUICK.has(integration) && wasAvailable.has(entityId);
    if (isLate) {
      entity.available = false;
      entity.restored = true;
      late.set(integration, [...(late.get(integration) ?? []), entityId]);
    }
    entities.publish(entity);
  }
  core.running = "RUNNING";
  troubles.down = false;
  bus.fire("homeassistant_start", {});
  bus.fire("homeassistant_started", {});
  for (const entry of registry.configEntries.values()) {
    if (late.has(entry.domain)) registry.moveEntry(entry, "setup_in_progress");
  }
  for (const [integration, entityIds] of late) {
    await wait(settleMs / late.size);
    entities.setAvailable(entityIds, { available: true });
    for (const entry of registry.configEntries.values()) {
      if (entry.domain === integration) registry.moveEntry(entry, "loaded");
    }
  }
}

function wait(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
