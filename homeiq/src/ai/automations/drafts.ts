import { randomBytes } from "node:crypto";
import { and, desc, eq, inArray } from "drizzle-orm";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import type { JsonMap, Problem } from "#home/automation/automation.ts";
import type { AutomationConfig, Domain } from "#home/automation-config/automation-config.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import type { Db } from "#store/database.ts";
import { type Audit, type Person, toPerson } from "./audit.ts";
import { automationDraft } from "./automations.table.ts";
import { createBaseOf } from "./base.ts";
import { entityIdNow, isElsewhere, kindOf, toItemId } from "./item-id.ts";
import { createNewId } from "./new-id.ts";
import { aliasOf, type DiffPart, diffOf, hashOfShown } from "./text.ts";
import type { Versions } from "./versions.ts";

/** `approved` while it is on its way into Home Assistant; `removed` when it stood there; `discarded` ones are kept. */
export const DRAFT_STATUSES = ["draft", "approved", "deployed", "removed", "discarded"] as const;
export type DraftStatus = (typeof DRAFT_STATUSES)[number];

/** What somebody proposes to stand in Home Assistant. */
export interface Draft {
  readonly id: string;
  readonly automationId: string;
  readonly kind: Domain;
  /** The automation that it changes, or that it became. */
  readonly entityId?: string;
  readonly alias?: string;
  readonly source: string;
  /** An approval names it: it stands for exactly this text and what it would replace. */
  readonly hash: string;
  readonly problems: readonly Problem[];
  /** Whether it may be approved: no problem is an error. */
  readonly valid: boolean;
  /** HomeIQ cannot write it: a person pastes the text where the automation is written. */
  readonly elsewhere?: true;
  /** From what stands in Home Assistant to this; of a new one every line is added. */
  readonly diff: readonly DiffPart[];
  readonly reason?: string;
  readonly evidence?: JsonMap;
  readonly author: Person;
  readonly status: DraftStatus;
  /** Why the last try to deploy it failed. */
  readonly failure?: string;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What a look at a text found. `config` is absent when there is an error that leaves nothing to deploy. */
export interface Checked {
  readonly problems: readonly Problem[];
  readonly config?: JsonMap;
}

/** The validator, as far as there is one. */
export type CheckDraft = (
  source: string,
  /** `home`: who checks many at once has looked at it already; absent: as it is now. */
  about: { readonly kind: Domain; readonly home?: HomeSnapshot },
) => Promise<Checked>;

export interface NewDraft {
  /** YAML or JSON. Absent: as the automation that it changes stands now. */
  readonly source?: string;
  /** The automation that it changes; absent for a new one. */
  readonly entityId?: string;
  /** Of a new one; absent: an automation. */
  readonly kind?: Domain;
  readonly reason?: string;
  readonly evidence?: JsonMap;
  readonly by: Person;
}

/** A draft with what only the deployment needs. */
export interface OpenDraft extends Draft {
  readonly config?: JsonMap;
  readonly baseHash?: string;
}

export interface Drafts {
  create(draft: NewDraft): Promise<Draft>;
  list(statuses?: readonly DraftStatus[]): readonly Draft[];
  /** Throws `not_found`. */
  get(id: string): OpenDraft;
  /** Throws `conflict` unless it is still a draft. `rebase` takes what stands in Home Assistant now. */
  edit(
    id: string,
    next: { readonly source?: string; readonly reason?: string; readonly rebase?: boolean },
  ): Promise<Draft>;
  check(id: string): Promise<OpenDraft>;
  discard(id: string, by: Person): Draft;
  /** Those that became this automation: it is gone, or back. */
  keepRemoved(automationId: string, removed: boolean): void;
  keepStatus(
    id: string,
    status: DraftStatus,
    more?: { readonly failure?: string; readonly entityId?: string },
  ): void;
}

interface Deps {
  readonly db: Db;
  readonly clock: Clock;
  readonly house: Pick<AutomationConfig, "configOf" | "find" | "findById">;
  readonly audit: Audit;
  readonly check: CheckDraft;
  readonly textOf: Versions["textOf"];
}

/** Drafts, kept from the first word on. */
export function createDrafts({ db, clock, house, audit, check, textOf }: Deps): Drafts {
  type Row = typeof automationDraft.$inferSelect;
  const baseOf = createBaseOf({ house, textOf });
  const newId = createNewId({ clock, house });
  const rowOf = (id: string): Row => {
    const row = db.select().from(automationDraft).where(eq(automationDraft.id, id)).get();
    if (row) return row;
    throw new AppError("not_found", "automations.no_draft", `There is no draft ${id}`);
  };
  const keep = (id: string, values: Partial<Row>): Row =>
    db
      .update(automationDraft)
      .set({ ...values, updatedAt: clock.now() })
      .where(eq(automationDraft.id, id))
      .returning()
      .get();

  async function judge(source: string, about: { automationId: string }) {
    const { problems, config } = await check(source, { kind: kindOf(about.automationId) });
    return { problems, config: config ?? null };
  }

  const toDraft = (row: Row): OpenDraft => ({
    id: row.id,
    automationId: row.automationId,
    kind: kindOf(row.automationId),
    source: row.source,
    hash: row.hash,
    problems: row.problems,
    valid: row.config !== null && !row.problems.some(({ severity }) => severity === "error"),
    diff: diffOf(row.baseSource ?? "", row.source),
    author: toPerson(row.authorId, row.authorName),
    status: row.status as DraftStatus, // written by this file only
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    ...dropAbsent({
      entityId: entityIdNow(house, row),
      elsewhere: isElsewhere(row.automationId) || undefined,
      alias: row.config ? aliasOf(row.config) : undefined,
      reason: row.reason ?? undefined,
      evidence: row.evidence ?? undefined,
      failure: row.failure ?? undefined,
      config: row.config ?? undefined,
      baseHash: row.baseHash ?? undefined,
    }),
  });

  return {
    async create({ source, entityId, kind = "automation", reason, evidence, by }) {
      const based = entityId ? await baseOf(entityId) : undefined;
      const text = source ?? based?.baseSource ?? "";
      const automationId = based?.automationId ?? toItemId({ domain: kind, id: newId(text, kind) });
      const judged = await judge(text, { automationId });
      const row = db
        .insert(automationDraft)
        .values({
          id: randomBytes(9).toString("base64url"),
          automationId,
          entityId: entityId ?? null,
          baseHash: based?.baseHash ?? null,
          base: based?.base ?? null,
          baseSource: based?.baseSource ?? null,
          source: text,
          hash: hashOfShown(text, based?.baseHash ?? null),
          ...judged,
          reason: reason ?? null,
          evidence: evidence ?? null,
          authorId: by.id ?? null,
          authorName: by.name,
          status: "draft",
          createdAt: clock.now(),
          updatedAt: clock.now(),
        })
        .returning()
        .get();
      audit.note({
        ...{ by, action: "draft", outcome: "done", automationId, draftId: row.id },
        ...(entityId ? { entityId } : {}),
      });
      return toDraft(row);
    },

    list: (statuses = ["draft", "approved"]) =>
      db
        .select()
        .from(automationDraft)
        .where(inArray(automationDraft.status, [...statuses]))
        .orderBy(desc(automationDraft.updatedAt))
        .limit(500)
        .all()
        .map(toDraft),

    get: (id) => toDraft(rowOf(id)),

    async edit(id, { source, reason, rebase }) {
      const row = rowOf(id);
      requireOpen(row.status);
      const entityId = entityIdNow(house, row);
      const based = rebase && entityId !== undefined ? await baseOf(entityId) : undefined;
      const text = source ?? row.source;
      const judged = await judge(text, row);
      requireOpen(rowOf(id).status); // somebody may have approved it while it was checked
      const next = keep(id, {
        source: text,
        ...judged,
        failure: null,
        hash: hashOfShown(text, based?.baseHash ?? row.baseHash),
        ...based,
        ...(reason === undefined ? {} : { reason }),
      });
      return toDraft(next);
    },

    async check(id) {
      const row = rowOf(id);
      return toDraft(keep(id, await judge(row.source, row)));
    },

    discard(id, by) {
      requireOpen(rowOf(id).status);
      const row = keep(id, { status: "discarded" });
      const { automationId } = row;
      audit.note({ by, action: "draft", outcome: "undone", automationId, draftId: id });
      return toDraft(row);
    },

    keepRemoved(automationId, removed) {
      db.update(automationDraft)
        .set({ status: removed ? "removed" : "deployed", updatedAt: clock.now() })
        .where(
          and(
            eq(automationDraft.automationId, automationId),
            eq(automationDraft.status, removed ? "deployed" : "removed"),
          ),
        )
        .run();
    },

    keepStatus(id, status, { failure, entityId } = {}) {
      keep(id, { status, failure: failure ?? null, ...(entityId ? { entityId } : {}) });
    },
  };
}

function requireOpen(status: string): void {
  if (status === "draft") return;
  throw new AppError("conflict", "automations.not_open", "It is no longer a draft", {
    facts: { status },
  });
}
