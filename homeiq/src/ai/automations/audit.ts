import { and, desc, eq, lt } from "drizzle-orm";
import { dropAbsent, present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { maskSecrets } from "#foundation/secrets.ts";
import type { Db } from "#store/database.ts";
import { automationAudit } from "./automations.table.ts";

/** A user of Home Assistant, or HomeIQ itself. */
export interface Person {
  /** Absent for HomeIQ itself, and for who sits at this machine without Home Assistant's pages. */
  readonly id?: string;
  readonly name: string;
}

/** What HomeIQ does by its own rules carries its own name. */
export const HOMEIQ: Person = { name: "HomeIQ" };

export const AUDIT_ACTIONS = [
  "draft",
  "approve",
  "create",
  "edit",
  "remove",
  "restore",
  "enable",
  "disable",
  "trigger",
  "test",
  "demote",
  "pass",
  "external",
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

/** `already_done`: somebody else was faster. `waiting`: Home Assistant is away, it goes on by itself. */
export type AuditOutcome = "done" | "already_done" | "refused" | "failed" | "undone" | "waiting";

export interface AuditEntry {
  readonly id: number;
  readonly at: number;
  readonly by: Person;
  readonly action: AuditAction;
  readonly outcome: AuditOutcome;
  readonly automationId?: string;
  readonly entityId?: string;
  readonly draftId?: string;
  /** In plain words. Never a secret. */
  readonly detail?: string;
}

export interface AuditQuery {
  readonly limit: number;
  /** Older than the entry with this id. */
  readonly before?: number;
  readonly automationId?: string;
}

export interface Audit {
  /** `at` is now. */
  note(entry: Omit<AuditEntry, "id" | "at">): void;
  /** Newest first. */
  list(query: AuditQuery): readonly AuditEntry[];
}

const MOST_DETAIL = 2_000; // characters; a vendor's message can be long

/** Who did what with automations, when, and how it ended. */
export const createAudit = ({ db, clock }: { db: Db; clock: Clock }): Audit => ({
  note({ by, detail, ...entry }) {
    db.insert(automationAudit)
      .values({
        at: clock.now(),
        byId: by.id ?? null,
        byName: by.name,
        ...entry,
        ...present("detail", detail && maskSecrets(detail).slice(0, MOST_DETAIL)),
      })
      .run();
  },
  list({ limit, before, automationId }) {
    return db
      .select()
      .from(automationAudit)
      .where(
        and(
          before === undefined ? undefined : lt(automationAudit.id, before),
          automationId === undefined ? undefined : eq(automationAudit.automationId, automationId),
        ),
      )
      .orderBy(desc(automationAudit.id))
      .limit(limit)
      .all()
      .map(toEntry);
  },
});

const toEntry = (row: typeof automationAudit.$inferSelect): AuditEntry => ({
  id: row.id,
  at: row.at,
  by: toPerson(row.byId, row.byName),
  action: row.action as AuditAction, // written by this file only
  outcome: row.outcome as AuditOutcome, // likewise
  ...dropAbsent({
    automationId: row.automationId ?? undefined,
    entityId: row.entityId ?? undefined,
    draftId: row.draftId ?? undefined,
    detail: row.detail ?? undefined,
  }),
});

/** A person as two columns keep it. */
export const toPerson = (id: string | null, name: string | null): Person => ({
  ...present("id", id),
  name: name ?? "",
});
