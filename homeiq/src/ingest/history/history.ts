import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import type { Topic } from "#foundation/topic.ts";
import type { StateChange } from "#ingest/normalize/normalize.ts";
import type { Store, Write } from "#store/database.ts";
import { type BatchCounters, createBatches } from "./batches.ts";
import { createChangeIds } from "./change-ids.ts";
import { createChangeMetas } from "./change-metas.ts";
import { NO_STATE } from "./chunk/chunk.ts";
import { createKeeper, dropUnfinished } from "./keeper/keeper.ts";
import { type PastChange, type PastStatistic, toPastRows, toPastStatistics } from "./past.ts";
import { createEventQueries, type EventQueries } from "./queries.ts";
import { startReader } from "./reader/reader.ts";
import { createRecentTables, insertInto, type RecentRow, toRow } from "./recent/recent.ts";
import { type RecordedChange, toRecorded } from "./recorded-change.ts";
import {
  createRecordedEntities,
  type EntityDescription,
  type RecordedEntities,
  type RecordedEntity,
} from "./recorded-entities.ts";
import { beginArchive, createSealing } from "./sealing.ts";
import { createSeriesQueries, type SeriesQueries } from "./series-queries.ts";
import { createStorage, type Storage } from "./storage.ts";

export type { BatchCounters } from "./batches.ts";
export type { ChangeSource } from "./change-meta.ts";
export { type EventStats, STATS_PERIODS, type StatsPeriod } from "./event-stats.ts";
export type { PastChange, PastStatistic } from "./past.ts";
export { STATISTIC_PERIODS } from "./periods.ts";
export type { EventFilter, EventPage, EventQuery, Trace } from "./queries.ts";
export {
  bucketCountFor,
  bucketMsOf,
  type EntityAnswer,
  saysNumbers,
  toAnswerJson,
} from "./reader/reader.ts";
export type { RecordedChange } from "./recorded-change.ts";
export type { EntityDescription, RecordedEntity, Rename } from "./recorded-entities.ts";
export { type Retention, RetentionSchema } from "./retention.ts";
export type {
  Activity,
  Buckets,
  EntityStatistics,
  Series,
  Span,
  SpanOfEntities,
  StateThen,
  StatisticPeriod,
  StatisticRow,
  StatisticsOfEntities,
} from "./series-queries.ts";
export type { EntityCost, StorageReport } from "./storage.ts";

export interface History extends EventQueries, SeriesQueries, Storage, AsyncDisposable {
  /** Takes a change to be stored. It is published on the topic once it is durable. */
  record(change: StateChange): void;
  /**
   * Keeps changes of the past; what is known (same entity and state within 2 ms) is not kept twice.
   *
   * Durable when it resolves. At most about 20,000 at once, in any order.
   */
  addPast(changes: readonly PastChange[]): Promise<{ added: number; known: number }>;
  /** Fills hours for which there is no statistic yet. */
  addPastStatistics(rows: readonly PastStatistic[]): Promise<{ added: number; known: number }>;
  /** Seals what has settled; idempotent. */
  seal(): Promise<{ changes: number; chunks: number; bytes: number; days: number }>;
  /** Nothing is sealed, merged or deleted until the answer is called; recording goes on. */
  hold(): Promise<() => void>;
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
  /** Changes had to be refused: the queue was full, or the disk nearly. */
  onMissed(missed: { from: number; to: number; reason: "overflow" | "disk_full" }): void;
  /** Free and total bytes of the disk that a folder is on; the system's own answer unless a test gives one. */
  readDisk?(folder: string): { freeBytes: number; totalBytes: number };
  /** What else must be written with changes, in the same transaction. */
  alongside?(changes: readonly RecordedChange[]): readonly Write[];
}

interface Item {
  readonly change: RecordedChange;
  readonly row: RecentRow;
  /** Where it was written. */
  isLate: boolean;
}

const KEEP = "on conflict (id) do nothing";

