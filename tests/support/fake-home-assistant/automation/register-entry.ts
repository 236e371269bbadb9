import type { Core } from "../model/core.ts";

/** Gives an automation, script or scene its registry entry, and says so. */
export function registerEntry(
  { registry, random, clock }: Core,
  values: { entityId: string; platform: string; uniqueId: string; name: string },
): void {
  const at = Math.floor(clock.now()) / 1000;
  registry.entities.set(values.entityId, {
    id: random.hex(32),
    entity_id: values.entityId,
    unique_id: values.uniqueId,
    platform: values.platform,
    config_entry_id: null,
    config_subentry_id: null,
    device_id: null,
    area_id: null,
    name: null,
    original_name: values.name,
    has_entity_name: false,
    icon: null,
    entity_category: null,
    disabled_by: null,
    hidden_by: null,
    labels: [],
    categories: {},
    options: { conversation: { should_expose: false } },
    translation_key: null,
    aliases: [],
    device_class: null,
    original_device_class: null,
    original_icon: null,
    capabilities: null,
    created_at: at,
    modified_at: at,
  });
  registry.announce("entity", { action: "create", entity_id: values.entityId });
}
