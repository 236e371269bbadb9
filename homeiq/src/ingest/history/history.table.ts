import { blob, index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, moment } from "#store/columns.ts";

/** Every entity that was ever recorded, as it is called today. Rows of `state_change` keep its key. */
export const recordedEntity = sqliteTable(
  "recorded_entity",
  {
    key: integer("key").primaryKey(),
    entityId: text("entity_id").notNull(),
    /** Home Assistant's own identity, which survives a rename; absent for unregistered entities. */
    registryId: text("registry_id"),
    name: text("name").notNull(),
    domain: text("domain").notNull(),
    deviceClass: text("device_class"),
    category: text("category").notNull(),
    deviceId: text("device_id"),
    areaId: text("area_id"),
    firstSeenAt: moment("first_seen_at").notNull(),
    removed: flag("removed").notNull().default(false),
  },
  (table) => [
    index("recorded_entity_by_id").on(table.entityId),
    index("recorded_entity_by_registry").on(table.registryId),
  ],
);

/** What an entity was called before. */
export const entityRename = sqliteTable("entity_rename", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  entityKey: integer("entity_key").notNull(),
  from: text("from_id").notNull(),
  to: text("to_id").notNull(),
  at: moment("at").notNull(),
});

/** Kind, cause, unit and source of changes: few hundred combinations for millions of changes. */
export const changeMeta = sqliteTable("change_meta", {
  key: integer("key").primaryKey(),
  text: text("text").notNull(),
});

/**
 * Sealed changes of one entity in one stretch of time, at most a UTC day.
 *
 * `id` is the entity's key and the minute of the stretch's start, so that an entity's chunks lie side by side
 * in the order of time and need no index.
 */
export const chunk = sqliteTable("chunk", {
  id: integer("id").primaryKey(),
  /** End of the stretch, exclusive. */
  until: moment("until").notNull(),
  count: integer("count").notNull(),
  /** Bit n is set when a change with cause number n is in it. */
  causes: integer("causes").notNull(),
  body: blob("body", { mode: "buffer" }).notNull(),
});

/** Contexts that more than one thing belongs to. `key` is a change id: it sorts by time. */
export const context = sqliteTable("context", {
  key: integer("key").primaryKey(),
  /** The part of Home Assistant's id that `key` does not hold; a whole id when that is no ULID. */
  id: text("id").notNull(),
  parentKey: integer("parent_key"),
  userId: text("user_id"),
  /** Keys of the entities that changed in it, as JSON. */
  entities: text("entities").notNull(),
});

/** What each entity costs, kept with every chunk that is written or removed. */
export const entitySize = sqliteTable("entity_size", {
  entityKey: integer("entity_key").primaryKey(),
  count: integer("count").notNull(),
  bytes: integer("bytes").notNull(),
  oldestAt: moment("oldest_at").notNull(),
  newestAt: moment("newest_at").notNull(),
});

/** Statistics of five minutes, one row per entity and UTC day; `id` as in `chunk`. */
export const statisticShort = sqliteTable("statistic_short", {
  id: integer("id").primaryKey(),
  count: integer("count").notNull(),
  body: blob("body", { mode: "buffer" }).notNull(),
});

/** Statistics of an hour, one row per entity and UTC month; `id` as in `chunk`. */
export const statisticLong = sqliteTable("statistic_long", {
  id: integer("id").primaryKey(),
  count: integer("count").notNull(),
  body: blob("body", { mode: "buffer" }).notNull(),
});

/** One row: how far the work of sealing and of statistics has come. */
export const archive = sqliteTable("archive", {
  id: integer("id").primaryKey(),
  /** Everything before this moment is in chunks or in `recent.late`. */
  sealedThrough: moment("sealed_through").notNull(),
  /** Days before this moment are one chunk per entity, and have their statistics. */
  compactedThrough: moment("compacted_through").notNull(),
});

/** One row: how long each tier is kept, as JSON. */
export const retention = sqliteTable("retention", {
  id: integer("id").primaryKey(),
  retention: text("retention").notNull(),
  changedAt: moment("changed_at").notNull(),
});

/** One row per change, as the first versions kept it. Emptied into chunks at the next start. */
export const stateChange = sqliteTable(
  "state_change",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    entityKey: integer("entity_key").notNull(),
    at: moment("at").notNull(),
    kind: text("kind").notNull(),
    oldState: text("old_state"),
    newState: text("new_state"),
    value: real("value"),
    unit: text("unit"),
    heldMs: integer("held_ms"),
    contextId: text("context_id").notNull(),
    contextParentId: text("context_parent_id"),
    contextUserId: text("context_user_id"),
    changedAttributes: text("changed_attributes"),
    cause: text("cause").notNull(),
    causeConfidence: real("cause_confidence").notNull(),
    causeBy: text("cause_by"),
    causeByName: text("cause_by_name"),
    causeRoot: text("cause_root"),
    override: flag("override"),
  },
  (table) => [
    index("state_change_by_time").on(table.at, table.id),
    index("state_change_by_entity").on(table.entityKey, table.at, table.id),
    index("state_change_by_context").on(table.contextId),
  ],
);
