import { eq, max, sql } from "drizzle-orm";
import type { Clock } from "#foundation/clock.ts";
import { type Category, categoryOf, domainOf } from "#ingest/normalize/normalize.ts";
import type { Db } from "#store/database.ts";
import { entityRename, recordedEntity } from "./history.table.ts";
import { createPendingRows, type PendingRows } from "./pending-rows.ts";

/** What an entity is, as far as a reader of history wants to know. */
export interface EntityDescription {
  readonly registryId?: string;
  readonly name: string;
  readonly deviceClass?: string;
  readonly deviceId?: string;
  readonly areaId?: string;
}

export interface RecordedEntity extends EntityDescription {
  readonly key: number;
  readonly entityId: string;
  readonly domain: string;
  readonly category: Category;
}

export interface Rename {
  readonly from: string;
  readonly to: string;
  readonly at: number;
}

/** The entities of history: their keys never change, whatever the household calls them. */
export interface RecordedEntities {
  /** The entity under this id now. A new one gets a key, and its row goes into `pending`. */
  ensure(entityId: string): RecordedEntity;
  find(entityId: string): RecordedEntity | undefined;
  byKey(key: number): RecordedEntity | undefined;
  all(): Iterable<RecordedEntity>;
  rename(from: string, to: string): void;
  renamesOf(entityId: string): Rename[];
  /** Looks at every description again; answers how many had changed. */
  refresh(): number;
  /** Rows that must be written before a change that names their key. */
  readonly pending: PendingRows;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  describe(entityId: string): EntityDescription;
}

const UPSERT = `insert into recorded_entity
  (key, entity_id, registry_id, name, domain, device_class, category, device_id, area_id, first_seen_at, removed)
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)
  on conflict (key) do update set entity_id = excluded.entity_id, registry_id = excluded.registry_id,
    name = excluded.name, domain = excluded.domain, device_class = excluded.device_class,
    category = excluded.category, device_id = excluded.device_id, area_id = excluded.area_id`;

export function createRecordedEntities({ db, clock, describe }: Deps): RecordedEntities {
  const byId = new Map<string, RecordedEntity>();
  const byKey = new Map<number, RecordedEntity>();
  const byRegistryId = new Map<string, RecordedEntity>();
  const pending = createPendingRows(UPSERT);
  let lastKey =
    db
      .select({ last: max(recordedEntity.key) })
      .from(recordedEntity)
      .get()?.last ?? 0;

  function keep(entity: RecordedEntity): RecordedEntity {
    byId.set(entity.entityId, entity);
    byKey.set(entity.key, entity);
    if (entity.registryId) byRegistryId.set(entity.registryId, entity);
    return entity;
  }

  function describeAs(key: number, entityId: string): RecordedEntity {
    const description = describe(entityId);
    return {
      key,
      entityId,
      domain: domainOf(entityId),
      category: categoryOf(entityId, description.deviceClass),
      ...description,
    };
  }

  function write(entity: RecordedEntity): void {
    pending.add([
      entity.key,
      entity.entityId,
      entity.registryId ?? null,
      entity.name,
      entity.domain,
      entity.deviceClass ?? null,
      entity.category,
      entity.deviceId ?? null,
      entity.areaId ?? null,
      clock.now(),
    ]);
  }

  for (const row of db.select().from(recordedEntity).all()) keep(fromRow(row));

  const entities: RecordedEntities = {
    ensure(entityId) {
      const known = byId.get(entityId);
      if (known) return known;
      // Renamed while we were away: the registry's id tells that it is the same entity.
      const registryId = describe(entityId).registryId;
      const before = registryId ? byRegistryId.get(registryId) : undefined;
      if (before) {
        entities.rename(before.entityId, entityId);
        const renamed = byId.get(entityId);
        if (renamed) return renamed;
      }
      lastKey += 1;
      const entity = keep(describeAs(lastKey, entityId));
      write(entity);
      return entity;
    },
    find: (entityId) => byId.get(entityId),
    byKey: (key) => byKey.get(key),
    all: () => byId.values(),
    rename(from, to) {
      const entity = byId.get(from);
      if (!entity || from === to) return;
      byId.delete(from);
      const renamed = keep(describeAs(entity.key, to));
      write(renamed);
      db.insert(entityRename).values({ entityKey: entity.key, from, to, at: clock.now() }).run();
    },
    renamesOf(entityId) {
      const entity = byId.get(entityId);
      if (!entity) return [];
      return db
        .select({ from: entityRename.from, to: entityRename.to, at: entityRename.at })
        .from(entityRename)
        .where(eq(entityRename.entityKey, entity.key))
        .orderBy(sql`id`)
        .all();
    },
    refresh() {
      let changed = 0;
      for (const entity of byId.values()) {
        const now = describeAs(entity.key, entity.entityId);
        // An entity that Home Assistant no longer knows keeps the description it had.
        if (!now.registryId && entity.registryId) continue;
        if (isSame(entity, now)) continue;
        write(keep(now));
        changed += 1;
      }
      return changed;
    },
    pending,
  };
  return entities;
}

const isSame = (one: RecordedEntity, other: RecordedEntity) =>
  one.name === other.name &&
  one.registryId === other.registryId &&
  one.deviceClass === other.deviceClass &&
  one.deviceId === other.deviceId &&
  one.areaId === other.areaId;

function fromRow(row: typeof recordedEntity.$inferSelect): RecordedEntity {
  return {
    key: row.key,
    entityId: row.entityId,
    name: row.name,
    domain: row.domain,
    category: row.category as Category, // written by this file only
    ...(row.registryId ? { registryId: row.registryId } : {}),
    ...(row.deviceClass ? { deviceClass: row.deviceClass } : {}),
    ...(row.deviceId ? { deviceId: row.deviceId } : {}),
    ...(row.areaId ? { areaId: row.areaId } : {}),
  };
}
