import type { Purpose } from "#home/automation/automation.ts";
import { nameOf } from "#home/registry/names.ts";
import type { Registry } from "#home/registry/registry.ts";
import type { Attributes, EntityState } from "#home/states/states.ts";
import { type HomeAction, toActions } from "./actions.ts";

export type { ActionField, HomeAction } from "./actions.ts";
export { toActions } from "./actions.ts";
export { handOver, receiveSnapshot, type SnapshotFrame } from "./pieces.ts";

/** An entity with everything that is known of it at one moment. */
export interface HomeEntity {
  readonly entityId: string;
  readonly domain: string;
  /** What people call it. */
  readonly name: string;
  /** Absent: registered, yet without a state, because it is disabled or its integration is not loaded. */
  readonly state?: string;
  readonly attributes: Attributes;
  readonly aliases: readonly string[];
  /** Its own area, else its device's. */
  readonly areaId?: string;
  readonly deviceId?: string;
  /** Its own, its device's and its area's. */
  readonly labels: readonly string[];
  /** The integration it comes from. */
  readonly platform?: string;
  readonly registryId?: string;
  readonly uniqueId?: string;
  readonly category?: string;
  readonly disabledBy?: string;
}

export interface HomeDevice {
  readonly id: string;
  readonly name: string;
  readonly areaId?: string;
  readonly disabled: boolean;
}

export interface HomePlace {
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  /** Of an area. */
  readonly floorId?: string;
}

/** What is remembered of an entity id that the house no longer has. */
export interface FormerEntity {
  readonly entityId: string;
  /** Where its registry entry went. */
  readonly renamedTo?: string;
  readonly name?: string;
  readonly areaId?: string;
  readonly deviceId?: string;
  readonly deviceClass?: string;
  readonly platform?: string;
  readonly uniqueId?: string;
}

/** The house at one moment: all that can be referred to. Nothing in it changes. */
export interface HomeSnapshot {
  readonly entities: ReadonlyMap<string, HomeEntity>;
  readonly devices: ReadonlyMap<string, HomeDevice>;
  readonly areas: ReadonlyMap<string, HomePlace>;
  readonly floors: ReadonlyMap<string, HomePlace>;
  readonly labels: ReadonlyMap<string, HomePlace>;
  readonly actions: ReadonlyMap<string, HomeAction>;
  /** Of Home Assistant: `2026.9.1`. */
  readonly version?: string;
  /** `°C` or `°F`. */
  readonly temperatureUnit: string;
  /** Purpose-specific ones that are announced. Absent: not asked. */
  readonly triggerKeys?: ReadonlyMap<string, Purpose>;
  readonly conditionKeys?: ReadonlyMap<string, Purpose>;
  former(entityId: string): FormerEntity | undefined;
}

export interface SnapshotParts {
  readonly entities: readonly (Pick<HomeEntity, "entityId"> & Partial<HomeEntity>)[];
  readonly devices?: readonly (Pick<HomeDevice, "id" | "name"> & Partial<HomeDevice>)[];
  readonly areas?: readonly (Pick<HomePlace, "id" | "name"> & Partial<HomePlace>)[];
  readonly floors?: readonly (Pick<HomePlace, "id" | "name"> & Partial<HomePlace>)[];
  readonly labels?: readonly (Pick<HomePlace, "id" | "name"> & Partial<HomePlace>)[];
  /** As `get_services` answers. */
  readonly services?: Readonly<Record<string, unknown>>;
  readonly version?: string;
  readonly temperatureUnit?: string;
  readonly triggerKeys?: ReadonlyMap<string, Purpose>;
  readonly conditionKeys?: ReadonlyMap<string, Purpose>;
  readonly former?: (entityId: string) => FormerEntity | undefined;
}

