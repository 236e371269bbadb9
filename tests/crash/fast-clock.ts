import type { Clock } from "#src/foundation/clock.ts";

const WAITING = 100; // not as fast, so that batches and threads last as long beside the work as they would

/** A clock that runs `speed` times as fast as the wall's. Waiting is a hundred times as short. */
export function createFastClock(start: number, speed: number): Clock {
  const began = performance.now();
  return {
    now: () => Math.floor(start + (performance.now() - began) * speed),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / WAITING);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
