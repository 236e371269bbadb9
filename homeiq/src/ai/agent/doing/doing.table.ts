import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { Remembered } from "./remembered.ts";

export const agentAction = sqliteTable(
  "agent_action",
  {
    id: text("id").primaryKey(),
    proposalId: text("proposal_id").notNull(),
    service: text("service").notNull(),
    entityIds: json<readonly string[]>("entity_ids").notNull(),
    /** `HomeIQ` when the household let it act by itself. */
    byName: text("by_name").notNull(),
    at: moment("at").notNull(),
    outcome: text("outcome").notNull(),
    before: json<readonly Remembered[]>("before").notNull(),
    /** How they were left; who changed it since is not overruled. */
    after: json<readonly Remembered[]>("after").notNull(),
    undoUntil: moment("undo_until").notNull(),
    undo: text("undo").notNull(),
    undoneAt: moment("undone_at"),
  },
  (table) => [
    index("agent_action_proposal").on(table.proposalId),
    index("agent_action_at").on(table.at),
  ],
);
