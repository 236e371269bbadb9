import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
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

/** Recent changes, one row each; `id` grows in the order of arrival and is never used twice. */
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
