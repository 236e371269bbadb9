import type { ProposalKind } from "./settings/settings.ts";

/** A call of an action in Home Assistant, with the entities that it is for. */
export interface ProposedAction {
  /** `cover.close_cover`. */
  readonly service: string;
  readonly entityIds: readonly string[];
  readonly data?: Readonly<Record<string, string | number | boolean>>;
}

/** What speaks for a proposal, as it was known then. */
export interface ProposalEvidence {
  readonly text: string;
  readonly entityId?: string;
  readonly at?: number;
}

/** What doing it would bring, worked out from what was measured. */
export interface ProposalBenefit {
  readonly value: number;
  /** `EUR`, `kWh`, `W`. */
  readonly unit: string;
  /** Of how many measured runs or days. */
  readonly n: number;
  readonly low?: number;
  readonly high?: number;
}

/**
 * `open`: nobody answered yet. `doing`: it is being done. `done`, `failed`, `undone`: it was done, or was not to be.
 * `not_now`, `never`: what people answered. `expired`: too late. `observed`: by its level only noted.
 */
export const PROPOSAL_STATUSES = [
  "open",
  "doing",
  "done",
  "failed",
  "undone",
  "not_now",
  "never",
  "expired",
  "observed",
] as const;
export type ProposalStatus = (typeof PROPOSAL_STATUSES)[number];

/** What the policy decides; each time with the rule that did. */
export const DECISIONS = ["refuse", "observe", "suggest", "ask", "notify", "do_with_undo"] as const;
export type Decision = (typeof DECISIONS)[number];

/** Something noticed, put to people. */
export interface Proposal {
  /** The same for the same occurrence, also over a restart. */
  readonly id: string;
  readonly kind: ProposalKind;
  readonly at: number;
  /** Exclusive; an answer after it is refused. */
  readonly expiresAt: number;
  readonly title: string;
  readonly text: string;
  readonly entityIds: readonly string[];
  readonly evidence: readonly ProposalEvidence[];
  readonly benefit?: ProposalBenefit;
  /** What "do it" does; absent where there is nothing to do but to know. */
  readonly offer?: { readonly label: string; readonly actions: readonly ProposedAction[] };
  readonly status: ProposalStatus;
  /** The names of the policy's rules are stable. */
  readonly decision: { readonly outcome: Decision; readonly rule: string; readonly text: string };
  readonly answeredAt?: number;
  readonly answeredBy?: string;
}
