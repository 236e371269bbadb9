import { integer, real, sqliteTable } from "drizzle-orm/sqlite-core";
import { moment } from "#store/columns.ts";

/** What was foreseen of each hour a day before, so that it can be compared with what came. */
export const occupancyPrediction = sqliteTable("occupancy_prediction", {
  start: integer("start").primaryKey(),
  /** How likely somebody is at home, 0 to 1. */
  home: real("home").notNull(),
  madeAt: moment("made_at").notNull(),
});
