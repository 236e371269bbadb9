import { backoffMs } from "#foundation/backoff.ts";
import type { AppError } from "#foundation/errors.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";

export const FAILURES_THAT_OPEN = 5;
const PROBE_EVERY_MS = 15 * MINUTE_MS;
const TOO_OFTEN_MS = MINUTE_MS; // for a vendor that says "too often" and not how long
const LONGEST_RETRY_AFTER_MS = DAY_MS; // a header with a date of next year must not end it
const AHEAD = 0.9; // asked anew a little before it is too old, so that a healthy one is never stale
const JITTER = 0.05;

/** Until the next time after an answer: within its age, and no more often than the vendor's quota gives. */
export function untilNext(
  { maxAgeMs, mostPerDay }: { readonly maxAgeMs: number; readonly mostPerDay?: number },
  random: () => number,
): number {
  const spread = mostPerDay === undefined ? 0 : DAY_MS / mostPerDay;
  const full = Math.max(maxAgeMs * AHEAD, spread);
  return Math.round(full * (1 - JITTER * random()));
}

/**
 * Until the next try after so many failures in a row: backing off, then a probe each quarter of an hour.
 *
 * Never sooner than the vendor asked for.
 */
export function untilRetry(failure: AppError, failuresInRow: number, random: () => number): number {
  const isOpen = failuresInRow >= FAILURES_THAT_OPEN;
  const usual = isOpen ? PROBE_EVERY_MS : backoffMs(failuresInRow, random);
  const { retryAfterMs } = failure.facts;
  if (typeof retryAfterMs === "number") {
    return Math.max(usual, Math.min(retryAfterMs, LONGEST_RETRY_AFTER_MS));
  }
  return failure.code === "http.too_many" ? Math.max(usual, TOO_OFTEN_MS) : usual;
}
