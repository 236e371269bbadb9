import type { Filled } from "#analysis/templates/templates.ts";
import type { Automation, Problem, Scene } from "#home/automation/automation.ts";

/** Where it comes from. */
export const SUGGESTION_SOURCES = [
  "pattern",
  "synergy",
  "template",
  "automation",
  "scene",
  "override",
  "feature",
  "energy",
] as const;
export type SuggestionSource = (typeof SUGGESTION_SOURCES)[number];

/** What a yes does. `feature`: nothing is written, a person looks at what a device can do. */
export const SUGGESTION_ACTIONS = [
  "create",
  "change",
  "merge",
  "delete",
  "scene",
  "feature",
] as const;
export type SuggestionAction = (typeof SUGGESTION_ACTIONS)[number];

/**
 * `waiting`: found, and shown when others are answered. `accepted`: a draft in the workshop. `deployed`: stands in Home
 * Assistant; `probation`: and is watched; `kept`: after 30 days. `expired`: what spoke for it is gone.
 */
export const SUGGESTION_STATUSES = [
  "open",
  "waiting",
  "snoozed",
  "accepted",
  "deployed",
  "probation",
  "kept",
  "undone",
  "dismissed",
  "expired",
] as const;
export type SuggestionStatus = (typeof SUGGESTION_STATUSES)[number];

export const DISMISS_REASONS = [
  "not_useful",
  "wrong",
  "already_done",
  "too_risky",
  "not_now",
  "privacy",
  "other",
] as const;
export type DismissReason = (typeof DISMISS_REASONS)[number];

export const FACTORS = ["usefulness", "confidence", "novelty", "effort"] as const;

/** One of the four that the score is the product of. */
export interface Factor {
  readonly name: (typeof FACTORS)[number];
  /** Above 0, at most 1. */
  readonly value: number;
  /** What it was worked out from. */
  readonly why: string;
}

export interface Score {
  /** 0 to 1. */
  readonly total: number;
  readonly factors: readonly Factor[];
}

/** What was or would have been saved, worked out from what was measured. */
export interface Saving {
  readonly value: number;
  /** Between these it lies in 95 of 100 cases. */
  readonly low: number;
  readonly high: number;
  readonly unit: string;
  /** Over so many days. */
  readonly days: number;
}

/** One time at which it happened, or a day on which it could have and did not. */
export interface ChartTime {
  /** Milliseconds since the epoch; of what was missed, when it would have been. */
  readonly at: number;
  /** After midnight, on the wall's clock. */
  readonly minute: number;
  readonly is: "seen" | "missed";
}

/** What it would have done over the recorded time. */
export type SuggestionTest =
  | { readonly state: "pending" }
  | {
      readonly state: "done";
      readonly testedAt: number;
      readonly from: number;
      readonly to: number;
      /** Those that did something. */
      readonly runs: number;
      readonly matched: number;
      readonly annoying: number;
      readonly idle: number;
      readonly unasked: number;
      /** What people did by hand with no run near. */
      readonly missed: number;
    }
  | { readonly state: "failed"; readonly testedAt: number; readonly code: string };

/** Something in it that a person may choose, or must. */
export interface Choice {
  /** Its name in an answer. */
  readonly slot: string;
  readonly kind: "entity" | "number" | "period" | "time" | "option" | "notify";
  /** What it is, in words. */
  readonly label: string;
  /** Absent: nothing is chosen yet. Periods and times of day are milliseconds. */
  readonly value?: Filled[string];
  readonly options?: readonly { readonly value: Filled[string]; readonly text: string }[];
  readonly unit?: string;
  readonly min?: number;
  readonly max?: number;
  /** It cannot be accepted before a person has looked at it. */
  readonly ask: boolean;
  /** Several may stand in it. */
  readonly many: boolean;
}

/** What would stand in Home Assistant. */
export interface SuggestedDraft {
  readonly kind: "automation" | "scene";
  /** Absent: something must be chosen first. */
  readonly yaml?: string;
  readonly problems: readonly Problem[];
  /** The typed form, to be said in words. */
  readonly reading?: Automation | Scene;
}

export interface StatusChange {
  readonly at: number;
  readonly status: SuggestionStatus;
  /** Who; absent: HomeIQ. */
  readonly by?: string;
  readonly reason?: string;
}

/** Something put to the household. */
export interface Suggestion {
  /** The same for the same thing in every run. */
  readonly id: string;
  readonly source: SuggestionSource;
  readonly action: SuggestionAction;
  readonly status: SuggestionStatus;
  readonly title: string;
  readonly text: string;
  /** What speaks for it and what against it, a sentence each. */
  readonly explanation: readonly string[];
  /** What it is about, what it acts on first. */
  readonly entityIds: readonly string[];
  readonly areaId?: string;
  /** Entity ids of the automations that it would change or take away. */
  readonly automationIds: readonly string[];
  readonly patternIds: readonly string[];
  readonly synergyId?: string;
  readonly templateId?: string;
  /** Of what sort it is: a kind of pattern or synergy, a category of templates, the code of a finding. */
  readonly kind: string;
  readonly score: Score;
  /** Why just now. */
  readonly whyNow?: string;
  /** It moves or heats something: a person should look at it more closely. */
  readonly caution?: string;
  readonly saving?: Saving;
  /** By time. */
  readonly chart: readonly ChartTime[];
  readonly backTest?: SuggestionTest;
  readonly draft?: SuggestedDraft;
  readonly choices: readonly Choice[];
  /** Once it is in the workshop. */
  readonly draftId?: string;
  /** The entity id, once it stands in Home Assistant. */
  readonly automationId?: string;
  /** Oldest first. */
  readonly history: readonly StatusChange[];
  readonly snoozedUntil?: number;
  readonly dismissReason?: DismissReason;
  readonly firstFoundAt: number;
  readonly updatedAt: number;
}
