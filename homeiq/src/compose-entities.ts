import { isPublished } from "#enrichment/publish/publish.ts";
import { describeOwn } from "#enrichment/readings/readings.ts";
import { present } from "#foundation/absent.ts";
import { nameOf } from "#home/registry/names.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Filtered } from "#ingest/filter/filter.ts";
import type { EntityDescription } from "#ingest/history/history.ts";
import { domainOf } from "#ingest/normalize/normalize.ts";

/** Whether an entity of Home Assistant only repeats what HomeIQ publishes. */
export const echoesIn = (registry: Pick<Registry, "entities">) => (entityId: string) => {
  const { platform, unique_id } = registry.entities.get(entityId) ?? {};
  return platform === "mqtt" && isPublished(unique_id ?? "");
};

/** What the rooms that keep and filter changes are told of an entity, our own ones included. */
export function composeEntities({
  registry,
  states,
}: {
  readonly registry: Registry;
  readonly states: ReadonlyMap<string, EntityState>;
}) {
  const deviceClassOf = (entityId: string) => {
    const value = states.get(entityId)?.attributes.device_class;
    return typeof value === "string" ? { deviceClass: value } : {};
  };
  const isEcho = echoesIn(registry);
  const ownNames = new Map<string, string>();
  const nameOfEntity = (entityId: string) =>
    ownNames.get(entityId) ?? describeOwn(entityId)?.name ?? nameOf(entityId, { states, registry });
  return {
    nameOfEntity,
    /** One of our own, where only the provider of its values knows how it is called. */
    nameOwn: (entityId: string, name: string) => void ownNames.set(entityId, name),
    describe(entityId: string): EntityDescription {
      const own = describeOwn(entityId);
      if (own) return { name: nameOfEntity(entityId), ...present("deviceClass", own.deviceClass) };
      const entry = registry.entities.get(entityId);
      return {
        name: nameOfEntity(entityId),
        ...deviceClassOf(entityId),
        ...present("registryId", entry?.id),
        ...present("deviceId", entry?.device_id),
        ...present("areaId", registry.areaOf(entityId)),
      };
    },
    findUser(userId: string) {
      const user = registry.users.get(userId);
      return user && { isSystem: user.system_generated, ...(user.name ? { name: user.name } : {}) };
    },
    toFiltered(entityId: string): Filtered {
      const area = registry.areas.get(registry.areaOf(entityId) ?? "");
      return {
        entityId,
        domain: domainOf(entityId),
        ...deviceClassOf(entityId),
        ...(isEcho(entityId) ? { isEcho: true as const } : {}),
        areaNames: area ? [area.area_id, area.name] : [],
      };
    },
  };
}
