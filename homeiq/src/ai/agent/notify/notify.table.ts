import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, moment } from "#store/columns.ts";

export const agentMessage = sqliteTable(
  "agent_message",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    /** Of a proposal, of what was done or of a task's run; the same recipient is told once. */
    about: text("about").notNull(),
    /** A person, or a phone that is nobody's. */
    recipient: text("recipient").notNull(),
    at: moment("at").notNull(),
    isSent: flag("is_sent").notNull(),
  },
  (table) => [
    index("agent_message_about").on(table.about),
    index("agent_message_recipient").on(table.recipient, table.at),
  ],
);

export const agentButton = sqliteTable("agent_button", {
  id: text("id").primaryKey(),
  /** `do`, `not_now`, `never` of a proposal; `undo` of an action. */
  answer: text("answer").notNull(),
  about: text("about").notNull(),
  recipient: text("recipient").notNull(),
  expiresAt: moment("expires_at").notNull(),
});
