import type { Category, StateChange } from "#ingest/normalize/normalize.ts";
import type { RecordedEntity } from "./recorded-entities.ts";

/** A change that is in the store, with what a reader wants to know of its entity. */
export interface RecordedChange extends StateChange {
  /** Grows in the order of arrival; stable for ever. */
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly deviceId?: string;
  readonly areaId?: string;
  readonly deviceClass?: string;
  readonly category: Category;
}

/** A stored change, with its entity as it is described today. */
export function toRecorded(
  id: number,
  entity: RecordedEntity,
  change: StateChange,
): RecordedChange {
  return {
    id,
    name: entity.name,
    domain: entity.domain,
    category: entity.category,
    ...(entity.deviceId ? { deviceId: entity.deviceId } : {}),
    ...(entity.areaId ? { areaId: entity.areaId } : {}),
    ...(entity.deviceClass ? { deviceClass: entity.deviceClass } : {}),
    ...change,
    entityId: entity.entityId,
  };
}
