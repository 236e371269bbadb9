import { failureText } from "#lib/failure.ts";
import { hasText, t, tOf } from "#lib/i18n/translate.ts";
import type { Failure, TopicState } from "#lib/surroundings-api.ts";

/** Why there is nothing, or nothing new, and what to do. */
export function whyText({
  state,
  provider,
  failure,
}: {
  readonly state: TopicState;
  readonly provider?: string;
  readonly failure?: Failure;
}): string {
  if (failure) return whyFailed(failure, provider);
  return state === "waiting" ? t("outside.waiting") : tOf("outside.do", state);
}

/** What a source refused, and what to do about it. */
export function whyFailed(failure: Omit<Failure, "at">, provider?: string): string {
  const own = `${failure.code}.${provider}`;
  const code = hasText(`error.${own}`) ? own : failure.code;
  if (!hasText(`error.${code}`)) {
    return `${sentence(failure.message)} ${tOf("outside.do", failure.kind)}`;
  }
  const facts = { ...failure.facts, provider: provider ? tOf("provider", provider) : "" };
  return failureText({ ...failure, code, facts });
}

/** Messages come without their full stop. */
const sentence = (text: string) => (/[.?]$/.test(text) ? text : `${text}.`);
