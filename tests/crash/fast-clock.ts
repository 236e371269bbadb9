import type { Clock } from "#src/foundation/clock.ts";

/** A clock that runs `speed` times as fast as the wall's. */
export function createFastClock(start: number, speed: number): Clock {
  const began = performance.now();
  return {
    now: () => Math.floor(start + (performance.now() - began) * speed),
    after(delayMs, callback) {
      const timer = setTimeout(callback, delayMs / speed);
      timer.unref();
      return () => clearTimeout(timer);
    },
  };
}
