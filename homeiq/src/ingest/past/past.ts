import type { History, PastChange } from "#ingest/history/history.ts";

export type { PastChange, PastStatistic } from "#ingest/history/history.ts";
export { causeOfPast, type PastOrigin } from "./past-cause.ts";

/** Where the past is kept. */
export type PastKeeper = Pick<History, "addPast" | "addPastStatistics">;

/** How many were new, and how many had been there before. */
export type Kept = Awaited<ReturnType<History["addPast"]>>;

export const MOST_PER_CALL = 20_000;

/** Keeps any number of changes, in calls of the size that the keeper takes. */
export async function keepAll(
  addPast: PastKeeper["addPast"],
  changes: readonly PastChange[],
): Promise<Kept> {
  let added = 0;
  let known = 0;
  for (let start = 0; start < changes.length; start += MOST_PER_CALL) {
    const kept = await addPast(changes.slice(start, start + MOST_PER_CALL));
    added += kept.added;
    known += kept.known;
  }
  return { added, known };
}
