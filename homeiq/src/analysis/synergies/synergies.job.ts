import type { Clock } from "#foundation/clock.ts";
import { nightlyJobs } from "#foundation/nightly.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Synergies } from "./synergies.ts";

interface Deps {
  readonly synergies: Pick<Synergies, "find" | "isRunning" | "stats">;
  readonly clock: Clock;
  /** Whether anybody looked for patterns yet. */
  readonly arePatternsKnown: () => boolean;
}

/** Each night, after the patterns of the night were found; the first time as soon as there are any. */
export const synergyJobs = ({ synergies, clock, arePatternsKnown }: Deps) =>
  nightlyJobs({
    ...{ name: "synergies.find", cron: "20 3 * * *", timeoutMs: 10 * MINUTE_MS, clock },
    ...{ run: synergies.find, isRunning: synergies.isRunning },
    lastRunAt: () => synergies.stats().lastRun?.startedAt,
    catchUp: { name: "synergies.catch-up", cron: "* * * * *", canBegin: arePatternsKnown },
  });
