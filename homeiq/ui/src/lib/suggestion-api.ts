import type { InferRequestType, InferResponseType } from "hono/client";
import type {
  Suggestion as Answered,
  DismissReason,
  Refreshed,
  SuggestionSource,
  SuggestionStatus,
} from "../../../src/ai/suggestions/suggestions.ts";
import { type Answer, api, read } from "./api.ts";

export type {
  Choice,
  DismissReason,
  Refreshed,
  Score,
  SuggestionSource,
  SuggestionStatus,
  SuggestionTest,
} from "../../../src/ai/suggestions/suggestions.ts";
export type Suggestion = Answered;
export type Chosen = Record<string, NonNullable<Suggestion["choices"][number]["value"]>>;

export const SUGGESTION_SOURCES = [
  "pattern",
  "synergy",
  "template",
  "automation",
  "scene",
  "override",
  "feature",
  "energy",
] as const satisfies readonly SuggestionSource[];
export const DISMISS_REASONS = [
  "not_useful",
  "wrong",
  "already_done",
  "too_risky",
  "not_now",
  "privacy",
  "other",
] as const satisfies readonly DismissReason[];
export const SORTS = ["score", "newest", "saving"] as const;
export type Sort = (typeof SORTS)[number];

const at = api.suggestions;

export type Outcomes = InferResponseType<typeof at.outcomes.$get>;

// The answer is what the server's type says; only the client's inference of it is cut short.
const typed = <T>(pending: Promise<unknown>) => read(pending as Promise<Answer<T>>);
/** Of no id there is none; an empty one would be the list. */
const one = (id: string) => ({ param: { id: id || "-" } });

export const readSuggestions = ({
  statuses = ["open"],
  sort = "score",
}: {
  statuses?: readonly SuggestionStatus[];
  sort?: Sort;
} = {}) =>
  typed<{ suggestions: Suggestion[]; lastRefresh?: Refreshed }>(
    at.$get({ query: { status: statuses.join(","), sort } }),
  );
export const readSuggestion = (id: string) => typed<Suggestion>(at[":id"].$get(one(id)));
export const readOutcomes = () => read(at.outcomes.$get());
/** Answers when it has been looked. */
export const refreshSuggestions = () => read(at.refresh.$post());
type Accepted = InferRequestType<(typeof at)[":id"]["accept"]["$post"]>["json"];
/** Makes a draft of it, or carries out what needs none. */
export function acceptSuggestion(id: string, chosen: Chosen) {
  const json = { chosen } as Accepted; // the same, save that nothing here changes its lists
  return typed<Suggestion>(at[":id"].accept.$post({ ...one(id), json }));
}
export const snoozeSuggestion = (id: string, until: number) =>
  typed<Suggestion>(at[":id"].snooze.$post({ ...one(id), json: { until } }));
export const dismissSuggestion = (id: string, reason: DismissReason) =>
  typed<Suggestion>(at[":id"].dismiss.$post({ ...one(id), json: { reason } }));
export const reopenSuggestion = (id: string) => typed<Suggestion>(at[":id"].reopen.$post(one(id)));
export const undoSuggestion = (id: string) => typed<Suggestion>(at[":id"].undo.$post(one(id)));
