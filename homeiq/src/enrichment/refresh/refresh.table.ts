import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";

/** What asking came to. */
export interface Counters {
  readonly asked: number;
  readonly ok: number;
  /** By `kind code`. */
  readonly failed: Readonly<Record<string, number>>;
  /** How often in each hour of the last day, by the hour's start: what a vendor's quota counts. */
  readonly hours: Readonly<Record<string, number>>;
}

/** The last good answer of each provider, so that a restart does not forget what is true outside. */
export const providerAnswer = sqliteTable("provider_answer", {
  name: text("name").primaryKey(),
  topic: text("topic").notNull(),
  /** When it was given; absent as long as there was none. */
  at: moment("at"),
  maxAgeMs: integer("max_age_ms").notNull(),
  body: text("body"),
  counters: json<Counters>("counters").notNull(),
});
