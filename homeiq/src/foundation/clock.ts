import { MINUTE_MS } from "./time.ts";

/** The only source of "now" and of waiting, so that tests can own time. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Calls back once after `delayMs`; the answer cancels it. Does not keep the process alive. */
  after(delayMs: number, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    timer.unref();
    return () => clearTimeout(timer);
  },
};

/** Resolves after `delayMs`; rejects with the signal's reason when it aborts first. */
export function sleep(clock: Clock, delayMs: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const onAbort = () => {
      cancel();
      reject(signal?.reason);
    };
    const cancel = clock.after(delayMs, () => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    });
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}

/** Calls back as each minute of the clock begins, until the answer is called. */
export function onEachMinute(clock: Clock, callback: () => void): () => void {
  let cancel = () => {};
  function wait(): void {
    cancel = clock.after(MINUTE_MS - (clock.now() % MINUTE_MS), () => {
      callback();
      wait();
    });
  }
  wait();
  return () => cancel();
}
