import type { Clock } from "#foundation/clock.ts";

/** A wait that can be ended early. */
export interface Bell {
  ring(): void;
  /** Resolves after `delayMs`, at the next ring, or when `signal` aborts; at once if it rang meanwhile. */
  wait(delayMs: number, signal: AbortSignal): Promise<void>;
}

export function createBell(clock: Clock): Bell {
  let rang = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      rang = true;
      wake?.();
    },
    wait: (delayMs, signal) =>
      new Promise((resolve) => {
        const done = () => {
          cancel();
          signal.removeEventListener("abort", done);
          wake = undefined;
          rang = false;
          resolve();
        };
        const cancel = clock.after(delayMs, done);
        wake = done;
        signal.addEventListener("abort", done, { once: true });
        if (rang || signal.aborted) done();
      }),
  };
}
