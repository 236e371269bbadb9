import { isAtLeast } from "../model/core.ts";
import type { ConfigEntry, DeviceEntry, EntityEntry } from "../model/registry-entries.ts";
import type { Command, Commands, Request } from "./command.ts";

const list = (read: (request: Request) => Iterable<unknown>): Command => ({
  run: (request) => [...read(request)],
});

/** Reading the registries, users, persons and config entries. */
export const registryCommands: Commands = {
  "config/area_registry/list": list(({ core }) => core.registry.areas.values()),
  "config/floor_registry/list": list(({ core }) => core.registry.floors.values()),
  "config/label_registry/list": list(({ core }) => core.registry.labels.values()),
  "config/category_registry/list": {
    schema: { scope: "string!" },
    run: ({ core, message }) => [
      ...(core.registry.categories.get(String(message.scope))?.values() ?? []),
    ],
  },
  "config/device_registry/list": list(({ core }) =>
    [...core.registry.devices.values()].map((device) => toWireDevice(device, core.version)),
  ),
  "config/entity_registry/list": list(({ core }) =>
    [...core.registry.entities.values()].map((entry) => toWireEntry(entry, core.version)),
  ),
  "config/entity_registry/list_for_display": {
    run: ({ core }) => ({
      entity_categories: { "0": "config", "1": "diagnostic" },
      entities: [...core.registry.entities.values()]
        .filter(({ disabled_by }) => disabled_by === null)
        .map((entry) => toDisplay(entry, core.version)),
    }),
  },
  "auth/current_user": {
    run: ({ client: { user } }) => ({
      id: user.id,
      name: user.name,
      is_owner: user.is_owner,
      is_admin: user.is_admin,
      credentials: user.system_generated
        ? []
        : [{ auth_provider_type: "homeassistant", auth_provider_id: null }],
      mfa_modules: [{ id: "totp", name: "Authenticator app", enabled: false }],
    }),
  },
  "config/auth/list": {
    admin: true,
    run: ({ core }) =>
      [...core.registry.users.values()].map((user) => ({
        id: user.id,
        username: user.username,
        name: user.name,
        is_owner: user.is_owner,
        is_active: true,
        local_only: false,
        system_generated: user.system_generated,
        group_ids: [user.is_admin ? "system-admin" : "system-users"],
        credentials: user.system_generated ? [] : [{ type: "homeassistant" }],
      })),
  },
  "person/list": {
    run: ({ core }) => ({
      storage: [...core.entities.all()]
        .filter(({ domain }) => domain === "person")
        .map(({ fixed }) => ({
          id: fixed.id,
          name: fixed.friendly_name,
          user_id: fixed.user_id ?? null,
          device_trackers: fixed.device_trackers ?? [],
        })),
      config: [],
    }),
  },
  // the home zone is Core's own and not in this list; households here have no other
  "zone/list": { run: () => [] },
  "config_entries/get": {
    schema: { type_filter: "list", domain: "string" },
    run: ({ core, message }) =>
      [...core.registry.configEntries.values()]
        .filter(({ domain }) => message.domain === undefined || domain === message.domain)
        .map(toWireConfigEntry),
  },
  "entity/source": {
    run: ({ core }) =>
      Object.fromEntries(
        [...core.entities.all()].map(({ entityId, integration }) => [
          entityId,
          { domain: integration },
        ]),
      ),
  },
};

/** One config entry; its data and options are never told. */
export function toWireConfigEntry(entry: ConfigEntry) {
  return {
    ...entry,
    source: "user",
    supports_options: true,
    supports_remove_device: false,
    supports_unload: true,
    supports_reconfigure: false,
    supported_subentry_types: {},
    pref_disable_new_entities: false,
    pref_disable_polling: false,
    error_reason_translation_domain: null,
    error_reason_translation_key: null,
    error_reason_translation_placeholders: null,
    num_subentries: 0,
  };
}

/** One device as this version of Core sends it. */
export function toWireDevice(device: DeviceEntry, version: string) {
  const { parent_device_id, config_entry_id, ...rest } = device;
  const ofEntry = isAtLeast(version, "2026.8")
    ? { config_entry_id, config_subentry_id: null }
    : undefined;
  if (parent_device_id !== null && isAtLeast(version, "2026.9")) {
    const { id, area_id, name, name_by_user, labels, identifiers, disabled_by } = rest;
    const { created_at, modified_at } = rest;
    const kept = { id, area_id, name, name_by_user, labels, identifiers, disabled_by };
    return { ...kept, parent_device_id, ...ofEntry, created_at, modified_at };
  }
  return {
    ...rest,
    config_entries: [config_entry_id],
    config_entries_subentries: { [config_entry_id]: [null] },
    primary_config_entry: config_entry_id,
    ...(isAtLeast(version, "2026.11") ? { next_name_part: null, parent_device_id } : {}),
    ...ofEntry,
  };
}

/** One entry as the list has it. */
export function toWireEntry(entry: EntityEntry, version: string) {
  const { aliases, capabilities, device_class, original_device_class, original_icon, ...rest } =
    toNamed(entry, version);
  return rest;
}

/** Whether the device's name comes before the entity's own was a flag until 2026.11. */
function toNamed({ has_entity_name, ...entry }: EntityEntry, version: string) {
  if (!isAtLeast(version, "2026.11")) return { ...entry, has_entity_name };
  return { ...entry, next_name_part: namePart(entry.device_id, has_entity_name) };
}

const namePart = (deviceId: string | null, hasEntityName: boolean) =>
  hasEntityName && deviceId !== null ? "device" : null;

/** One entry as `get` and `update` have it. */
export function toExtendedEntry(entry: EntityEntry, version: string) {
  const aliases = isAtLeast(version, "2026.4") ? [null, ...entry.aliases] : entry.aliases;
  return { ...toNamed(entry, version), aliases };
}

function toDisplay(entry: EntityEntry, version: string) {
  const part = namePart(entry.device_id, entry.has_entity_name);
  const isNamed = isAtLeast(version, "2026.11")
    ? part !== null && { np: part }
    : entry.has_entity_name && { hn: true };
  return {
    ei: entry.entity_id,
    pl: entry.platform,
    lb: entry.labels,
    ...(entry.area_id === null ? {} : { ai: entry.area_id }),
    ...(entry.device_id === null ? {} : { di: entry.device_id }),
    ...(entry.icon === null ? {} : { ic: entry.icon }),
    ...(entry.translation_key === null ? {} : { tk: entry.translation_key }),
    ...(entry.entity_category === null ? {} : { ec: entry.entity_category === "config" ? 0 : 1 }),
    ...(entry.hidden_by === null ? {} : { hb: true }),
    ...isNamed,
    ...nameOf(entry),
  };
}

function nameOf({ name, original_name }: EntityEntry) {
  const shown = name ?? original_name;
  return shown === null ? {} : { en: shown };
}
