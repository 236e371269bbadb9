import type { Clock } from "#foundation/clock.ts";
import { nightlyJobs } from "#foundation/nightly.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Patterns } from "./patterns.ts";

interface Deps {
  readonly patterns: Pick<Patterns, "detect" | "isRunning" | "lastRun">;
  readonly clock: Clock;
  /** Whether what Home Assistant kept of the time before was brought in. */
  readonly isPastKnown: () => boolean;
}

/** Each night, while the house is quiet; the first time as soon as there is a past to look at. */
export const patternJobs = ({ patterns, clock, isPastKnown }: Deps) =>
  nightlyJobs({
    ...{ name: "patterns.detect", cron: "0 3 * * *", timeoutMs: 10 * MINUTE_MS, clock },
    ...{ run: patterns.detect, isRunning: patterns.isRunning },
    lastRunAt: () => patterns.lastRun()?.startedAt,
    catchUp: { name: "patterns.catch-up", cron: "* * * * *", canBegin: isPastKnown },
  });
