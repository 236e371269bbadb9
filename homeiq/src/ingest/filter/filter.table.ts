import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { Filter } from "./filter.schema.ts";

/** One row: the filter that is in force. */
export const entityFilter = sqliteTable("entity_filter", {
  id: integer("id").primaryKey(),
  filter: json<Filter>("filter").notNull(),
  changedAt: moment("changed_at").notNull(),
});
