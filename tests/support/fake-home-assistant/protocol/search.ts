import type { Simulation } from "../household/simulation.ts";

type Related = Record<string, readonly string[]>;

/** What is related to an item: where it is, what it belongs to, which automations name it. */
export function relatedTo({ core, system }: Simulation, itemType: string, itemId: string): Related {
  const { registry } = core;
  const found = new Map<string, Set<string>>();
  const add = (type: string, id: string | null | undefined) => {
    if (id === null || id === undefined || (type === itemType && id === itemId)) return;
    found.set(type, (found.get(type) ?? new Set()).add(id));
  };

  function addUsers(entityIds: ReadonlySet<string>) {
    const names = (config: unknown) => {
      const text = JSON.stringify(config);
      return [...entityIds].some((id) => text.includes(`"${id}"`));
    };
    for (const entry of registry.entities.values()) {
      const { platform, unique_id, entity_id } = entry;
      const { automations, scripts, scenes } = system;
      if (platform === "automation" && names(automations.file.get(unique_id))) {
        add("automation", entity_id);
      }
      if (platform === "script" && names(scripts.file.get(unique_id))) add("script", entity_id);
      if (platform === "homeassistant" && names(scenes.file.get(unique_id) ?? null)) {
        add("scene", entity_id);
      }
    }
  }

  function addEntity(entityId: string) {
    const entry = registry.entities.get(entityId);
    if (entry === undefined) return;
    const device = registry.devices.get(entry.device_id ?? "");
    const area = registry.areaOf(entityId);
    add("area", area);
    add("floor", registry.areas.get(area ?? "")?.floor_id);
    add("device", device?.id);
    add("config_entry", entry.config_entry_id);
    if (entry.config_entry_id !== null) add("integration", entry.platform);
    for (const label of entry.labels) add("label", label);
  }

  const members = [...registry.entities.values()].filter((entry) => {
    if (itemType === "device") return entry.device_id === itemId;
    if (itemType === "area") return registry.areaOf(entry.entity_id) === itemId;
    if (itemType === "config_entry") return entry.config_entry_id === itemId;
    return itemType === "label" && entry.labels.includes(itemId);
  });
  if (itemType === "entity") {
    addEntity(itemId);
    addUsers(new Set([itemId]));
  }
  if (["automation", "script", "scene"].includes(itemType)) {
    const id = registry.entities.get(itemId)?.unique_id ?? "";
    const config =
      system.automations.file.get(id) ?? system.scripts.file.get(id) ?? system.scenes.file.get(id);
    const text = JSON.stringify(config ?? {});
    for (const entityId of registry.entities.keys()) {
      if (text.includes(`"${entityId}"`)) add("entity", entityId);
    }
  }
  for (const { entity_id, device_id } of members) {
    add("entity", entity_id);
    add("device", device_id);
  }
  if (members.length > 0) addUsers(new Set(members.map(({ entity_id }) => entity_id)));
  if (itemType === "area") add("floor", registry.areas.get(itemId)?.floor_id);
  if (itemType === "floor") {
    for (const area of registry.areas.values())
      if (area.floor_id === itemId) add("area", area.area_id);
  }
  return Object.fromEntries([...found].map(([type, ids]) => [type, [...ids]]));
}
