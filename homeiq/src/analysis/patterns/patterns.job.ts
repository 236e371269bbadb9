import type { Clock } from "#foundation/clock.ts";
import type { Job } from "#foundation/jobs.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Patterns } from "./patterns.ts";

/** Each night, while the house is quiet. */
export const detectJob = ({ patterns }: { patterns: Pick<Patterns, "detect"> }): Job => ({
  name: "patterns.detect",
  cron: "0 3 * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    await patterns.detect(signal);
  },
});

const NIGHT_MISSED_MS = 26 * HOUR_MS;

interface CatchUp {
  readonly patterns: Pick<Patterns, "detect" | "isRunning" | "lastRun">;
  readonly clock: Clock;
  /** Whether what Home Assistant kept of the time before was brought in. */
  readonly isPastKnown: () => boolean;
}

/** The first look, as soon as there is a past to look at; and the one of a night in which HomeIQ was off. */
export const catchUpJob = ({ patterns, clock, isPastKnown }: CatchUp): Job => ({
  name: "patterns.catch-up",
  cron: "* * * * *",
  timeoutMs: 10 * MINUTE_MS,
  async run(signal) {
    const last = patterns.lastRun();
    const isDue = last ? clock.now() - last.startedAt > NIGHT_MISSED_MS : isPastKnown();
    if (isDue && !patterns.isRunning()) await patterns.detect(signal);
  },
});
