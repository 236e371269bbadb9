import { present } from "#foundation/absent.ts";
import { AppError } from "#foundation/errors.ts";
import { nameOf } from "#home/registry/names.ts";
import { categoryOf, domainOf } from "#ingest/normalize/normalize.ts";
import { describeAreas } from "./inventory-areas.ts";
import { describeDevices, describeIntegrations, describeLabels } from "./inventory-devices.ts";
import type { InventoryDeps } from "./inventory-source.ts";

export interface EntityQuery {
  readonly text?: string;
  readonly domain?: readonly string[];
  readonly area?: readonly string[];
  readonly device?: readonly string[];
  readonly label?: readonly string[];
  readonly integration?: readonly string[];
  readonly available?: boolean;
  readonly limit: number;
  readonly offset: number;
}

export type Inventory = ReturnType<typeof createInventory>;
export type Entity = ReturnType<typeof describeEntity>;

/** Attributes that hold a secret or a picture of a person's home. */
const HIDDEN_ATTRIBUTES = new Set(["access_token", "token", "entity_picture", "code"]);

/** The home as lists for a page: registries joined with the states now. */
export function createInventory(deps: InventoryDeps) {
  const { registry, states } = deps;

  const allIds = () => new Set([...registry.entities.keys(), ...states.keys()]);

  return {
    entities(query: EntityQuery) {
      const matching = [...allIds()]
        .map((entityId) => describeEntity(entityId, deps))
        .filter((entity) => isWanted(entity, query))
        .sort((one, other) => one.name.localeCompare(other.name));
      const domains = Map.groupBy(matching, ({ domain }) => domain);
      return {
        entities: matching.slice(query.offset, query.offset + query.limit),
        total: matching.length,
        domains: [...domains]
          .map(([key, list]) => ({ key, count: list.length }))
          .sort((one, other) => other.count - one.count),
      };
    },

    entity(entityId: string) {
      if (!registry.entities.has(entityId) && !states.has(entityId)) {
        throw new AppError("not_found", "entities.unknown", `There is no entity "${entityId}"`);
      }
      const entity = describeEntity(entityId, deps);
      const attributes = Object.fromEntries(
        Object.entries(states.get(entityId)?.attributes ?? {}).filter(
          ([name]) => !HIDDEN_ATTRIBUTES.has(name),
        ),
      );
      const siblings = entity.deviceId ? registry.entitiesOfDevice(entity.deviceId) : [];
      return {
        ...entity,
        attributes,
        renames: deps.renamesOf(entityId),
        siblings: siblings.filter((one) => one !== entityId),
      };
    },

    devices: () => describeDevices(deps),
    areas: () => describeAreas(deps),
    labels: () => describeLabels(deps),
    integrations: () => describeIntegrations(deps),
  };
}

function describeEntity(entityId: string, deps: InventoryDeps) {
  const { registry, states } = deps;
  const entry = registry.entities.get(entityId);
  const state = states.get(entityId);
  const device = registry.deviceOf(entityId);
  const area = registry.areas.get(registry.areaOf(entityId) ?? "");
  const deviceClass = state?.attributes.device_class;
  const unit = state?.attributes.unit_of_measurement;
  const icon = entry?.icon ?? state?.attributes.icon;
  return {
    entityId,
    name: nameOf(entityId, deps),
    domain: domainOf(entityId),
    category: categoryOf(entityId, typeof deviceClass === "string" ? deviceClass : undefined),
    labels: entry?.labels ?? [],
    disabled: Boolean(entry?.disabled_by),
    hidden: Boolean(entry?.hidden_by),
    available: state !== undefined && state.state !== "unavailable",
    recorded: deps.isRecorded(entityId),
    ...present("registryId", entry?.id),
    ...present("state", state?.state),
    ...present("unit", typeof unit === "string" ? unit : undefined),
    ...present("deviceClass", typeof deviceClass === "string" ? deviceClass : undefined),
    ...present("icon", typeof icon === "string" ? icon : undefined),
    ...present("areaId", area?.area_id),
    ...present("areaName", area?.name),
    ...present("floorId", area?.floor_id ?? undefined),
    ...present("deviceId", device?.id),
    ...present("deviceName", device?.name_by_user ?? device?.name ?? undefined),
    ...present("platform", entry?.platform),
    ...present("entityCategory", entry?.entity_category ?? undefined),
    ...present("lastChangedAt", state && Math.round(state.lastChangedAt)),
    ...present("lastUpdatedAt", state && Math.round(state.lastUpdatedAt)),
  };
}

function isWanted(entity: Entity, query: EntityQuery): boolean {
  const isIn = (wanted: readonly string[] | undefined, value: string | undefined) =>
    wanted === undefined || (value !== undefined && wanted.includes(value));
  const text = query.text?.toLowerCase();
  return (
    (query.available === undefined || entity.available === query.available) &&
    isIn(query.domain, entity.domain) &&
    isIn(query.area, entity.areaId) &&
    isIn(query.device, entity.deviceId) &&
    isIn(query.integration, entity.platform) &&
    (query.label === undefined || entity.labels.some((one) => query.label?.includes(one))) &&
    (!text ||
      [entity.entityId, entity.name, entity.areaName, entity.deviceName].some((part) =>
        part?.toLowerCase().includes(text),
      ))
  );
}
