import { index, sqliteTable, text } from "drizzle-orm/sqlite-core";
import { flag, json, moment } from "#store/columns.ts";
import type { ProposalBenefit, ProposalEvidence, ProposedAction } from "../proposal.ts";

export const agentProposal = sqliteTable(
  "agent_proposal",
  {
    /** Made of what it is about and when. */
    id: text("id").primaryKey(),
    kind: text("kind").notNull(),
    /** What people silence: the kind, or one thing of that kind. */
    subject: text("subject").notNull(),
    at: moment("at").notNull(),
    expiresAt: moment("expires_at").notNull(),
    title: text("title").notNull(),
    text: text("text").notNull(),
    entityIds: json<readonly string[]>("entity_ids").notNull(),
    evidence: json<readonly ProposalEvidence[]>("evidence").notNull(),
    benefit: json<ProposalBenefit>("benefit"),
    offerLabel: text("offer_label"),
    actions: json<readonly ProposedAction[]>("actions").notNull(),
    isSafety: flag("is_safety").notNull(),
    status: text("status").notNull(),
    outcome: text("outcome").notNull(),
    rule: text("rule").notNull(),
    answeredAt: moment("answered_at"),
    answeredBy: text("answered_by"),
  },
  (table) => [
    index("agent_proposal_status").on(table.status),
    index("agent_proposal_at").on(table.at),
  ],
);

export const agentSilence = sqliteTable("agent_silence", {
  subject: text("subject").primaryKey(),
  kind: text("kind").notNull(),
  /** What it is about, in words. */
  title: text("title").notNull(),
  /** Absent: for ever. */
  until: moment("until"),
});
