import { createAutomationReview } from "#ai/automation-review/automation-review.ts";
import { createBackTests, type HouseNow } from "#analysis/replay/replay.ts";
import type { Clock } from "#foundation/clock.ts";
import type { AutomationConfig } from "#home/automation-config/automation-config.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History } from "#ingest/history/history.ts";

interface Parts {
  readonly clock: Clock;
  readonly history: Pick<History, "scan" | "stateAt" | "entities">;
  readonly registry: Registry;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly house: AutomationConfig;
  readonly backTestDays?: number;
}

/** Looking at automations: back-tests, why not. */
export function composeReview({ clock, history, registry, states, house, ...options }: Parts) {
  const backTests = createBackTests({ clock, history, house: () => houseNow(registry, states) });
  const review = createAutomationReview({ clock, house, backTests, ...options });
  return { review, [Symbol.asyncDispose]: () => backTests[Symbol.asyncDispose]() };
}

/** What replaying needs of the house as it is. */
function houseNow(registry: Registry, states: ReadonlyMap<string, EntityState>): HouseNow {
  const config = registry.config();
  const { latitude, longitude, elevation } = config ?? {};
  const unit = config?.unit_system.temperature;
  const isPlaced = typeof latitude === "number" && typeof longitude === "number";
  return {
    timeZone: config?.time_zone ?? "UTC",
    ...(unit ? { temperatureUnit: unit } : {}),
    ...(isPlaced ? { position: { latitude, longitude, ...(elevation ? { elevation } : {}) } } : {}),
    map: {
      entities: [...states.values()].map(({ entityId, attributes }) => {
        const entry = registry.entities.get(entityId);
        const areaId = registry.areaOf(entityId);
        const { device_class: deviceClass, friendly_name: name } = attributes;
        return {
          entityId,
          ...(entry ? { registryId: entry.id, labels: entry.labels } : {}),
          ...(entry?.device_id ? { deviceId: entry.device_id } : {}),
          ...(entry?.entity_category ? { category: entry.entity_category } : {}),
          ...(entry?.hidden_by ? { isHidden: true } : {}),
          ...(areaId ? { areaId } : {}),
          ...(typeof deviceClass === "string" ? { deviceClass } : {}),
          ...(typeof name === "string" ? { name } : {}),
        };
      }),
      areas: [...registry.areas.values()].map(({ area_id, floor_id, name, labels }) => ({
        areaId: area_id,
        ...{ name, labels },
        ...(floor_id ? { floorId: floor_id } : {}),
      })),
      devices: [...registry.devices.values()].map(({ id, area_id, labels }) => ({
        deviceId: id,
        labels,
        ...(area_id ? { areaId: area_id } : {}),
      })),
    },
    states: [...states.values()],
  };
}
