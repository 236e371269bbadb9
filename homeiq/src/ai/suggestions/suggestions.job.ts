import type { Clock } from "#foundation/clock.ts";
import { giveMemoryBack } from "#foundation/give-memory-back.ts";
import type { Job } from "#foundation/jobs.ts";
import { isNightMissed } from "#foundation/nightly.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Suggestions } from "./suggestions.ts";

async function refresh(
  suggestions: Pick<Suggestions, "refresh">,
  signal: AbortSignal,
): Promise<void> {
  await suggestions.refresh(signal);
  await giveMemoryBack();
}

/** Each night, after habits and synergies were looked for. */
export const refreshJob = ({
  suggestions,
}: {
  suggestions: Pick<Suggestions, "refresh">;
}): Job => ({
  name: "suggestions.refresh",
  cron: "30 3 * * *",
  timeoutMs: 10 * MINUTE_MS,
  run: (signal) => refresh(suggestions, signal),
});

interface CatchUp {
  readonly suggestions: Pick<
    Suggestions,
    "refresh" | "isRunning" | "lastRefresh" | "backTest" | "follow"
  >;
  readonly clock: Clock;
  readonly isReady: () => boolean;
  /** When something else was found than before: habits or synergies. */
  readonly newsAt: () => number | undefined;
}

/** The first look, that after new habits, and that of a missed night; then plays a few over the past. */
export const suggestionsCatchUpJob = ({ suggestions, clock, isReady, newsAt }: CatchUp): Job => ({
  name: "suggestions.catch-up",
  cron: "* * * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    if (!isReady()) return;
    const at = suggestions.lastRefresh()?.at;
    const isDue = at === undefined || isNightMissed(clock, at) || (newsAt() ?? at) > at;
    if (isDue && !suggestions.isRunning()) await refresh(suggestions, signal);
    suggestions.follow();
    await suggestions.backTest(signal);
  },
});
