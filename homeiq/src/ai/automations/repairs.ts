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

/** One draft for each of these automations that has proposed repairs, its text and comments kept as they are. */
export async function draftRepairs(
  { drafts, inspection }: { drafts: Drafts; inspection: Pick<Inspection, "repairs"> },
  { entityIds, by }: { entityIds: readonly string[]; by: Person },
): Promise<readonly Draft[]> {
  const wanted = new Set(entityIds);
  const made: Draft[] = [];
  for (const { id: entityId, edits, repairs } of await inspection.repairs()) {
    if (!wanted.has(entityId) || edits.length === 0) continue;
    const proposed = repairs.filter(({ verdict }) => verdict === "proposed");
    const reason = proposed
      .map(({ from, to, reason: why }) => `${from} → ${to}: ${why}`)
      .join("\n");
    const draft = await drafts.create({ entityId, by, reason });
    made.push(await drafts.edit(draft.id, { source: editYaml(draft.source, edits) }));
  }
  return made;
}
