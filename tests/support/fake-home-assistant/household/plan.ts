import type { Core } from "../model/core.ts";
import { freeId, slugify } from "../model/registry.ts";
import type { DeviceEntry, EntityEntry } from "../model/registry-entries.ts";
import type { Attributes } from "../model/state-machine.ts";

const INSTALLED_AT = 1_735_732_800; // 1 January 2025: when this household moved in, in seconds

/** What to know of a device before it has entities. */
export interface DevicePlan {
  readonly name: string;
  readonly area?: string | undefined;
  readonly integration: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly via?: string;
  readonly parent?: string;
  readonly service?: boolean;
  readonly version?: string;
}

/** What to know of an entity before it exists. */
export interface EntityPlan {
  readonly domain: string;
  /** Empty or absent: the device's main entity. */
  readonly name?: string;
  readonly state: string;
  readonly fixed?: Attributes;
  readonly moving?: Attributes;
  readonly category?: "config" | "diagnostic";
  readonly deviceClass?: string;
  readonly icon?: string;
  readonly labels?: readonly string[];
  readonly hidden?: boolean;
}

/** Fills an empty Home Assistant with a household. */
export interface HouseholdBuilder {
  floor(name: string, level: number): string;
  area(name: string, options: { floor: string; icon: string }): string;
  label(name: string, options: { color: string; icon: string }): string;
  integration(domain: string, title: string): string;
  device(plan: DevicePlan): DeviceEntry;
  entity(device: DeviceEntry, plan: EntityPlan): string;
  /** An entity that is no device's: a person, a group, a helper. */
  lone(plan: EntityPlan & { integration: string; name: string; registered?: boolean }): string;
  /** A registry entry that has no state, because it is disabled. */
  disabled(device: DeviceEntry, plan: EntityPlan): void;
  readonly size: number;
}

