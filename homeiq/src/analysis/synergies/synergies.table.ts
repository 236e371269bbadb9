import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { SynergyRun, SynergyStatus } from "./synergies.ts";
import type { Synergy, SynergyType } from "./synergy.ts";

/** A synergy, as the last run that saw it found it. */
export const synergy = sqliteTable(
  "synergy",
  {
    id: text("id").primaryKey(),
    type: text("type").$type<SynergyType>().notNull(),
    status: text("status").$type<SynergyStatus>().notNull(),
    payload: json<Synergy>("payload").notNull(),
    firstFoundAt: moment("first_found_at").notNull(),
    lastFoundAt: moment("last_found_at").notNull(),
  },
  (table) => [index("synergy_type").on(table.type)],
);

/** One row: the last run. */
export const synergyRun = sqliteTable("synergy_run", {
  id: integer("id").primaryKey(),
  run: json<SynergyRun>("run").notNull(),
});
