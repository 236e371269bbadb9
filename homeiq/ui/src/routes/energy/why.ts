import { t, tOf } from "#lib/i18n/translate.ts";
import type { Failure, TopicState } from "#lib/surroundings-api.ts";

/** Why there is nothing, or nothing new, and what to do. */
export function whyText({
  state,
  failure,
}: {
  readonly state: TopicState;
  readonly failure?: Failure;
}): string {
  if (failure) return `${sentence(failure.message)} ${tOf("outside.do", failure.kind)}`;
  return state === "waiting" ? t("outside.waiting") : tOf("outside.do", state);
}

/** Messages come without their full stop. */
const sentence = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);