/** Keeps every state change, in batches, and answers questions about them. */
export async function createHistory(deps: Deps): Promise<History> {
  const { store, clock, log, recorded, alongside = () => [] } = deps;
  createRecentTables(store.db.$client);
  // Rows of the first versions must all be of a time that is sealed.
  const hasOldRows = store.db.$client.prepare("select 1 from state_change limit 1").get();
  beginArchive(store.db, clock.now() + (hasOldRows ? 60_000 : 0));
  dropUnfinished(store.db.$client);
  const keeper = createKeeper({ files: store.files, clock });
  if (hasOldRows) {
    const adopted = await keeper.ask("adopt", undefined);
    log.info({ changes: adopted }, "Changes of the version before were taken over");
  }
  const entities = createRecordedEntities({ db: store.db, clock, describe: deps.describe });
  const metas = createChangeMetas(store.db);
  const ids = createChangeIds(store.db);
  const reader = startReader(store.files);
  const sealing = createSealing({
    db: store.db,
    writer: store.writer,
    keeper,
    reader,
    clock,
    onError: (error) => log.error({ err: error }, "Recent changes cannot be sealed"),
  });
  const storage = createStorage({
    ...{ store, clock, log, keeper, reader, entities, sealing },
    ...(deps.readDisk ? { readDisk: deps.readDisk } : {}),
  });

  const batches = createBatches<Item>({
    writer: store.writer,
    clock,
    log,
    capacity: deps.capacity,
    toWrites: (items) => {
      // An item goes where its time is when it is written, which may be later than when it was taken.
      for (const item of items) item.isLate = sealing.isLate(item.change.at);
      const late = items.filter(({ isLate }) => isLate);
      const open = late.length === 0 ? items : items.filter(({ isLate }) => !isLate);
      return [
        ...pending(),
        // A batch whose answer got lost is written again: what is there stays.
        { sql: `${insertInto("change")} ${KEEP}`, rows: open.map(({ row }) => row) },
        { sql: `${insertInto("late")} ${KEEP}`, rows: late.map(({ row }) => row) },
        ...alongside(items.map(({ change }) => change)),
      ];
    },
    onStored: (items, writes) => {
      storedPending(writes);
      tellReader(items);
      sealing.stored(items.length);
      recorded.publish(items.map(({ change }) => change));
    },
    onOverflow: (from, to) => deps.onMissed({ from, to, reason: "overflow" }),
  });

  let fullSince: number | undefined;

  const pending = () => [...entities.pending.writes(), ...metas.pending.writes()];
  function storedPending(writes: readonly Write[]): void {
    entities.pending.stored(writes);
    metas.pending.stored(writes);
  }
  async function writePending(): Promise<void> {
    const writes = pending();
    await store.writer.write(writes);
    storedPending(writes);
  }
  const onReaderError = (error: unknown) => log.error({ err: error }, "The reader missed rows");

  function tellReader(items: readonly Item[]): void {
    const open = items.filter(({ isLate }) => !isLate);
    const late = items.filter(({ isLate }) => isLate).map(({ row }) => row);
    const pairs = new Float64Array(open.length * 2);
    open.forEach(({ row }, n) => {
      pairs[n * 2] = row[1];
      pairs[n * 2 + 1] = row[0];
    });
    reader.ask("stored", pairs, [pairs.buffer]).catch(onReaderError);
    if (late.length > 0) reader.ask("storedLate", late).catch(onReaderError);
  }

  function toItem(entity: RecordedEntity, change: StateChange): Item {
    const isLate = sealing.isLate(change.at);
    const id = isLate ? ids.late(entity.key, change.at) : ids.next(change.at);
    const { context } = change;
    const row = toRow({
      id,
      entityKey: entity.key,
      state: change.newState ?? NO_STATE,
      oldState: change.oldState ?? NO_STATE,
      heldMs: change.heldMs ?? -1,
      meta: metas.keyOf(change),
      moved: true,
      contextId: context.id,
      parentId: context.parentId ?? "",
      userId: context.userId ?? "",
      attributes: change.changedAttributes ? JSON.stringify(change.changedAttributes) : "",
    });
    return { change: toRecorded(id, entity, change), row, isLate };
  }

  return {
    ...createEventQueries({ reader, entities, clock }),
    ...createSeriesQueries({ reader, entities, clock }),
    ...storage,
    entities,
    record(change) {
      if (storage.isFull()) {
        fullSince ??= clock.now();
        storage.refuse();
        return;
      }
      if (fullSince !== undefined) {
        deps.onMissed({ from: fullSince, to: clock.now(), reason: "disk_full" });
        fullSince = undefined;
      }
      batches.add(toItem(entities.ensure(change.entityId), change));
    },
    async addPast(changes) {
      await batches.flush(); // what was heard live must be there to be known
      const rows = toPastRows(changes, { entities, metas });
      await writePending();
      const { added, known, late } = await keeper.ask("addPast", rows);
      if (late.length > 0) await reader.ask("storedLate", late);
      return { added, known };
    },
    async addPastStatistics(rows) {
      const found = toPastStatistics(rows, entities);
      await writePending();
      const added = await keeper.ask("addPastStatistics", found);
      return { added, known: rows.length - added };
    },
    seal: () => sealing.run(),
    hold: () => keeper.hold(),
    counters: () => batches.counters(),
    drain: (signal) => batches.drain(signal),
    async [Symbol.asyncDispose]() {
      await keeper[Symbol.asyncDispose]();
      await reader[Symbol.asyncDispose]();
    },
  };
}
