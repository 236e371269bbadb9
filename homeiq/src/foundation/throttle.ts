import type { Clock } from "./clock.ts";

/** Calls at once, and at most once per interval after that; the last call is never lost. */
export function throttle(clock: Clock, intervalMs: number, callback: () => void): () => void {
  let waiting = false;
  let again = false;
  return function call() {
    if (waiting) {
      again = true;
      return;
    }
    waiting = true;
    callback();
    clock.after(intervalMs, () => {
      waiting = false;
      if (!again) return;
      again = false;
      call();
    });
  };
}
