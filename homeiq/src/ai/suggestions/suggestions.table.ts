import { index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { Candidate, Strength } from "./candidate.ts";
import type {
  DismissReason,
  Score,
  StatusChange,
  SuggestionSource,
  SuggestionStatus,
  SuggestionTest,
} from "./suggestion.ts";

/** What is or was put to the household. */
export const suggestion = sqliteTable(
  "suggestion",
  {
    id: text("id").primaryKey(),
    source: text("source").$type<SuggestionSource>().notNull(),
    status: text("status").$type<SuggestionStatus>().notNull(),
    /** As it was found last. */
    found: json<Candidate>("found").notNull(),
    score: json<Score>("score").notNull(),
    total: real("total").notNull(),
    history: json<readonly StatusChange[]>("history").notNull(),
    backTest: json<SuggestionTest>("back_test"),
    draftId: text("draft_id"),
    /** The entity id, once it stands in Home Assistant. */
    automationId: text("automation_id"),
    deployedAt: moment("deployed_at"),
    snoozedUntil: moment("snoozed_until"),
    dismissReason: text("dismiss_reason").$type<DismissReason>(),
    /** What spoke for it when it was dismissed, undone or dropped. */
    refusedAt: moment("refused_at"),
    refusedStrength: json<Strength>("refused_strength"),
    overrides: integer("overrides").notNull(),
    runs: integer("runs").notNull(),
    firstFoundAt: moment("first_found_at").notNull(),
    updatedAt: moment("updated_at").notNull(),
  },
  (table) => [index("suggestion_status").on(table.status)],
);

/** One row: how the last look went. */
export const suggestionRun = sqliteTable("suggestion_run", {
  id: integer("id").primaryKey(),
  at: moment("at").notNull(),
  found: integer("found").notNull(),
  opened: integer("opened").notNull(),
  expired: integer("expired").notNull(),
  open: integer("open").notNull(),
  waiting: integer("waiting").notNull(),
});
