import type { Entities } from "./entities.ts";
import type { Registry } from "./registry.ts";

export const TARGET_KEYS = ["entity_id", "device_id", "area_id", "floor_id", "label_id"] as const;

type Data = Readonly<Record<string, unknown>>;

/** A string, a comma-separated string or a list, as a list. */
export function toList(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "string");
  if (typeof value !== "string" || value === "none") return [];
  return value.split(",").map((item) => item.trim());
}

export function hasTarget(data: Data): boolean {
  return TARGET_KEYS.some((key) => data[key] !== undefined && data[key] !== null);
}

/** The entity ids that a target means; unknown ones are left out silently. */
export function findTargets(
  data: Data,
  { entities, registry }: { entities: Entities; registry: Registry },
): ReadonlySet<string> {
  const found = new Set<string>();
  const named = toList(data.entity_id);
  if (named.includes("all")) {
    for (const { entityId } of entities.all()) found.add(entityId);
  }
  for (const id of named) {
    if (entities.get(id) !== undefined) found.add(id);
    else {
      const byRegistryId = [...registry.entities.values()].find((entry) => entry.id === id);
      if (byRegistryId !== undefined) found.add(byRegistryId.entity_id);
    }
  }

  const labels = new Set(toList(data.label_id));
  const floors = new Set(toList(data.floor_id));
  const areas = new Set(toList(data.area_id));
  const devices = new Set(toList(data.device_id));
  if (labels.size + floors.size + areas.size + devices.size === 0) return found;

  const isLabelled = (ids: readonly string[]) => ids.some((id) => labels.has(id));
  for (const area of registry.areas.values()) {
    if (floors.has(area.floor_id ?? "") || isLabelled(area.labels)) areas.add(area.area_id);
  }
  for (const device of registry.devices.values()) {
    if (isLabelled(device.labels)) devices.add(device.id);
  }
  for (const entry of registry.entities.values()) {
    const area = registry.areaOf(entry.entity_id);
    const wanted = isLabelled(entry.labels) || devices.has(entry.device_id ?? "");
    const inArea = area !== undefined && areas.has(area) && entry.entity_category === null;
    if (wanted || inArea) found.add(entry.entity_id);
  }
  return found;
}
