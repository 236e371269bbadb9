import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";

/** One row per import, the running one included. Holds no secret: who goes on gives the password again. */
export const pastImport = sqliteTable("past_import", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  kind: text("kind").notNull(),
  /** What it reads, as it is shown and recognized again. */
  label: text("label").notNull(),
  state: text("state").notNull(),
  startedAt: moment("started_at").notNull(),
  finishedAt: moment("finished_at"),
  /** How far each part is complete, such as `states 1000`; a run that goes on begins there. */
  doneParts: json<string[]>("done_parts").notNull(),
  changes: integer("changes").notNull(),
  known: integer("known").notNull(),
  statistics: integer("statistics").notNull(),
  problems: json<{ count: number; first: string[] }>("problems").notNull(),
  errorCode: text("error_code"),
  errorMessage: text("error_message"),
});
