// The registries' entries as they are on the wire.

export interface AreaEntry {
  area_id: string;
  name: string;
  floor_id: string | null;
  icon: string | null;
  aliases: readonly string[];
  labels: readonly string[];
  picture: string | null;
  temperature_entity_id: string | null;
  humidity_entity_id: string | null;
  created_at: number;
  modified_at: number;
}

export interface FloorEntry {
  floor_id: string;
  name: string;
  level: number | null;
  icon: string | null;
  aliases: readonly string[];
  created_at: number;
  modified_at: number;
}

export interface LabelEntry {
  label_id: string;
  name: string;
  color: string | null;
  description: string | null;
  icon: string | null;
  created_at: number;
  modified_at: number;
}

export interface CategoryEntry {
  category_id: string;
  name: string;
  icon: string | null;
  created_at: number;
  modified_at: number;
}

export interface DeviceEntry {
  id: string;
  area_id: string | null;
  name: string;
  name_by_user: string | null;
  labels: readonly string[];
  identifiers: readonly (readonly [string, string])[];
  connections: readonly (readonly [string, string])[];
  disabled_by: string | null;
  entry_type: "service" | null;
  manufacturer: string | null;
  model: string | null;
  model_id: string | null;
  sw_version: string | null;
  hw_version: string | null;
  serial_number: string | null;
  configuration_url: string | null;
  via_device_id: string | null;
  /** A child device has a parent and lacks most other keys on the wire. */
  parent_device_id: string | null;
  config_entry_id: string;
  created_at: number;
  modified_at: number;
}

export interface EntityEntry {
  id: string;
  entity_id: string;
  unique_id: string;
  platform: string;
  config_entry_id: string | null;
  config_subentry_id: null;
  device_id: string | null;
  area_id: string | null;
  name: string | null;
  original_name: string | null;
  has_entity_name: boolean;
  icon: string | null;
  entity_category: "config" | "diagnostic" | null;
  disabled_by: string | null;
  hidden_by: string | null;
  labels: readonly string[];
  categories: Readonly<Record<string, string>>;
  options: Readonly<Record<string, unknown>>;
  translation_key: string | null;
  aliases: readonly string[];
  device_class: string | null;
  original_device_class: string | null;
  original_icon: string | null;
  capabilities: Readonly<Record<string, unknown>> | null;
  created_at: number;
  modified_at: number;
}

export interface ConfigEntry {
  entry_id: string;
  domain: string;
  title: string;
  state: "loaded" | "setup_error" | "setup_retry" | "not_loaded" | "setup_in_progress";
  reason: string | null;
  disabled_by: string | null;
  created_at: number;
  modified_at: number;
}

export interface UserEntry {
  readonly id: string;
  readonly username: string | null;
  readonly name: string;
  readonly is_owner: boolean;
  readonly is_admin: boolean;
  readonly system_generated: boolean;
}

export interface IssueEntry {
  readonly domain: string;
  readonly issue_id: string;
  readonly issue_domain: string | null;
  readonly severity: "error" | "warning" | "critical";
  readonly translation_key: string;
  readonly translation_placeholders: Readonly<Record<string, string>> | null;
  readonly is_fixable: boolean;
  readonly ignored: boolean;
  readonly dismissed_version: string | null;
  readonly breaks_in_ha_version: string | null;
  readonly learn_more_url: string | null;
  readonly created: string;
}
