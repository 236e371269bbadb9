import { and, desc, eq, inArray, lt } from "drizzle-orm";
import type { Person } from "#ai/automations/automations.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { maskSecrets } from "#foundation/secrets.ts";
import type { Db } from "#store/database.ts";
import type { ProposalKind } from "../settings/settings.ts";
import { agentLog } from "./log.table.ts";

export const LOG_EVENTS = [
  "proposal",
  "decision",
  "message",
  "answer",
  "action",
  "undo",
  "expired",
  "task",
  "settings",
] as const;
export type LogEvent = (typeof LOG_EVENTS)[number];

/** One line of what the agent noticed, decided, said, heard and did. Only ever added to. */
export interface LogEntry {
  readonly id: number;
  readonly at: number;
  readonly event: LogEvent;
  readonly by: Person;
  /** `done`, `failed`, `refused`, `held`, `told`, `do`, `not_now`, `never`, … by what happened. */
  readonly outcome: string;
  readonly text: string;
  readonly entityIds: readonly string[];
  readonly kind?: ProposalKind;
  readonly proposalId?: string;
  readonly actionId?: string;
  readonly taskId?: string;
  /** The policy's rule that decided. */
  readonly rule?: string;
}

export interface LogQuery {
  readonly limit: number;
  /** Older than the entry with this id. */
  readonly before?: number;
  readonly events?: readonly LogEvent[];
  readonly kind?: ProposalKind;
  readonly proposalId?: string;
}

export interface LogPage {
  readonly entries: readonly LogEntry[];
  /** What `before` of the next page is; absent on the last. */
  readonly next?: number;
}

export interface AgentLog {
  /** `at` is now. */
  note(entry: Omit<LogEntry, "id" | "at" | "entityIds"> & { entityIds?: readonly string[] }): void;
  list(query: LogQuery): LogPage;
}

/** Who noticed, decided, said, heard and did what. */
export const createAgentLog = ({ db, clock }: { db: Db; clock: Clock }): AgentLog => ({
  note({ by, entityIds = [], text, ...entry }) {
    db.insert(agentLog)
      .values({
        ...{ at: clock.now(), byId: by.id ?? null, byName: by.name },
        ...{ ...entry, entityIds, text: maskSecrets(text).slice(0, MOST_TEXT) },
      })
      .run();
  },
  list({ limit, before, events, kind, proposalId }) {
    const rows = db
      .select()
      .from(agentLog)
      .where(
        and(
          before === undefined ? undefined : lt(agentLog.id, before),
          events === undefined ? undefined : inArray(agentLog.event, [...events]),
          kind === undefined ? undefined : eq(agentLog.kind, kind),
          proposalId === undefined ? undefined : eq(agentLog.proposalId, proposalId),
        ),
      )
      .orderBy(desc(agentLog.id))
      .limit(limit + 1)
      .all();
    const entries = rows.slice(0, limit).map(toEntry);
    return { entries, ...present("next", rows.length > limit ? entries.at(-1)?.id : undefined) };
  },
});

const MOST_TEXT = 2_000; // characters; what Home Assistant says when it fails can be long

const toEntry = ({ byId, byName, ...row }: typeof agentLog.$inferSelect): LogEntry => ({
  ...{ id: row.id, at: row.at, outcome: row.outcome, text: row.text, entityIds: row.entityIds },
  event: row.event as LogEvent, // written by this file only
  by: { ...present("id", byId), name: byName },
  ...present("kind", row.kind as ProposalKind | null), // likewise
  ...present("proposalId", row.proposalId),
  ...present("actionId", row.actionId),
  ...present("taskId", row.taskId),
  ...present("rule", row.rule),
});
