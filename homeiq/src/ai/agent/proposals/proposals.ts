import { createHash } from "node:crypto";
import { and, desc, eq, gte, inArray, lte } from "drizzle-orm";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Db } from "#store/database.ts";
import { countRows } from "../count-rows.ts";
import type { Decision, Proposal, ProposalStatus, ProposedAction } from "../proposal.ts";
import type { ProposalKind } from "../settings/settings.ts";
import { agentProposal, agentSilence } from "./proposals.table.ts";

/** What a rule noticed, before the policy looked at it. */
export interface Noticed {
  readonly kind: ProposalKind;
  /** The same for the same occurrence and for no other. */
  readonly key: string;
  /** What people silence with it. */
  readonly subject: string;
  /** The same subject is not put to people again sooner, whatever the key. */
  readonly oncePerMs?: number;
  readonly expiresAt: number;
  readonly title: string;
  readonly text: string;
  readonly entityIds: readonly string[];
  readonly evidence: Proposal["evidence"];
  readonly benefit?: Proposal["benefit"];
  readonly offer?: { readonly label: string; readonly actions: readonly ProposedAction[] };
  readonly isSafety: boolean;
}

/** As it is kept: with what no page needs. */
export interface KeptProposal extends Omit<Proposal, "decision"> {
  readonly subject: string;
  readonly isSafety: boolean;
  readonly outcome: Decision;
  readonly rule: string;
}

export interface Silence {
  readonly id: string;
  readonly kind: ProposalKind;
  readonly title: string;
  readonly until?: number;
}

export interface Proposals {
  /** `undefined` when this occurrence is known already. */
  add(
    noticed: Noticed,
    decided: { readonly outcome: Decision; readonly rule: string; readonly status: ProposalStatus },
  ): KeptProposal | undefined;
  /** Whether this occurrence was noticed before, or its subject too lately. */
  isKnown(noticed: Pick<Noticed, "key" | "subject" | "oncePerMs">): boolean;
  find(id: string): KeptProposal | undefined;
  list(query: {
    readonly statuses?: readonly ProposalStatus[];
    readonly limit: number;
  }): readonly KeptProposal[];
  become(
    id: string,
    next: { readonly status: ProposalStatus; readonly answeredBy?: string },
  ): KeptProposal;
  /** Those that nobody answered in time; they are expired from now on. */
  expire(): readonly KeptProposal[];
  countSince(since: number, statuses?: readonly ProposalStatus[]): number;
  countOpen(): number;
  /** When the subject was put to people last. */
  lastAt(subject: string): number | undefined;
  silence(proposal: KeptProposal, until: number | undefined): void;
  /** Says whether there was one. */
  unsilence(id: string): boolean;
  silences(): readonly Silence[];
  isSilenced(subject: string): boolean;
  /** Removes what is older. */
  forget(before: number): void;
}

const idOf = (key: string) => createHash("sha256").update(key).digest("base64url").slice(0, 16);

/** What was noticed, once for each occurrence, and what people do not want to hear of. */
export function createProposals({ db, clock }: { db: Db; clock: Clock }): Proposals {
  const find = (id: string) => {
    const row = db.select().from(agentProposal).where(eq(agentProposal.id, id)).get();
    return row && toKept(row);
  };
  const silences = () =>
    db
      .select()
      .from(agentSilence)
      .all()
      .filter(({ until }) => until === null || until > clock.now());

  return {
    add({ key, offer, benefit, oncePerMs: _, ...noticed }, decided) {
      const row = db
        .insert(agentProposal)
        .values({
          ...{ ...noticed, ...decided, id: idOf(key), at: clock.now() },
          ...{ benefit: benefit ?? null, offerLabel: offer?.label ?? null },
          actions: offer?.actions ?? [],
        })
        .onConflictDoNothing()
        .returning()
        .get();
      return row && toKept(row);
    },
    isKnown({ key, subject, oncePerMs }) {
      if (find(idOf(key))) return true;
      if (oncePerMs === undefined) return false;
      const since = gte(agentProposal.at, clock.now() - oncePerMs);
      return countRows(db, agentProposal, and(eq(agentProposal.subject, subject), since)) > 0;
    },
    find,
    list: ({ statuses, limit }) =>
      db
        .select()
        .from(agentProposal)
        .where(statuses && inArray(agentProposal.status, [...statuses]))
        .orderBy(desc(agentProposal.at), desc(agentProposal.id))
        .limit(limit)
        .all()
        .map(toKept),
    become(id, { status, answeredBy }) {
      const answered = answeredBy === undefined ? {} : { answeredBy, answeredAt: clock.now() };
      const row = db
        .update(agentProposal)
        .set({ status, ...answered })
        .where(eq(agentProposal.id, id))
        .returning()
        .get();
      return toKept(row);
    },
    expire: () =>
      db
        .update(agentProposal)
        .set({ status: "expired" })
        .where(and(eq(agentProposal.status, "open"), lte(agentProposal.expiresAt, clock.now())))
        .returning()
        .all()
        .map(toKept),
    countSince: (since, statuses) =>
      countRows(
        db,
        agentProposal,
        and(gte(agentProposal.at, since), statuses && inArray(agentProposal.status, [...statuses])),
      ),
    countOpen: () => countRows(db, agentProposal, eq(agentProposal.status, "open")),
    lastAt: (subject) =>
      db
        .select({ at: agentProposal.at })
        .from(agentProposal)
        .where(eq(agentProposal.subject, subject))
        .orderBy(desc(agentProposal.at))
        .get()?.at,
    silence({ subject, kind, title }, until) {
      const values = { subject, kind, title, until: until ?? null };
      db.insert(agentSilence)
        .values(values)
        .onConflictDoUpdate({ target: agentSilence.subject, set: values })
        .run();
    },
    unsilence(id) {
      const found = silences().find(({ subject }) => idOf(subject) === id);
      if (!found) return false;
      db.delete(agentSilence).where(eq(agentSilence.subject, found.subject)).run();
      return true;
    },
    silences: () =>
      silences().map(({ subject, kind, title, until }) => ({
        ...{ id: idOf(subject), kind: kind as ProposalKind, title }, // written by this file only
        ...present("until", until),
      })),
    isSilenced: (subject) => silences().some((one) => one.subject === subject),
    forget(before) {
      db.delete(agentProposal).where(lte(agentProposal.at, before)).run();
    },
  };
}

const toKept = (row: typeof agentProposal.$inferSelect): KeptProposal => ({
  ...{ id: row.id, subject: row.subject, at: row.at, expiresAt: row.expiresAt },
  ...{ title: row.title, text: row.text, entityIds: row.entityIds, evidence: row.evidence },
  ...{ isSafety: row.isSafety, rule: row.rule },
  kind: row.kind as ProposalKind, // written by this file only
  status: row.status as ProposalStatus, // likewise
  outcome: row.outcome as Decision, // likewise
  ...present("benefit", row.benefit),
  ...(row.offerLabel === null ? {} : { offer: { label: row.offerLabel, actions: row.actions } }),
  ...present("answeredAt", row.answeredAt),
  ...present("answeredBy", row.answeredBy),
});
