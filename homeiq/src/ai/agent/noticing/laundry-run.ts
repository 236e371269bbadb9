import { MINUTE_MS } from "#foundation/time.ts";

/** A run of a washing machine or a dryer, as its power shows. */
export interface LaundryRun {
  readonly entityId: string;
  readonly startedAt: number;
  readonly endedAt: number;
  readonly mostW: number;
}

interface Power {
  readonly at: readonly number[];
  readonly value: readonly number[];
}

const ON_W = 10; // what waits to be emptied blinks with less
const WORKED_W = 100; // heats or spins; a display alone does not
const MIN_RUN_MS = 15 * MINUTE_MS;
const PAUSE_MS = 5 * MINUTE_MS; // they soak in between

/** The last run that ended; none while one is going on. Values in watts, oldest first, as they changed. */
export function lastRunOf(
  entityId: string,
  { at, value }: Power,
  now: number,
): LaundryRun | undefined {
  let run: { startedAt: number; endedAt: number; mostW: number } | undefined;
  at.forEach((start, n) => {
    const watts = value[n] ?? Number.NaN;
    if (!(watts >= ON_W)) return;
    const end = at[n + 1] ?? now;
    const isNew = !run || start - run.endedAt > PAUSE_MS;
    if (isNew) run = { startedAt: start, endedAt: end, mostW: watts };
    else if (run) run = { ...run, endedAt: end, mostW: Math.max(run.mostW, watts) };
  });
  if (!run || now - run.endedAt < PAUSE_MS) return undefined;
  const isRun = run.mostW >= WORKED_W && run.endedAt - run.startedAt >= MIN_RUN_MS;
  return isRun ? { entityId, ...run } : undefined;
}