export function createHouseholdBuilder({ registry, entities, random }: Core): HouseholdBuilder {
  const stamps = { created_at: INSTALLED_AT, modified_at: INSTALLED_AT };
  let count = 0;

  const newEntityId = (domain: string, name: string) =>
    freeId(
      `${domain}.${slugify(name)}`,
      (id) => entities.get(id) !== undefined || registry.entities.has(id),
    );

  function integration(domain: string, title: string): string {
    for (const entry of registry.configEntries.values()) {
      if (entry.domain === domain) return entry.entry_id;
    }
    const entryId = `01JGH${random.hex(21).toUpperCase()}`;
    registry.configEntries.set(entryId, {
      entry_id: entryId,
      domain,
      title,
      state: "loaded",
      reason: null,
      disabled_by: null,
      ...stamps,
    });
    return entryId;
  }

  function register(entry: Partial<EntityEntry> & { entity_id: string; platform: string }) {
    const full: EntityEntry = {
      id: random.hex(32),
      unique_id: random.hex(12),
      config_entry_id: null,
      config_subentry_id: null,
      device_id: null,
      area_id: null,
      name: null,
      original_name: null,
      has_entity_name: true,
      icon: null,
      entity_category: null,
      disabled_by: null,
      hidden_by: null,
      labels: [],
      categories: {},
      options: {},
      translation_key: null,
      aliases: [],
      device_class: null,
      original_device_class: null,
      original_icon: null,
      capabilities: null,
      ...stamps,
      ...entry,
    };
    registry.entities.set(full.entity_id, full);
  }

  function registerOf(device: DeviceEntry, plan: EntityPlan, entityId: string) {
    register({
      entity_id: entityId,
      platform: device.identifiers[0]?.[0] ?? "unknown",
      unique_id: `${device.identifiers[0]?.[1] ?? ""}-${slugify(plan.name ?? plan.domain)}`,
      config_entry_id: device.config_entry_id,
      device_id: device.id,
      original_name: plan.name ?? null,
      entity_category: plan.category ?? null,
      original_device_class: plan.deviceClass ?? null,
      original_icon: plan.icon ?? null,
      labels: plan.labels ?? [],
      hidden_by: plan.hidden === true ? "integration" : null,
    });
  }

  return {
    get size() {
      return count;
    },
    integration,
    floor(name, level) {
      const floor_id = slugify(name);
      const icon = level < 0 ? "mdi:home-floor-b" : `mdi:home-floor-${level}`;
      registry.floors.set(floor_id, { floor_id, name, level, icon, aliases: [], ...stamps });
      return floor_id;
    },
    area(name, { floor, icon }) {
      const area_id = slugify(name);
      registry.areas.set(area_id, {
        area_id,
        name,
        floor_id: floor,
        icon,
        aliases: [],
        labels: [],
        picture: null,
        temperature_entity_id: null,
        humidity_entity_id: null,
        ...stamps,
      });
      return area_id;
    },
    label(name, { color, icon }) {
      const label_id = slugify(name);
      registry.labels.set(label_id, {
        label_id,
        name,
        color,
        icon,
        description: null,
        ...stamps,
      });
      return label_id;
    },
    device(plan) {
      const entry: DeviceEntry = {
        id: random.hex(32),
        area_id: plan.area ?? null,
        name: plan.name,
        name_by_user: null,
        labels: [],
        identifiers: [[plan.integration, random.hex(16)]],
        connections: [],
        disabled_by: null,
        entry_type: plan.service === true ? "service" : null,
        manufacturer: plan.manufacturer ?? null,
        model: plan.model ?? null,
        model_id: null,
        sw_version: plan.version ?? `${random.int(1, 4)}.${random.int(0, 12)}.${random.int(0, 9)}`,
        hw_version: null,
        serial_number: null,
        configuration_url: null,
        via_device_id: plan.via ?? null,
        parent_device_id: plan.parent ?? null,
        config_entry_id: integration(plan.integration, titleOf(plan)),
        ...stamps,
      };
      registry.devices.set(entry.id, entry);
      return entry;
    },
    entity(device, plan) {
      const name = [device.name, plan.name].filter(Boolean).join(" ");
      const entityId = newEntityId(plan.domain, name);
      registerOf(device, plan, entityId);
      entities.add({
        entityId,
        integration: device.identifiers[0]?.[0] ?? "unknown",
        state: plan.state,
        fixed: fixedOf(plan, name),
        moving: plan.moving ?? {},
        registered: true,
      });
      count += 1;
      return entityId;
    },
    disabled(device, plan) {
      const entityId = newEntityId(plan.domain, `${device.name} ${plan.name ?? ""}`);
      registerOf(device, plan, entityId);
      const entry = registry.entities.get(entityId);
      if (entry !== undefined) entry.disabled_by = "integration";
    },
    lone(plan) {
      const entityId = newEntityId(plan.domain, plan.name);
      const registered = plan.registered ?? true;
      if (registered) {
        register({
          entity_id: entityId,
          platform: plan.integration,
          unique_id: slugify(plan.name),
          original_name: plan.name,
          has_entity_name: false,
          original_icon: plan.icon ?? null,
          original_device_class: plan.deviceClass ?? null,
          labels: plan.labels ?? [],
        });
      }
      entities.add({
        entityId,
        integration: plan.integration,
        state: plan.state,
        fixed: fixedOf(plan, plan.name),
        moving: plan.moving ?? {},
        registered,
      });
      count += 1;
      return entityId;
    },
  };
}

function fixedOf(plan: EntityPlan, name: string): Attributes {
  return {
    ...plan.fixed,
    ...(plan.deviceClass === undefined ? {} : { device_class: plan.deviceClass }),
    ...(plan.icon === undefined ? {} : { icon: plan.icon }),
    friendly_name: name,
  };
}

const TITLES: Readonly<Record<string, string>> = {
  hue: "Hue Bridge",
  zha: "Sonoff Zigbee 3.0 USB Dongle Plus",
  shelly: "Shelly",
  tado: "tado° Home",
  met: "Home",
  fritz: "FRITZ!Box 7590 AX",
  mobile_app: "Mobile App",
  home_connect: "Home Connect",
  esphome: "ESPHome",
};

function titleOf({ integration, name }: DevicePlan): string {
  return TITLES[integration] ?? name;
}
