import { present } from "#foundation/absent.ts";
import type { InventoryDeps } from "./inventory-source.ts";

export function describeDevices({ registry, states }: InventoryDeps) {
  return [...registry.devices.values()]
    .map((device) => {
      const parent = registry.devices.get(device.parent_device_id ?? "");
      const area = registry.areas.get(device.area_id ?? parent?.area_id ?? "");
      const entityIds = registry.entitiesOfDevice(device.id);
      const known = entityIds.flatMap((id) => states.get(id) ?? []);
      const unavailable = known.filter(({ state }) => state === "unavailable").length;
      const entryId = device.config_entry_id ?? device.primary_config_entry ?? "";
      return {
        deviceId: device.id,
        name: device.name_by_user ?? device.name ?? device.id,
        labels: device.labels,
        disabled: Boolean(device.disabled_by),
        entityIds,
        availableEntities: known.length - unavailable,
        unavailableEntities: unavailable,
        ...present("manufacturer", device.manufacturer ?? undefined),
        ...present("model", device.model ?? undefined),
        ...present("swVersion", device.sw_version ?? undefined),
        ...present("areaId", area?.area_id),
        ...present("areaName", area?.name),
        ...present("viaDeviceId", device.via_device_id ?? undefined),
        ...present("parentDeviceId", device.parent_device_id ?? undefined),
        ...present("integration", registry.configEntries.get(entryId)?.domain),
      };
    })
    .sort((one, other) => one.name.localeCompare(other.name));
}

export function describeLabels({ registry }: InventoryDeps) {
  return [...registry.labels.values()].map(({ label_id, name, color }) => ({
    labelId: label_id,
    name,
    entityCount: [...registry.entities.values()].filter(({ labels }) => labels.includes(label_id))
      .length,
    ...present("color", color ?? undefined),
  }));
}

export function describeIntegrations({ registry }: InventoryDeps) {
  const entities = Map.groupBy(registry.entities.values(), (one) => one.config_entry_id ?? "");
  const devices = Map.groupBy(
    registry.devices.values(),
    (one) => one.config_entry_id ?? one.primary_config_entry ?? "",
  );
  return [...registry.configEntries.values()]
    .map(({ entry_id, domain, title, state, reason }) => ({
      entryId: entry_id,
      domain,
      title,
      state,
      entityCount: entities.get(entry_id)?.length ?? 0,
      deviceCount: devices.get(entry_id)?.length ?? 0,
      ...present("reason", reason ?? undefined),
    }))
    .sort((one, other) => one.title.localeCompare(other.title));
}
