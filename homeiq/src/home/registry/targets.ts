import type { Registry } from "./registry.ts";

const values = (value: unknown): string[] => {
  if (typeof value === "string") return value.split(",").map((one) => one.trim());
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
};

/** The entities that a call's data names: by themselves, or by device, area, floor or label. */
export function expandTarget(
  target: Readonly<Record<string, unknown>>,
  registry: Registry,
): readonly string[] {
  const found = new Set(values(target.entity_id));
  const addArea = (areaId: string) => {
    for (const entityId of registry.entitiesOfArea(areaId)) found.add(entityId);
  };
  for (const deviceId of values(target.device_id)) {
    for (const entityId of registry.entitiesOfDevice(deviceId)) found.add(entityId);
  }
  for (const areaId of values(target.area_id)) addArea(areaId);
  for (const floorId of values(target.floor_id)) {
    for (const area of registry.areas.values())
      if (area.floor_id === floorId) addArea(area.area_id);
  }
  for (const labelId of values(target.label_id)) {
    for (const entity of registry.entities.values()) {
      if (entity.labels.includes(labelId)) found.add(entity.entity_id);
    }
  }
  return [...found];
}
