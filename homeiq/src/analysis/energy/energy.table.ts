import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { Switching } from "./devices.ts";

/** What the meter did when devices switched: measured once, while its fine values are there. */
export const energyStep = sqliteTable(
  "energy_step",
  {
    id: integer("id").primaryKey(),
    at: moment("at").notNull(),
    until: moment("until_at").notNull(),
    beforeW: real("before_w").notNull(),
    afterW: real("after_w").notNull(),
    noiseW: real("noise_w").notNull(),
    leadMs: real("lead_ms"),
    parts: json<readonly Switching[]>("parts").notNull(),
  },
  (table) => [index("energy_step_at").on(table.at)],
);

/** One row: up to where steps were measured, and by which meter. */
export const energyProgress = sqliteTable("energy_progress", {
  id: integer("id").primaryKey(),
  meter: text("meter").notNull(),
  doneUntil: moment("done_until").notNull(),
});
