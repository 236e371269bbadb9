import { max } from "drizzle-orm";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { Topic } from "#foundation/topic.ts";
import type { StateChange } from "#ingest/normalize/normalize.ts";
import type { Store, Write } from "#store/database.ts";
import { type BatchCounters, createBatches } from "./batches.ts";
import { createHistoryStore, type HistoryStore } from "./history.store.ts";
import { stateChange } from "./history.table.ts";
import { type RecordedChange, toRecorded } from "./recorded-change.ts";
import {
  createRecordedEntities,
  type EntityDescription,
  type RecordedEntities,
  type RecordedEntity,
} from "./recorded-entities.ts";

export type { BatchCounters } from "./batches.ts";
export { type EventStats, STATS_PERIODS, type StatsPeriod } from "./event-stats.ts";
export type { EventPage, EventQuery } from "./history.store.ts";
export type { RecordedChange } from "./recorded-change.ts";
export type { EntityDescription, RecordedEntity, Rename } from "./recorded-entities.ts";

export interface History
  extends Pick<
    HistoryStore,
    "events" | "event" | "stats" | "countByEntity" | "summary" | "lastStates"
  > {
  /** Takes a change to be stored. It is published on the topic once it is durable. */
  record(change: StateChange): void;
  readonly entities: RecordedEntities;
  counters(): BatchCounters;
  drain(signal: AbortSignal): Promise<void>;
}

interface Deps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** How many changes may wait for the disk. */
  readonly capacity: number;
  readonly recorded: Topic<readonly RecordedChange[]>;
  describe(entityId: string): EntityDescription;
  /** What somebody else keeps of the same changes, in the same transaction. May be asked again for the same. */
  alongside?(changes: readonly RecordedChange[]): readonly Write[];
  /** Changes are being refused since this moment. */
  onOverflow(at: number): void;
}

const INSERT = `insert into state_change
  (id, entity_key, at, kind, old_state, new_state, value, unit, held_ms, context_id, context_parent_id,
   context_user_id, changed_attributes, cause, cause_confidence, cause_by, cause_by_name, cause_root, override)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Keeps every state change, in batches, and answers questions about them. */
export function createHistory(deps: Deps): History {
  const { store, clock, recorded } = deps;
  const entities = createRecordedEntities({ db: store.db, clock, describe: deps.describe });
  let lastId =
    store.db
      .select({ last: max(stateChange.id) })
      .from(stateChange)
      .get()?.last ?? 0;

  const batches = createBatches<{ entity: RecordedEntity; change: RecordedChange }>({
    writer: store.writer,
    clock,
    log: deps.log,
    capacity: deps.capacity,
    toWrites: (items) => [
      ...entities.takePending(),
      { sql: INSERT, rows: items.map(({ entity, change }) => toRow(entity.key, change)) },
      ...(deps.alongside?.(items.map(({ change }) => change)) ?? []),
    ],
    onStored: (items) => recorded.publish(items.map(({ change }) => change)),
    onOverflow: () => deps.onOverflow(clock.now()),
  });

  return {
    record(change) {
      const entity = entities.ensure(change.entityId);
      lastId += 1;
      batches.add({ entity, change: toRecorded(lastId, entity, change) });
    },
    entities,
    counters: () => batches.counters(),
    drain: (signal) => batches.drain(signal),
    ...createHistoryStore({ reader: store.reader, db: store.db, entities, clock }),
  };
}

function toRow(entityKey: number, change: RecordedChange): unknown[] {
  const { context, cause } = change;
  return [
    change.id,
    entityKey,
    change.at,
    change.kind,
    change.oldState ?? null,
    change.newState ?? null,
    change.value ?? null,
    change.unit ?? null,
    change.heldMs ?? null,
    context.id,
    context.parentId ?? null,
    context.userId ?? null,
    change.changedAttributes ? JSON.stringify(change.changedAttributes) : null,
    cause.kind,
    cause.confidence,
    cause.by ?? null,
    cause.byName ?? null,
    cause.rootKind ?? null,
    cause.override ? 1 : null,
  ];
}
