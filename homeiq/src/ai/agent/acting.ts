import { HOMEIQ, type Person } from "#ai/automations/automations.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { DAY_MS } from "#foundation/time.ts";
import type { Doing, DoneAction } from "./doing/doing.ts";
import type { AgentLog, LogEntry } from "./log/log.ts";
import { type Circumstances, findRefusal } from "./policy/policy.ts";
import type { ProposedAction } from "./proposal.ts";
import type { KeptProposal, Proposals } from "./proposals/proposals.ts";
import type { Say } from "./say.ts";
import type { AgentSettings } from "./settings/settings.ts";

export const ANSWERS = ["do", "not_now", "never"] as const;
export type Answer = (typeof ANSWERS)[number];

interface Deps {
  readonly clock: Clock;
  readonly log: AgentLog;
  readonly proposals: Proposals;
  readonly doing: Doing;
  readonly settings: () => AgentSettings;
  readonly circumstances: () => Pick<Circumstances, "find" | "isService">;
  readonly say: () => Say;
}

export interface Acting {
  /** Does what a proposal offers. Never throws: what failed is in its status and the log. */
  carryOut(proposal: KeptProposal, by: Person): Promise<KeptProposal>;
  /** Throws `not_found` `agent.no_proposal`, `conflict` `agent.expired`, `agent.already_answered`, `agent.refused`. */
  answer(id: string, answer: Answer, by: Person): Promise<KeptProposal>;
  /** Throws what `Doing.undo` throws. */
  undo(actionId: string, by: Person): Promise<DoneAction>;
  /** Of all that was done for a proposal and can be undone, the last first. Throws what the first that fails throws. */
  undoAll(proposalId: string, by: Person): Promise<void>;
  sayDone(proposalId: string): string;
}

const NOT_NOW_MS = DAY_MS;

