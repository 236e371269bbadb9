import type { Core } from "./core.ts";
import { HomeAssistantError } from "./home-assistant-error.ts";
import type { EntityEntry } from "./registry-entries.ts";
import { isSame } from "./state-machine.ts";

const EDITABLE = [
  ...(["aliases", "area_id", "categories", "device_class", "disabled_by", "hidden_by"] as const),
  ...(["icon", "labels", "name"] as const),
];
const DISABLED_SAYS_UNTIL_S = 30;

type Changes = Readonly<Record<string, unknown>>;

/** Changes a registry entry as `config/entity_registry/update` does; a rename moves the state. */
export function updateEntity(
  core: Core,
  entityId: string,
  changes: Changes,
): { entry: EntityEntry; reloadDelay?: number } {
  const { registry, clock } = core;
  const entry = registry.entities.get(entityId);
  if (entry === undefined) throw new HomeAssistantError("not_found", "Entity not found");
  const newId = changes.new_entity_id;
  if (typeof newId === "string" && newId !== entityId) checkNewId(core, entityId, newId);

  const old: Record<string, unknown> = {};
  const values: Record<string, unknown> = {};
  for (const key of EDITABLE) {
    if (!(key in changes) || isSame(entry[key], changes[key])) continue;
    old[key] = entry[key];
    values[key] = changes[key];
  }
  const wasDisabled = entry.disabled_by !== null;
  Object.assign(entry, values, { modified_at: clock.now() / 1000 });
  if (typeof newId === "string" && newId !== entityId) return rename(core, entry, { newId, old });

  if (Object.keys(old).length > 0) {
    registry.announce("entity", { action: "update", entity_id: entityId, changes: old });
    applyToState(core, entry, old);
  }
  const isEnabledAgain = wasDisabled && entry.disabled_by === null;
  return isEnabledAgain ? { entry, reloadDelay: DISABLED_SAYS_UNTIL_S } : { entry };
}

/** Removes a registry entry and its entity. */
export function removeEntity({ registry, entities, states }: Core, entityId: string): boolean {
  const isRegistered = registry.entities.delete(entityId);
  if (isRegistered) registry.announce("entity", { action: "remove", entity_id: entityId });
  const isKnown = entities.get(entityId) !== undefined || states.get(entityId) !== undefined;
  entities.remove(entityId);
  states.remove(entityId);
  return isRegistered || isKnown;
}

function checkNewId({ registry, states }: Core, entityId: string, newId: string) {
  const refuse = (message: string) => new HomeAssistantError("invalid_info", message);
  if (registry.entities.has(newId) || states.get(newId) !== undefined) {
    throw refuse("Entity with this ID is already registered");
  }
  if (!/^[a-z0-9_]+\.[a-z0-9_]+$/u.test(newId)) throw refuse("Invalid entity ID");
  const domain = entityId.slice(0, entityId.indexOf("."));
  if (!newId.startsWith(`${domain}.`)) throw refuse("New entity ID should be same domain");
}

function rename(
  { registry, entities }: Core,
  entry: EntityEntry,
  { newId, old }: { newId: string; old: Changes },
) {
  const oldId = entry.entity_id;
  registry.entities.delete(oldId);
  entry.entity_id = newId;
  registry.entities.set(newId, entry);
  registry.announce("entity", {
    action: "update",
    entity_id: newId,
    old_entity_id: oldId,
    changes: { ...old, entity_id: oldId },
  });
  entities.rename(oldId, newId);
  return { entry };
}

function applyToState({ registry, entities }: Core, entry: EntityEntry, old: Changes) {
  const entity = entities.get(entry.entity_id);
  if (entity === undefined) return;
  if ("disabled_by" in old && entry.disabled_by !== null) return entities.remove(entry.entity_id);
  const device = registry.devices.get(entry.device_id ?? "");
  const deviceName = device?.name_by_user ?? device?.name;
  const own = entry.name ?? entry.original_name;
  const named = entry.has_entity_name && device !== undefined;
  const full = named ? [deviceName, own].filter(Boolean).join(" ") : own;
  if ("name" in old) entity.fixed = { ...entity.fixed, friendly_name: full ?? entry.entity_id };
  if ("icon" in old && entry.icon !== null) entity.fixed = { ...entity.fixed, icon: entry.icon };
  if ("device_class" in old) {
    const deviceClass = entry.device_class ?? entry.original_device_class;
    entity.fixed = { ...entity.fixed, device_class: deviceClass };
  }
  entities.publish(entity);
}
