import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
import { json } from "#store/columns.ts";
import type { AgentSettings } from "./settings.ts";

export const agentSettings = sqliteTable("agent_settings", {
  id: integer("id").primaryKey(),
  settings: json<AgentSettings>("settings").notNull(),
});
