import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";

export const agentLog = sqliteTable(
  "agent_log",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    at: moment("at").notNull(),
    event: text("event").notNull(),
    byId: text("by_id"),
    byName: text("by_name").notNull(),
    outcome: text("outcome").notNull(),
    text: text("text").notNull(),
    entityIds: json<readonly string[]>("entity_ids").notNull(),
    kind: text("kind"),
    proposalId: text("proposal_id"),
    actionId: text("action_id"),
    taskId: text("task_id"),
    rule: text("rule"),
  },
  (table) => [index("agent_log_proposal").on(table.proposalId)],
);
