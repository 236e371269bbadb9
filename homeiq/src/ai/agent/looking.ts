import { HOMEIQ } from "#ai/automations/automations.ts";
import type { Acting } from "./acting.ts";
import type { Gathering } from "./gathering.ts";
import type { AgentLog } from "./log/log.ts";
import { notice } from "./noticing/noticing.ts";
import { type Circumstances, decide, type Question, type Verdict } from "./policy/policy.ts";
import type { Decision, ProposalStatus } from "./proposal.ts";
import type { KeptProposal, Noticed, Proposals } from "./proposals/proposals.ts";
import type { Say } from "./say.ts";
import type { AgentSettings } from "./settings/settings.ts";

interface Deps {
  readonly agentLog: AgentLog;
  readonly proposals: Proposals;
  readonly acting: Acting;
  readonly gathering: Pick<Gathering, "facts">;
  readonly circumstances: () => Circumstances;
  readonly settings: () => AgentSettings;
  readonly say: () => Say;
}

const STATUS_OF: Readonly<Record<Decision, ProposalStatus>> = {
  refuse: "observed",
  observe: "observed",
  suggest: "open",
  ask: "open",
  notify: "open",
  do_with_undo: "doing",
};

/** Looks at what is known, and puts each new thing to the policy. */
export function createLooking(deps: Deps) {
  const { agentLog, proposals, acting, gathering, circumstances, settings, say } = deps;

  const toQuestion = (noticed: Noticed): Question => ({
    kind: noticed.kind,
    source: "rule",
    actions: noticed.offer?.actions ?? [],
    entityIds: noticed.entityIds,
    isSafety: noticed.isSafety,
    isSilenced: proposals.isSilenced(noticed.subject),
  });

  /** What may not be done is not offered; it is still worth to be known. */
  function judge(noticed: Noticed): { readonly noticed: Noticed; readonly verdict: Verdict } {
    const here = circumstances();
    const verdict = decide(toQuestion(noticed), here);
    if (verdict.outcome !== "refuse") return { noticed, verdict };
    const { offer, ...told } = noticed;
    agentLog.note({
      ...{ event: "decision", by: HOMEIQ, outcome: "refuse", rule: verdict.rule },
      ...{ kind: noticed.kind, entityIds: offer?.actions.flatMap((one) => one.entityIds) ?? [] },
      text: sayRule(verdict),
    });
    return { noticed: told, verdict: decide(toQuestion(told), here) };
  }

  const sayRule = ({ rule }: Verdict) => say().say(`agent.rule.${rule}`);

  async function put(found: Noticed): Promise<void> {
    const { noticed, verdict } = judge(found);
    const { outcome, rule } = verdict;
    const kept = proposals.add(noticed, { outcome, rule, status: STATUS_OF[outcome] });
    if (!kept) return;
    note(kept, verdict);
    if (outcome === "do_with_undo") await acting.carryOut(kept, HOMEIQ);
  }

  function note({ id: proposalId, kind, title, entityIds }: KeptProposal, verdict: Verdict): void {
    const about = { by: HOMEIQ, proposalId, kind, entityIds };
    const { outcome, rule } = verdict;
    agentLog.note({ ...about, event: "proposal", outcome: "noticed", text: title });
    agentLog.note({ ...about, event: "decision", outcome, rule, text: sayRule(verdict) });
  }

  return {
    async look(): Promise<void> {
      for (const { id, kind, title } of proposals.expire()) {
        const about = { by: HOMEIQ, proposalId: id, kind, text: title };
        agentLog.note({ ...about, event: "expired", outcome: "expired" });
      }
      const { enabled, rulesOff } = settings();
      if (!enabled) return;
      for (const found of notice(gathering.facts(), say(), rulesOff)) {
        if (!proposals.isKnown(found)) await put(found);
      }
    },
  };
}
