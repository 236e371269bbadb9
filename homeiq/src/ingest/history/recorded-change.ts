import { dropAbsent, present } from "#foundation/absent.ts";
import type { Context } from "#home/states/states.ts";
import { type Category, type StateChange, toNumber } from "#ingest/normalize/normalize.ts";
import type { ChangeSource } from "./change-meta.ts";
import { atOf, NO_STATE } from "./chunk/chunk.ts";
import type { FoundChange } from "./reader/reader.ts";
import type { RecordedEntity } from "./recorded-entities.ts";

/** A change that is in the store, with what a reader wants to know of its entity. */
export interface RecordedChange extends Omit<StateChange, "context"> {
  /** Sorts by time, and by arrival within a millisecond; stable for ever. */
  readonly id: number;
  readonly name: string;
  readonly domain: string;
  readonly deviceId?: string;
  readonly areaId?: string;
  readonly deviceClass?: string;
  readonly category: Category;
  /** Absent once a change is sealed whose context nothing else belonged to. */
  readonly context?: Context;
  /** Where it came from, when it was not heard as it happened. */
  readonly source?: Exclude<ChangeSource, "live">;
}

/** A stored change, with its entity as it is described today. */
export function toRecorded(
  id: number,
  entity: RecordedEntity,
  change: StateChange,
): RecordedChange {
  return { id, ...descriptionOf(entity), ...change, entityId: entity.entityId };
}

const descriptionOf = (entity: RecordedEntity) => ({
  name: entity.name,
  domain: entity.domain,
  category: entity.category,
  ...present("deviceId", entity.deviceId),
  ...present("areaId", entity.areaId),
  ...present("deviceClass", entity.deviceClass),
});

/** A change as the reader found it. */
export function fromFound(found: FoundChange, entity: RecordedEntity): RecordedChange {
  const { meta, state, oldState, heldMs, contextId, parentId, userId, attributes } = found;
  return {
    id: found.id,
    ...descriptionOf(entity),
    entityId: entity.entityId,
    at: atOf(found.id),
    kind: meta.kind,
    ...(oldState === NO_STATE ? {} : { oldState }),
    ...(state === NO_STATE ? {} : { newState: state }),
    ...present("value", state === NO_STATE ? undefined : toNumber(state)),
    ...present("unit", meta.unit),
    ...(heldMs < 0 ? {} : { heldMs }),
    ...(contextId === "" ? {} : { context: contextOf(contextId, parentId, userId) }),
    ...(attributes === "" ? {} : { changedAttributes: JSON.parse(attributes) }),
    cause: meta.cause,
    ...present("source", meta.source),
  };
}

const contextOf = (id: string, parentId: string, userId: string): Context =>
  dropAbsent({ id, parentId: parentId || undefined, userId: userId || undefined });
