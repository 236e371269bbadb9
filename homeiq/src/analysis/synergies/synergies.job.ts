import type { Clock } from "#foundation/clock.ts";
import type { Job } from "#foundation/jobs.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Synergies } from "./synergies.ts";

/** Each night, after the patterns of the night were found. */
export const findSynergiesJob = ({ synergies }: { synergies: Pick<Synergies, "find"> }): Job => ({
  name: "synergies.find",
  cron: "20 3 * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    await synergies.find(signal);
  },
});

const NIGHT_MISSED_MS = 26 * HOUR_MS;

interface CatchUp {
  readonly synergies: Pick<Synergies, "find" | "isRunning" | "stats">;
  readonly clock: Clock;
  /** Whether anybody looked for patterns yet. */
  readonly arePatternsKnown: () => boolean;
}

/** The first look, as soon as patterns were looked for; and the one of a night in which HomeIQ was off. */
export const synergiesCatchUpJob = ({ synergies, clock, arePatternsKnown }: CatchUp): Job => ({
  name: "synergies.catch-up",
  cron: "*/5 * * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    const { lastRun } = synergies.stats();
    const isDue = lastRun ? clock.now() - lastRun.startedAt > NIGHT_MISSED_MS : arePatternsKnown();
    if (isDue && !synergies.isRunning()) await synergies.find(signal);
  },
});
