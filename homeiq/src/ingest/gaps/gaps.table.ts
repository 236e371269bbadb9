import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "#store/columns.ts";

/** A time in which changes may have happened that we did not see. */
export const gap = sqliteTable("gap", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  from: moment("from_at").notNull(),
  /** Absent while the gap is still open. */
  to: moment("to_at"),
  reason: text("reason").notNull(),
  detail: text("detail"),
  /** How far it was closed from what Home Assistant kept. */
  state: text("state").notNull().default("open"),
  filledAt: moment("filled_at"),
  filledChanges: integer("filled_changes"),
  filledWithout: integer("filled_without"),
});

/** One row: the last moment at which we certainly listened. */
export const listening = sqliteTable("listening", {
  id: integer("id").primaryKey(),
  lastAliveAt: moment("last_alive_at").notNull(),
});
