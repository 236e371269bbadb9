import { type LintedHouse, toLintedHouse } from "#src/analysis/automation-lint/automation-lint.ts";
import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";
import type { Preset } from "./fake-home-assistant/household/presets.ts";
import { createSimulation } from "./fake-home-assistant/household/simulation.ts";
import type { Core } from "./fake-home-assistant/model/core.ts";
import { toServices } from "./fake-home-assistant/protocol/service-descriptions.ts";

const VERSION = "2026.9.1";
const STARTS_AT = Date.parse("2026-09-07T18:00:00+02:00");

/** A simulated household as the analysis sees it, with what it has configured; nothing is served. */
export function fakeHouse(preset: Preset, seed = 1): LintedHouse {
  const { core, system } = createSimulation({
    ...{ preset, seed, startAt: STARTS_AT, days: 0, version: VERSION },
  });
  const stored = (domain: string, file: ReadonlyMap<string, unknown>) =>
    [...file].map(([id, config]) => ({ entityId: `${domain}.${id}`, config }));
  return toLintedHouse({
    home: homeOf(core),
    now: STARTS_AT,
    automations: stored("automation", system.automations.file),
    scripts: stored("script", system.scripts.file),
    scenes: [...system.scenes.file].map(([, config]) => ({
      entityId: `scene.${String(config.name).toLowerCase().replaceAll(" ", "_")}`,
      config,
    })),
  });
}

function homeOf({ registry, states, services }: Core): HomeSnapshot {
  const ids = new Set([
    ...registry.entities.keys(),
    ...[...states.all()].map(({ entityId }) => entityId),
  ]);
  return toSnapshot({
    version: VERSION,
    services: toServices(services),
    entities: [...ids].map((entityId) => {
      const state = states.get(entityId);
      const entry = registry.entities.get(entityId);
      const areaId = registry.areaOf(entityId);
      return {
        entityId,
        ...(state && { state: state.state, attributes: state.attributes }),
        ...(areaId !== undefined && { areaId }),
        ...(entry?.device_id && { deviceId: entry.device_id }),
        ...(entry?.entity_category && { category: entry.entity_category }),
        ...(entry?.disabled_by && { disabledBy: entry.disabled_by }),
      };
    }),
    devices: [...registry.devices.values()].map(({ id, name, area_id }) => ({
      id,
      name,
      ...(area_id !== null && { areaId: area_id }),
    })),
    areas: [...registry.areas.values()].map(({ area_id, name, floor_id }) => ({
      id: area_id,
      name,
      ...(floor_id !== null && { floorId: floor_id }),
    })),
    floors: [...registry.floors.values()].map(({ floor_id, name }) => ({ id: floor_id, name })),
  });
}
