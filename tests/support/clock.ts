import type { Clock } from "#src/foundation/clock.ts";

/** A clock that stands still until a test moves it. */
export function createFakeClock(start = Date.UTC(2026, 8, 1, 18)): Clock & {
  advance(ms: number): void;
} {
  let now = start;
  let waiting: { at: number; callback: () => void }[] = [];
  return {
    now: () => now,
    after(delayMs, callback) {
      const entry = { at: now + delayMs, callback };
      waiting.push(entry);
      return () => {
        waiting = waiting.filter((one) => one !== entry);
      };
    },
    advance(ms) {
      const end = now + ms;
      for (;;) {
        const next = waiting
          .filter(({ at }) => at <= end)
          .sort((one, other) => one.at - other.at)[0];
        if (!next) break;
        waiting = waiting.filter((one) => one !== next);
        now = next.at;
        next.callback();
      }
      now = end;
    },
  };
}
