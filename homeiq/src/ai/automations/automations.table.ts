import { index, integer, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { JsonMap, Problem } from "#home/automation/automation.ts";
import { json, moment } from "#store/columns.ts";
import type { Remembered } from "./restore.ts";

/** What somebody proposes to stand in Home Assistant, before it does. */
export const automationDraft = sqliteTable("automation_draft", {
  id: text("id").primaryKey(),
  /** The id it has, or will have, in Home Assistant's file. */
  automationId: text("automation_id").notNull(),
  /** The automation that it changes; absent for a new one. */
  entityId: text("entity_id"),
  /** What stood there when it was begun. */
  baseHash: text("base_hash"),
  base: json<JsonMap>("base"),
  /** The same as text. */
  baseSource: text("base_source"),
  /** As the person wrote or saw it. */
  source: text("source").notNull(),
  /** Of the source and what it is based on: what an approval is bound to. */
  hash: text("hash").notNull(),
  /** Absent while the source has errors. */
  config: json<JsonMap>("config"),
  problems: json<readonly Problem[]>("problems").notNull(),
  reason: text("reason"),
  evidence: json<JsonMap>("evidence"),
  authorId: text("author_id"),
  authorName: text("author_name").notNull(),
  status: text("status").notNull(),
  /** Why the last try to deploy it failed, in Home Assistant's words where it has some. */
  failure: text("failure"),
  createdAt: moment("created_at").notNull(),
  updatedAt: moment("updated_at").notNull(),
});

/** The journal: written before anything is done in Home Assistant, so that a crash in the middle is found. */
export const automationDeployment = sqliteTable(
  "automation_deployment",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    action: text("action").notNull(),
    automationId: text("automation_id").notNull(),
    draftId: text("draft_id"),
    /** How far it came; the last ones are `done`, `undone` and `failed`. */
    step: text("step").notNull(),
    /** What shall stand there; absent when it shall be gone. Of a test: what to restore. */
    wanted: json<JsonMap>("wanted"),
    /** Hash of what must stand there beforehand; absent when nothing may. */
    expected: text("expected"),
    /** What stood there; absent when nothing did. */
    before: json<JsonMap>("before"),
    source: text("source"),
    entityId: text("entity_id"),
    reason: text("reason"),
    evidence: json<JsonMap>("evidence"),
    byId: text("by_id"),
    byName: text("by_name").notNull(),
    startedAt: moment("started_at").notNull(),
    endedAt: moment("ended_at"),
    errorCode: text("error_code"),
    errorMessage: text("error_message"),
  },
  (table) => [index("automation_deployment_step").on(table.step)],
);

/** Everything that ever stood under an id, also what other hands put there. */
export const automationVersion = sqliteTable(
  "automation_version",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    automationId: text("automation_id").notNull(),
    /** 1 is the first. */
    number: integer("number").notNull(),
    entityId: text("entity_id"),
    alias: text("alias"),
    /** Absent when it was removed. */
    config: json<JsonMap>("config"),
    /** The same as text, with its comments when a person wrote some. */
    source: text("source").notNull(),
    hash: text("hash"),
    /** `homeiq`: through us, by the person named here. `home_assistant`: by whatever else. */
    origin: text("origin").notNull(),
    authorId: text("author_id"),
    authorName: text("author_name"),
    reason: text("reason"),
    evidence: json<JsonMap>("evidence"),
    draftId: text("draft_id"),
    at: moment("at").notNull(),
  },
  (table) => [uniqueIndex("automation_version_number").on(table.automationId, table.number)],
);

/** A new automation on probation. */
export const automationWatch = sqliteTable("automation_watch", {
  automationId: text("automation_id").primaryKey(),
  entityId: text("entity_id").notNull(),
  state: text("state").notNull(),
  startedAt: moment("started_at").notNull(),
  until: moment("until").notNull(),
  /** Why it was turned off. */
  note: text("note"),
  endedAt: moment("ended_at"),
});

/** A run of an automation on probation. */
export const automationRun = sqliteTable(
  "automation_run",
  {
    contextId: text("context_id").primaryKey(),
    automationId: text("automation_id").notNull(),
    at: moment("at").notNull(),
    /** As its trace says; absent until it was read. */
    execution: text("execution"),
    error: text("error"),
    /** The first thing of this run that a person undid. */
    overriddenAt: moment("overridden_at"),
    overriddenEntity: text("overridden_entity"),
    overriddenTo: text("overridden_to"),
  },
  (table) => [index("automation_run_automation").on(table.automationId, table.at)],
);

/** How a run ended, or that there was none: Home Assistant forgets all but the last five of each. */
export const automationTrace = sqliteTable(
  "automation_trace",
  {
    runId: text("run_id").primaryKey(),
    /** The id of an automation; `script/key`. */
    itemId: text("item_id").notNull(),
    at: moment("at").notNull(),
    execution: text("execution").notNull(),
  },
  (table) => [index("automation_trace_at").on(table.at)],
);

/** Who did what, when, and how it ended. Only ever added to. */
export const automationAudit = sqliteTable(
  "automation_audit",
  {
    id: integer("id").primaryKey({ autoIncrement: true }),
    at: moment("at").notNull(),
    byId: text("by_id"),
    byName: text("by_name").notNull(),
    action: text("action").notNull(),
    outcome: text("outcome").notNull(),
    automationId: text("automation_id"),
    entityId: text("entity_id"),
    draftId: text("draft_id"),
    detail: text("detail"),
  },
  (table) => [index("automation_audit_automation").on(table.automationId)],
);

/** A test of actions, and what it must bring back. */
export const automationTest = sqliteTable("automation_test", {
  id: integer("id").primaryKey({ autoIncrement: true }),
  scene: text("scene").notNull(),
  /** Empty once it is over. */
  remembered: json<readonly Remembered[]>("remembered").notNull(),
  startedAt: moment("started_at").notNull(),
  endedAt: moment("ended_at"),
});
