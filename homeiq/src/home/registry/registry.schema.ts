import { z } from "zod";

// What the registry lists answer, reduced to what we use. Fields that only some versions or some kinds
// of entries have are optional: child devices, for one, lack most of them since 2026.9.

const list = z.array(z.string()).catch([]);

export const WireArea = z.object({
  area_id: z.string(),
  name: z.string(),
  floor_id: z.string().nullish(),
  icon: z.string().nullish(),
  labels: list,
  aliases: list,
});

export const WireFloor = z.object({
  floor_id: z.string(),
  name: z.string(),
  level: z.number().nullish(),
  icon: z.string().nullish(),
  aliases: list,
});

export const WireLabel = z.object({
  label_id: z.string(),
  name: z.string(),
  color: z.string().nullish(),
  icon: z.string().nullish(),
});

export const WireCategory = z.object({
  category_id: z.string(),
  name: z.string(),
  icon: z.string().nullish(),
});

export const WireDevice = z.object({
  id: z.string(),
  area_id: z.string().nullish(),
  name: z.string().nullish(),
  name_by_user: z.string().nullish(),
  manufacturer: z.string().nullish(),
  model: z.string().nullish(),
  sw_version: z.string().nullish(),
  via_device_id: z.string().nullish(),
  parent_device_id: z.string().nullish(),
  disabled_by: z.string().nullish(),
  entry_type: z.string().nullish(),
  primary_config_entry: z.string().nullish(),
  config_entry_id: z.string().nullish(),
  labels: list,
});

export const WireEntity = z.object({
  id: z.string(),
  entity_id: z.string(),
  name: z.string().nullish(),
  original_name: z.string().nullish(),
  platform: z.string(),
  /** Its integration's own id: of an automation the id in its file. Some integrations send a number. */
  unique_id: z.coerce.string().nullish().catch(undefined),
  /** Seconds since the epoch; 0 for those from before 2024.8. */
  created_at: z.number().nullish().catch(undefined),
  area_id: z.string().nullish(),
  device_id: z.string().nullish(),
  config_entry_id: z.string().nullish(),
  disabled_by: z.string().nullish(),
  hidden_by: z.string().nullish(),
  entity_category: z.string().nullish(),
  icon: z.string().nullish(),
  labels: list,
  /** Category id by scope. */
  categories: z.record(z.string(), z.string().nullable()).catch({}),
});

export const WireConfigEntry = z.object({
  entry_id: z.string(),
  domain: z.string(),
  title: z.string(),
  state: z.string(),
  reason: z.string().nullish(),
  disabled_by: z.string().nullish(),
});

export const WireUser = z.object({
  id: z.string(),
  name: z.string().nullish(),
  is_owner: z.boolean().catch(false),
  is_active: z.boolean().catch(true),
  system_generated: z.boolean().catch(false),
  group_ids: list,
});

export const WireConfig = z.object({
  location_name: z.string().optional(),
  time_zone: z.string().catch("UTC"),
  language: z.string().catch("en"),
  country: z.string().nullish(),
  currency: z.string().nullish(),
  latitude: z.number().nullish(),
  longitude: z.number().nullish(),
  elevation: z.number().nullish(),
  unit_system: z.record(z.string(), z.string()).catch({}),
  version: z.string().optional(),
  state: z.string().catch("RUNNING"),
});

export const WireServices = z.record(z.string(), z.record(z.string(), z.unknown()));

export const EntityRegistryUpdated = z.object({
  data: z.object({
    action: z.string(),
    entity_id: z.string(),
    old_entity_id: z.string().optional(),
  }),
});
