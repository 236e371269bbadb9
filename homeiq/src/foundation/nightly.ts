import type { Clock } from "./clock.ts";
import { giveMemoryBack } from "./give-memory-back.ts";
import type { Job } from "./jobs.ts";
import { HOUR_MS } from "./time.ts";

const MISSED_MS = 26 * HOUR_MS;

/** Whether a night went by without the work: HomeIQ was off. */
export const isNightMissed = (clock: Pick<Clock, "now">, lastAt: number): boolean =>
  clock.now() - lastAt > MISSED_MS;

interface Nightly extends Pick<Job, "name" | "cron" | "timeoutMs"> {
  readonly clock: Pick<Clock, "now">;
  readonly run: (signal: AbortSignal) => Promise<unknown>;
  readonly isRunning: () => boolean;
  /** Milliseconds since the epoch; absent: it never ran. */
  readonly lastRunAt: () => number | undefined;
  readonly catchUp: Pick<Job, "name" | "cron"> & {
    /** Whether there is something to work on, before the first run. */
    readonly canBegin: () => boolean;
  };
}

/** Work of each night; and what makes up for it: a first run as soon as there can be one, and that of a missed night. */
export function nightlyJobs(nightly: Nightly): readonly Job[] {
  const { clock, run, isRunning, lastRunAt, catchUp, ...job } = nightly;
  const { canBegin, ...later } = catchUp;
  async function work(signal: AbortSignal): Promise<void> {
    await run(signal);
    await giveMemoryBack();
  }
  return [
    { ...job, run: work },
    {
      ...{ ...later, timeoutMs: job.timeoutMs },
      async run(signal) {
        const lastAt = lastRunAt();
        const isDue = lastAt === undefined ? canBegin() : isNightMissed(clock, lastAt);
        if (isDue && !isRunning()) await work(signal);
      },
    },
  ];
}
