import { ApiError } from "./api.ts";
import { hasText, t } from "./i18n/translate.ts";

/** What came of something that failed, as a person reads it. */
export interface Failure {
  readonly text: string;
  /** What to name to who helps; absent when the server was not even asked. */
  readonly code?: string;
  /** What was asked for is not there: asking again is of no use. */
  readonly isMissing?: boolean;
}

/** In words of the catalogue where it has some for the code, else in the server's own. */
export function toFailure(error: unknown): Failure {
  if (!(error instanceof ApiError)) {
    return { text: error instanceof Error ? error.message : String(error) };
  }
  const { code, message, facts, status } = error;
  // Also a proxy says 404, but not in the words of our server.
  const isMissing = status === 404 && code !== "http";
  return { text: failureText({ code, message, facts }), code, isMissing };
}

/** The same for a failure that is told within an answer. */
export function failureText({
  code,
  message,
  facts = {},
}: {
  readonly code: string;
  readonly message: string;
  readonly facts?: Readonly<Record<string, unknown>>;
}): string {
  const key = `error.${code}`;
  if (!hasText(key)) return message;
  const values = Object.entries(facts).flatMap(([name, value]) =>
    typeof value === "string" || typeof value === "number" ? [[name, value] as const] : [],
  );
  return t(key, { ...Object.fromEntries(values), message });
}
