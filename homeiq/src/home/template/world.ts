/** An entity's state as a template sees it. Moments are milliseconds since the epoch, UTC. */
export interface WorldState {
  readonly entityId: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly lastChangedAt: number;
  readonly lastUpdatedAt: number;
}

/**
 * The house at one moment, as far as templates ask about it. What is optional and absent cannot be answered:
 * a template that asks fails with `template.not_supported`. Look-ups answer `undefined` for what there is not.
 */
export interface TemplateWorld {
  /** Milliseconds since the epoch, UTC. */
  readonly now: number;
  /** IANA name. */
  readonly timeZone: string;
  state(entityId: string): WorldState | undefined;
  /** Of all entities that have a state, or of one domain; sorted as Home Assistant's are, by creation. */
  entityIds(domain?: string): readonly string[];

  /** The area of an area's name or alias, of a device or an entity. */
  areaOf?(nameOrId: string): string | undefined;
  areaName?(areaId: string): string | undefined;
  areas?(): readonly string[];
  areaEntities?(areaId: string): readonly string[];
  areaDevices?(areaId: string): readonly string[];
  /** The device of an entity, or of a device's name. */
  deviceOf?(entityIdOrName: string): string | undefined;
  deviceName?(deviceId: string): string | undefined;
  deviceEntities?(deviceId: string): readonly string[];
  /** The floor of a floor's name or alias, of an area, a device or an entity. */
  floorOf?(nameOrId: string): string | undefined;
  floorName?(floorId: string): string | undefined;
  floors?(): readonly string[];
  floorAreas?(floorId: string): readonly string[];
  floorEntities?(floorId: string): readonly string[];
  /** All labels, or those of an area, a device or an entity. */
  labels?(areaDeviceOrEntityId?: string): readonly string[];
  labelOf?(name: string): string | undefined;
  labelName?(labelId: string): string | undefined;
  labelAreas?(labelId: string): readonly string[];
  labelDevices?(labelId: string): readonly string[];
  labelEntities?(labelId: string): readonly string[];
  /** How many digits of a sensor Home Assistant shows; `undefined`: all. */
  displayPrecision?(entityId: string): number | undefined;
  /** The name of an entity in its registry. */
  entityName?(entityId: string): string | undefined;
}
