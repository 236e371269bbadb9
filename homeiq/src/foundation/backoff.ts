import { SECOND_MS } from "#foundation/time.ts";

const FIRST_MS = SECOND_MS;
const LONGEST_MS = 300 * SECOND_MS;
const JITTER = 0.1;

/**
 * How long to wait before try number `attempt` (1 is the first retry): 1 s, doubled each time, at most
 * 300 s, and up to 10 % more or less so that many clients do not come back at the same moment.
 */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(full * (1 + JITTER * (2 * random() - 1)));
}