/** What people answer, what is done of it, and what is taken back: each with a line in the log. */
export function createActing(deps: Deps): Acting {
  const { clock, log, proposals, doing } = deps;
  const running = new Set<string>();

  const about = ({ id, kind }: KeptProposal) => ({ proposalId: id, kind });
  const note = (entry: Parameters<AgentLog["note"]>[0]) => log.note(entry);

  const sayAct = ({ service, entityIds }: Pick<ProposedAction, "service" | "entityIds">) => {
    const say = deps.say();
    const names = say.names(entityIds);
    const verb = service.slice(service.indexOf(".") + 1);
    return isSaid(verb)
      ? say.say(`agent.act.${verb}`, { names })
      : say.say("agent.act.other", { names });
  };

  async function carryOut(proposal: KeptProposal, by: Person): Promise<KeptProposal> {
    const { undoMinutes } = deps.settings();
    proposals.become(proposal.id, {
      status: "doing",
      ...(by === HOMEIQ ? {} : { answeredBy: by.name }),
    });
    let isFailed = false;
    for (const action of proposal.offer?.actions ?? []) {
      const done = await doing.run(action, {
        proposalId: proposal.id,
        byName: by.name,
        undoMinutes,
      });
      const act = sayAct(action);
      const failure = done.failure ?? (done.outcome === "unconfirmed" ? "unconfirmed" : undefined);
      isFailed ||= done.outcome === "failed";
      note({
        ...{ event: "action", by, outcome: done.outcome, actionId: done.id, ...about(proposal) },
        entityIds: action.entityIds,
        ...(by === HOMEIQ ? { rule: proposal.rule } : {}),
        text: sayOutcome(act, failure),
      });
    }
    return proposals.become(proposal.id, { status: isFailed ? "failed" : "done" });
  }

  function sayOutcome(act: string, failure: string | undefined): string {
    const say = deps.say();
    if (failure === undefined) return say.say("agent.done.plain", { act });
    if (failure === "unconfirmed") return say.say("agent.unconfirmed", { act });
    return say.say("agent.failed", { reason: failure });
  }

  function requireOpen(id: string): KeptProposal {
    const found = proposals.find(id);
    if (!found) throw new AppError("not_found", "agent.no_proposal", "There is no such proposal");
    if (found.status === "expired" || (found.status === "open" && found.expiresAt <= clock.now())) {
      throw conflict("expired", "It is too late for it now");
    }
    if (found.status !== "open" || running.has(id)) {
      throw conflict("already_answered", "It was answered already");
    }
    return found;
  }

  /** The house may have changed since it was put to people, and so may what is allowed. */
  function requireAllowed(proposal: KeptProposal, by: Person): void {
    const actions = proposal.offer?.actions ?? [];
    const rule = findRefusal({ actions }, deps.circumstances());
    if (!rule) return;
    const text = deps.say().say("agent.refused", { rule: deps.say().say(`agent.rule.${rule}`) });
    note({ event: "decision", by, outcome: "refuse", rule, text, ...about(proposal) });
    throw conflict("refused", text, { rule });
  }

  async function answer(id: string, given: Answer, by: Person): Promise<KeptProposal> {
    const proposal = requireOpen(id);
    running.add(id);
    try {
      if (given === "do") requireAllowed(proposal, by);
      note({
        ...{ event: "answer", by, outcome: given, text: proposal.title, ...about(proposal) },
        entityIds: proposal.entityIds,
      });
      if (given === "do") return await carryOut(proposal, by);
      proposals.silence(proposal, given === "never" ? undefined : clock.now() + NOT_NOW_MS);
      return proposals.become(id, { status: given, answeredBy: by.name });
    } finally {
      running.delete(id);
    }
  }

  async function undo(actionId: string, by: Person): Promise<DoneAction> {
    const action = doing.get(actionId);
    const proposal = proposals.find(action.proposalId);
    const entry = {
      ...{ event: "undo", by, actionId, proposalId: action.proposalId },
      ...(proposal ? { kind: proposal.kind } : {}),
      entityIds: action.entityIds,
    } satisfies Partial<LogEntry>;
    const say = deps.say();
    try {
      const undone = await doing.undo(actionId);
      note({ ...entry, outcome: "done", text: say.say("agent.undone") });
      if (proposal) proposals.become(proposal.id, { status: "undone" });
      return undone;
    } catch (error) {
      const reason = reasonOf(error, say);
      note({ ...entry, outcome: "refused", text: say.say("agent.undo_refused", { reason }) });
      throw error;
    }
  }

  return {
    carryOut,
    answer,
    undo,
    async undoAll(proposalId, by) {
      const done = doing.of([proposalId]).toReversed();
      const possible = done.filter(
        ({ undo: state }) => state === "possible" || state === "changed",
      );
      if (possible.length === 0) {
        const isUndone = done.some(({ undo: state }) => state === "undone");
        throw isUndone
          ? conflict("already_undone", "It is undone already")
          : conflict("no_undo", "It cannot be taken back by itself");
      }
      for (const { id } of possible) await undo(id, by);
    },
    sayDone: (proposalId) => deps.say().list(doing.of([proposalId]).map(sayAct)),
  };
}

const SAID = [
  "turn_off",
  "turn_on",
  "close_cover",
  "open_cover",
  "lock",
  "close_valve",
  "set_preset_mode",
] as const;
const isSaid = (verb: string): verb is (typeof SAID)[number] => SAID.some((one) => one === verb);

const UNDO_REASONS = ["changed_since", "no_undo", "already_undone"] as const;

/** Why something was not undone, in words. */
export function reasonOf(error: unknown, say: Say): string {
  const code = error instanceof AppError ? error.code.replace(/^agent\./, "") : "";
  const known = UNDO_REASONS.find((one) => one === code);
  if (known) return say.say(`agent.undo_refused.${known}`);
  return error instanceof Error ? error.message : String(error);
}

const conflict = (what: string, message: string, facts: Record<string, unknown> = {}) =>
  new AppError("conflict", `agent.${what}`, message, { facts });
