import { blob, index, integer, real, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { json, moment } from "#store/columns.ts";
import type { PatternFacts, PatternKind } from "../any-pattern.ts";
import type { PackedActs } from "../packed-acts/packed-acts.ts";
import type { PatternStatus } from "../patterns.ts";

/** A habit, as the last run that saw it found it. */
export const pattern = sqliteTable(
  "pattern",
  {
    id: text("id").primaryKey(),
    kind: text("kind").$type<PatternKind>().notNull(),
    status: text("status").$type<PatternStatus>().notNull(),
    /** All but what was seen and missed. */
    found: json<PatternFacts>("found").notNull(),
    seen: json<PackedActs>("seen").notNull(),
    missed: json<readonly number[]>("missed").notNull(),
    seenCount: integer("seen_count").notNull(),
    missedCount: integer("missed_count").notNull(),
    firstFoundAt: moment("first_found_at").notNull(),
    lastFoundAt: moment("last_found_at").notNull(),
    /** Runs since then in which it was not found. */
    runsWithout: integer("runs_without").notNull(),
    past: json<readonly { readonly at: number; readonly confidence: number }[]>("past").notNull(),
  },
  (table) => [index("pattern_kind").on(table.kind)],
);

/** The runs of the last months. */
export const patternRun = sqliteTable("pattern_run", {
  startedAt: moment("started_at").primaryKey(),
  durationMs: integer("duration_ms").notNull(),
  from: moment("from_at").notNull(),
  to: moment("to_at").notNull(),
  tracesFrom: moment("traces_from").notNull(),
  changes: integer("changes").notNull(),
  acts: integer("acts").notNull(),
  entities: integer("entities").notNull(),
  found: integer("found").notNull(),
});

/** How each detector did, over all runs. */
export const patternDetector = sqliteTable("pattern_detector", {
  detector: text("detector").primaryKey(),
  runs: integer("runs").notNull(),
  found: integer("found").notNull(),
  durationMs: real("duration_ms").notNull(),
  /** What it left out in the last run because it was too much. */
  capped: integer("capped").notNull(),
  failures: integer("failures").notNull(),
  lastError: text("last_error"),
});

/** What the last run read of the past, packed, so that the next unpacks only what is new. */
export const patternMemory = sqliteTable("pattern_memory", {
  id: integer("id").primaryKey(), // 1
  moves: blob("moves", { mode: "buffer" }).notNull(),
});
