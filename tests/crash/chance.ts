import { seeded } from "#support/made-changes.ts";

/** How often it is killed. `CRASH_KILLS=20 npm run test:crash` is the short form. */
export const KILLS = Number(process.env.CRASH_KILLS ?? 200);

/** `CRASH_SEED` of a run that failed makes the same changes and picks the same moments again. */
export const SEED = Number(process.env.CRASH_SEED ?? Date.now() % 1_000_000);

/** Chance that is told, so that a failure can be repeated. */
export function chance(about: string): () => number {
  process.stdout.write(`${about}: CRASH_SEED=${SEED} CRASH_KILLS=${KILLS}\n`);
  return seeded(SEED);
}
