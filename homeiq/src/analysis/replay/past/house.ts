/** What is known of one entity beside its states. */
export interface HouseEntity {
  readonly entityId: string;
  /** The registry's own id, which device triggers name. */
  readonly registryId?: string;
  readonly deviceId?: string;
  /** Its own area, or that of its device. */
  readonly areaId?: string;
  readonly labels?: readonly string[];
  readonly deviceClass?: string;
  /** `diagnostic` or `config`: left out when a device or an area is meant. */
  readonly category?: string;
  /** Left out as well, even when a label means it. */
  readonly isHidden?: true;
  readonly name?: string;
}

/** What targets resolve with; plain, so that it goes over to a thread. */
export interface HouseMap {
  readonly entities: readonly HouseEntity[];
  readonly areas?: readonly {
    readonly areaId: string;
    readonly floorId?: string;
    readonly name?: string;
    readonly labels?: readonly string[];
  }[];
  readonly devices?: readonly {
    readonly deviceId: string;
    readonly areaId?: string;
    readonly labels?: readonly string[];
  }[];
}

export interface House {
  readonly entities: ReadonlyMap<string, HouseEntity>;
  /** An entity id as it is, or the one that a registry id stands for. */
  toEntityId(id: string): string;
  ofDevice(deviceId: string): readonly HouseEntity[];
  ofArea(areaId: string): readonly HouseEntity[];
  ofFloor(floorId: string): readonly HouseEntity[];
  ofLabel(labelId: string): readonly HouseEntity[];
  floorOf(areaId: string): string | undefined;
  areaName(areaId: string): string | undefined;
}

/** Looks entities up by what they belong to. */
export function createHouse(map: HouseMap = { entities: [] }): House {
  const { entities, areas = [], devices = [] } = map;
  const byId = new Map(entities.map((entity) => [entity.entityId, entity]));
  const byRegistryId = new Map(
    entities.flatMap(({ registryId, entityId }) => (registryId ? [[registryId, entityId]] : [])),
  );
  const byDevice = Map.groupBy(entities, ({ deviceId }) => deviceId);
  const areaById = new Map(areas.map((area) => [area.areaId, area]));
  const deviceAreas = new Map(devices.map(({ deviceId, areaId }) => [deviceId, areaId]));
  const byArea = Map.groupBy(
    entities,
    ({ areaId, deviceId }) => areaId ?? deviceAreas.get(deviceId ?? ""),
  );
  const ofArea = (areaId: string) => byArea.get(areaId) ?? [];
  const isLabelled = (labels: readonly string[] | undefined, labelId: string) =>
    labels?.includes(labelId) ?? false;

  return {
    entities: byId,
    toEntityId: (id) => byRegistryId.get(id) ?? id,
    ofDevice: (deviceId) => byDevice.get(deviceId) ?? [],
    ofArea,
    ofFloor: (floorId) =>
      areas.flatMap((area) => (area.floorId === floorId ? ofArea(area.areaId) : [])),
    ofLabel: (labelId) => [
      ...entities.filter(({ labels }) => isLabelled(labels, labelId)),
      ...devices.flatMap(({ deviceId, labels }) =>
        isLabelled(labels, labelId) ? (byDevice.get(deviceId) ?? []) : [],
      ),
      ...areas.flatMap(({ areaId, labels }) => (isLabelled(labels, labelId) ? ofArea(areaId) : [])),
    ],
    floorOf: (areaId) => areaById.get(areaId)?.floorId,
    areaName: (areaId) => areaById.get(areaId)?.name,
  };
}
