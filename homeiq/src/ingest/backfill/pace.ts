import { type Clock, sleep } from "#foundation/clock.ts";
import { SECOND_MS } from "#foundation/time.ts";

const MOST_ROWS = 10_000; // about 45 bytes each as text: half a megabyte, so that a wrong guess stays under two
const LEAST_ROWS = 500;
const SLOW_MS = 2 * SECOND_MS;
const QUICK_MS = SECOND_MS / 2;
const LEAST_REST_MS = 50;
const MOST_REST_MS = 20 * SECOND_MS;
const REST_PER_WORK = 2; // Home Assistant works for us at most a third of the time

/** How much to ask at once, and how long to let Home Assistant be after it. */
export interface Pace {
  /** Rows that one answer should hold at most. */
  rows(): number;
  /** Asks once, measures, and rests. */
  ask<T>(question: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export function createPace(clock: Clock): Pace {
  let rows = MOST_ROWS / 2;

  return {
    rows: () => rows,
    async ask(question, signal) {
      signal.throwIfAborted();
      const startedAt = performance.now();
      let tookMs = MOST_REST_MS; // an answer that never came is the slowest of all
      try {
        const answer = await unlessAborted(question(), signal);
        tookMs = performance.now() - startedAt;
        return answer;
      } finally {
        if (tookMs > SLOW_MS) rows = Math.max(LEAST_ROWS, Math.floor(rows / 2));
        if (tookMs < QUICK_MS) rows = Math.min(MOST_ROWS, Math.ceil(rows * 1.25));
        if (tookMs < MOST_REST_MS) {
          const restMs = Math.min(MOST_REST_MS, Math.max(LEAST_REST_MS, tookMs * REST_PER_WORK));
          await sleep(clock, restMs, signal);
        }
      }
    },
  };
}

/** A request cannot be taken back; who stops does not wait for its answer. */
function unlessAborted<T>(answer: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    answer.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}
