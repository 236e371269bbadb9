import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { SportsEvent, ToldGame } from "./events.ts";

/** What was told of each game, so that a restart tells nothing twice. */
export const sportsTold = sqliteTable("sports_told", {
  /** League and id. */
  game: text("game").primaryKey(),
  body: json<ToldGame>("body").notNull(),
});

/** What happened last. */
export const sportsEvent = sqliteTable("sports_event", {
  id: integer("id").primaryKey(),
  at: moment("at").notNull(),
  body: json<SportsEvent>("body").notNull(),
});
