import type { Registry } from "#home/registry/registry.ts";

/** What the registry calls areas and devices now; absent for what is gone. */
export interface Names {
  area(areaId: string): string | undefined;
  device(deviceId: string): string | undefined;
}

export const namesIn = (registry: Pick<Registry, "areas" | "devices">): Names => ({
  area: (areaId) => registry.areas.get(areaId)?.name,
  device(deviceId) {
    const device = registry.devices.get(deviceId);
    return device?.name_by_user ?? device?.name ?? undefined;
  },
});