/** A snapshot of what is listed; what is not said is empty. */
export function toSnapshot(parts: SnapshotParts): HomeSnapshot {
  return {
    entities: new Map(parts.entities.map((one) => [one.entityId, toEntity(one)])),
    devices: new Map((parts.devices ?? []).map((one) => [one.id, { disabled: false, ...one }])),
    areas: places(parts.areas),
    floors: places(parts.floors),
    labels: places(parts.labels),
    actions: toActions(parts.services ?? {}),
    ...(parts.version !== undefined && { version: parts.version }),
    temperatureUnit: parts.temperatureUnit ?? "°C",
    ...(parts.triggerKeys && { triggerKeys: parts.triggerKeys }),
    ...(parts.conditionKeys && { conditionKeys: parts.conditionKeys }),
    former: parts.former ?? (() => undefined),
  };
}

interface Sources {
  readonly registry: Registry;
  readonly states: ReadonlyMap<string, EntityState>;
  /** Of entities, by entity id: they are not in the registry's list. */
  readonly aliases?: ReadonlyMap<string, readonly string[]>;
  readonly triggerKeys?: ReadonlyMap<string, Purpose>;
  readonly conditionKeys?: ReadonlyMap<string, Purpose>;
  readonly former?: (entityId: string) => FormerEntity | undefined;
}

/** The house now, as registries and states say. */
export function snapshotOf({ registry, states, aliases, ...rest }: Sources): HomeSnapshot {
  const ids = new Set([...registry.entities.keys(), ...states.keys()]);
  const config = registry.config();
  const unit = config?.unit_system.temperature;
  return toSnapshot({
    entities: [...ids].map((entityId) => registered(entityId, { registry, states, aliases })),
    devices: [...registry.devices.values()].map((device) => ({
      id: device.id,
      name: device.name_by_user ?? device.name ?? device.id,
      disabled: Boolean(device.disabled_by),
      ...(device.area_id && { areaId: device.area_id }),
    })),
    areas: [...registry.areas.values()].map(({ area_id, name, aliases, floor_id }) => ({
      id: area_id,
      name,
      aliases,
      ...(floor_id && { floorId: floor_id }),
    })),
    floors: [...registry.floors.values()].map(({ floor_id, name, aliases }) => ({
      id: floor_id,
      name,
      aliases,
    })),
    labels: [...registry.labels.values()].map(({ label_id, name }) => ({ id: label_id, name })),
    services: registry.services,
    ...(config?.version !== undefined && { version: config.version }),
    ...(unit !== undefined && { temperatureUnit: unit }),
    ...rest,
  });
}

function registered(
  entityId: string,
  {
    registry,
    states,
    aliases,
  }: Pick<Sources, "registry" | "states"> & { aliases: Sources["aliases"] | undefined },
): HomeEntity {
  const entry = registry.entities.get(entityId);
  const state = states.get(entityId);
  const areaId = registry.areaOf(entityId);
  const device = registry.deviceOf(entityId);
  const area = areaId ? registry.areas.get(areaId) : undefined;
  return toEntity({
    entityId,
    name: nameOf(entityId, { states, registry }),
    ...(state && { state: state.state, attributes: state.attributes }),
    aliases: aliases?.get(entityId) ?? [],
    labels: [...(entry?.labels ?? []), ...(device?.labels ?? []), ...(area?.labels ?? [])],
    ...(areaId && { areaId }),
    ...(entry && { platform: entry.platform, registryId: entry.id }),
    ...(entry?.unique_id != null && { uniqueId: entry.unique_id }),
    ...(entry?.device_id && { deviceId: entry.device_id }),
    ...(entry?.entity_category && { category: entry.entity_category }),
    ...(entry?.disabled_by && { disabledBy: entry.disabled_by }),
  });
}

function toEntity(one: Pick<HomeEntity, "entityId"> & Partial<HomeEntity>): HomeEntity {
  const attributes = one.attributes ?? {};
  const friendly = attributes.friendly_name;
  return {
    domain: one.entityId.split(".")[0] ?? "",
    name: typeof friendly === "string" && friendly !== "" ? friendly : one.entityId,
    aliases: [],
    labels: [],
    ...one,
    attributes,
  };
}

function places(
  list: readonly (Pick<HomePlace, "id" | "name"> & Partial<HomePlace>)[] = [],
): Map<string, HomePlace> {
  return new Map(list.map((one) => [one.id, { aliases: [], ...one }]));
}
