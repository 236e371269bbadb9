import { type Choice, choose } from "#analysis/automation-check/automation-check.ts";
import { AppError } from "#foundation/errors.ts";
import { editYaml } from "#home/automation/automation.ts";
import type { Person } from "./audit.ts";
import type { Draft, Drafts } from "./drafts.ts";
import type { Inspection } from "./inspection.ts";
import { editFor, type Proposal } from "./proposal.ts";

/** A draft of an automation with the condition that its overrides speak for. */
export async function draftProposal(
  drafts: Drafts,
  { entityId, by, proposal }: { entityId: string; by: Person; proposal: Proposal | undefined },
): Promise<Draft> {
  if (!proposal) {
    throw new AppError(
      "conflict",
      "automations.no_proposal",
      "Its overrides speak for no condition",
    );
  }
  const { from, to, keptAway, keptAwayUnminded } = proposal;
  const draft = await drafts.create({
    ...{ entityId, by },
    reason: `People undid it ${keptAway} times between ${from} and ${to}.`,
    evidence: { from, to, keptAway, keptAwayUnminded },
  });
  const { config = {} } = drafts.get(draft.id);
  return drafts.edit(draft.id, { source: editYaml(draft.source, [editFor(proposal, config)]) });
}

/** What one asks to have repaired in one automation. */
export interface RepairOrder {
  readonly entityId: string;
  /** For references that had to be asked about. */
  readonly choices?: readonly Choice[];
}

/** One draft for each of these automations with what is proposed or was chosen; texts and comments are kept. */
export async function draftRepairs(
  { drafts, inspection }: { drafts: Drafts; inspection: Pick<Inspection, "repairs"> },
  { orders, by }: { orders: readonly RepairOrder[]; by: Person },
): Promise<readonly Draft[]> {
  const wanted = new Map(orders.map((order) => [order.entityId, order.choices ?? []]));
  const made: Draft[] = [];
  for (const reviewed of await inspection.repairs()) {
    const entityId = reviewed.id;
    const choices = wanted.get(entityId);
    if (!choices) continue;
    const { repairs, edits } = choose(reviewed, choices);
    if (edits.length === 0) continue;
    const reason = repairs
      .filter(({ verdict }) => verdict === "proposed")
      .map(({ from, to, reason: why }) => `${from} → ${to}: ${why}`)
      .join("\n");
    const draft = await drafts.create({ entityId, by, reason });
    const repaired = await drafts.edit(draft.id, { source: editYaml(draft.source, edits) });
    // Who looked before, and left, has the same draft already.
    const twin = drafts
      .list(["draft"])
      .find(({ id, hash }) => id !== repaired.id && hash === repaired.hash);
    if (twin) drafts.discard(twin.id, by);
    made.push(repaired);
  }
  return made;
}
