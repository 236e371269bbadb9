import type { Person } from "#ai/automations/automations.ts";
import type { Filled } from "#analysis/templates/templates.ts";
import type {
  DismissReason,
  Suggestion,
  SuggestionSource,
  SuggestionStatus,
} from "./suggestion.ts";

export * from "./suggestion.ts";

export interface SuggestionFilter {
  /** Absent: those that are open. */
  readonly statuses?: readonly SuggestionStatus[];
  readonly sources?: readonly SuggestionSource[];
  readonly areaId?: string;
  readonly entityId?: string;
  /** Absent: `score`, the best first. */
  readonly sort?: "score" | "newest" | "saving";
}

/** What became of what was suggested: all, of one source, or of one kind. */
export interface Outcome {
  /** Absent: of all. */
  readonly source?: SuggestionSource;
  readonly kind?: string;
  /** Put to a person at any time. */
  readonly shown: number;
  readonly accepted: number;
  readonly dismissed: number;
  readonly deployed: number;
  /** Of those deployed at least 30 days ago, those that still stand. */
  readonly kept: number;
  /** Deployed at least 30 days ago. */
  readonly due: number;
  readonly undone: number;
  /** How often people undid what the deployed ones did, of so many runs. */
  readonly overrides: number;
  readonly runs: number;
  /** Of those answered; absent: none was. Between low and high in 95 of 100 cases. */
  readonly acceptance?: { readonly value: number; readonly low: number; readonly high: number };
}

export interface Outcomes {
  readonly all: Outcome;
  readonly bySource: readonly Outcome[];
  readonly byKind: readonly Outcome[];
}

export interface Refreshed {
  readonly at: number;
  /** Found at all, newly opened, and gone because what spoke for them is. */
  readonly found: number;
  readonly opened: number;
  readonly expired: number;
  readonly open: number;
  readonly waiting: number;
}

/** What is put to the household, and what becomes of it. */
export interface Suggestions {
  list(filter?: SuggestionFilter): readonly Suggestion[];
  /** Throws `not_found` `suggestions.unknown`. */
  get(id: string): Suggestion;
  /**
   * Makes a draft of it in the workshop, or carries out what needs none. Asked again, it is the same draft.
   * Throws `conflict` `suggestions.not_open`, `invalid` `suggestions.choose` when something must be chosen first.
   */
  accept(
    id: string,
    answer: { readonly chosen?: Filled; readonly by: Person },
  ): Promise<Suggestion>;
  snooze(id: string, answer: { readonly until: number; readonly by: Person }): Suggestion;
  dismiss(id: string, answer: { readonly reason: DismissReason; readonly by: Person }): Suggestion;
  /** Brings back what was dismissed, snoozed, or accepted and not yet deployed. */
  reopen(id: string, by: Person): Suggestion;
  /** Takes back what was deployed. */
  undo(id: string, by: Person): Promise<Suggestion>;
  /** Looks at what there is to suggest now. */
  refresh(signal: AbortSignal): Promise<Refreshed>;
  lastRefresh(): Refreshed | undefined;
  outcomes(): Outcomes;
}
