import type {
  Suggestion as Answered,
  DismissReason,
  Outcomes,
  Refreshed,
  SuggestionSource,
  SuggestionStatus,
} from "../../../src/ai/suggestions/suggestions.ts";
import { apiUrl, read } from "./api.ts";

export type {
  Choice,
  DismissReason,
  Outcome,
  Outcomes,
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

/** Of no id there is none; an empty one would be the list. */
const one = (id: string) => `suggestions/${encodeURIComponent(id || "-")}`;
const post = <T>(path: string, json: object = {}) =>
  read<T>(
    fetch(apiUrl(path), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(json),
    }),
  );

export const readSuggestions = ({
  statuses = ["open"],
  sort = "score",
}: {
  statuses?: readonly SuggestionStatus[];
  sort?: Sort;
} = {}) =>
  read<{ suggestions: Suggestion[]; lastRefresh?: Refreshed }>(
    fetch(apiUrl("suggestions", { status: statuses.join(","), sort })),
  );
export const readSuggestion = (id: string) => read<Suggestion>(fetch(apiUrl(one(id))));
export const readOutcomes = () => read<Outcomes>(fetch(apiUrl("suggestions/outcomes")));
export const refreshSuggestions = () => post<Refreshed>("suggestions/refresh");
/** Makes a draft of it, or carries out what needs none. */
export const acceptSuggestion = (id: string, chosen: Chosen) =>
  post<Suggestion>(`${one(id)}/accept`, { chosen });
export const snoozeSuggestion = (id: string, until: number) =>
  post<Suggestion>(`${one(id)}/snooze`, { until });
export const dismissSuggestion = (id: string, reason: DismissReason) =>
  post<Suggestion>(`${one(id)}/dismiss`, { reason });
export const reopenSuggestion = (id: string) => post<Suggestion>(`${one(id)}/reopen`);
export const undoSuggestion = (id: string) => post<Suggestion>(`${one(id)}/undo`);
