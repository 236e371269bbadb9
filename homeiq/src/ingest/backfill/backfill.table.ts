import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { moment } from "#store/columns.ts";

/** One row: how far the past has been fetched from Home Assistant's recorder. */
export const backfill = sqliteTable("backfill", {
  id: integer("id").primaryKey(),
  state: text("state").notNull(),
  startedAt: moment("started_at").notNull(),
  finishedAt: moment("finished_at"),
  /** The newest moment asked for: from there on we heard everything ourselves. */
  to: moment("to_at").notNull(),
  /** The oldest state that the recorder has; absent until it was looked for. */
  from: moment("from_at"),
  /** Everything from here to `to` is in. */
  doneFrom: moment("done_from").notNull(),
  /** Likewise for hourly statistics; absent until their turn comes. */
  statisticsDoneFrom: moment("statistics_done_from"),
  entities: integer("entities").notNull(),
  changes: integer("changes").notNull(),
  statistics: integer("statistics").notNull(),
  errorCode: text("error_code"),
});
