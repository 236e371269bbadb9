import { index, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, json, moment } from "#store/columns.ts";
import type { Section } from "./tasks.ts";

export const agentTask = sqliteTable("agent_task", {
  id: text("id").primaryKey(),
  name: text("name").notNull(),
  template: text("template").notNull(),
  sections: json<readonly Section[]>("sections").notNull(),
  cron: text("cron").notNull(),
  cooldownMinutes: integer("cooldown_minutes").notNull(),
  enabled: flag("enabled").notNull(),
  onlyIfSomething: flag("only_if_something").notNull(),
});

export const agentTaskRun = sqliteTable(
  "agent_task_run",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    taskId: text("task_id").notNull(),
    at: moment("at").notNull(),
    outcome: text("outcome").notNull(),
    title: text("title").notNull(),
    text: text("text").notNull(),
  },
  (table) => [index("agent_task_run_task").on(table.taskId, table.at)],
);
