import { type Clock, sleep } from "#foundation/clock.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Gap, Gaps } from "#ingest/gaps/gaps.ts";
import { keepAll, type PastKeeper } from "#ingest/past/past.ts";
import type { Fetched } from "./fetch-changes.ts";
import type { Pace } from "./pace.ts";
import { FIRST_RANGE_MS, MOST_RANGE_MS, type Question, type Questions } from "./questions.ts";

const OVERLAP_MS = 10 * SECOND_MS; // what was heard but not yet on the disk, and clocks that differ
const COMMIT_MS = 6 * SECOND_MS; // Home Assistant writes what it heard after five seconds

interface Deps {
  readonly clock: Clock;
  readonly gaps: Pick<Gaps, "keepFill">;
  readonly questions: Questions;
  readonly pace: Pace;
  readonly addPast: PastKeeper["addPast"];
  fetch(question: Question, signal: AbortSignal): Promise<Fetched>;
  /** Entities that are recorded and exist. */
  entityIds(): readonly string[];
  /** Since when an entity is in its state of now; absent when it has none. */
  changedAt(entityId: string): number | undefined;
}

/** Closes a gap with what Home Assistant kept of it, and says of how many entities it kept nothing. */
export function createGapFill(deps: Deps) {
  const { clock, gaps, questions, pace } = deps;

  return async function fill(gap: Gap & { to: number }, signal: AbortSignal): Promise<void> {
    await sleep(clock, Math.max(0, gap.to + COMMIT_MS - clock.now()), signal);
    gaps.keepFill(gap.id, { state: "filling" });
    try {
      const { entityIds, known, changes } = await fetchAll(gap, signal);
      const missing = entityIds.filter((id) => !known.has(id) && mayHaveChanged(id, gap));
      const entitiesWithout = known.size === 0 ? missing.length : await unknown(missing, signal);
      const isLost = known.size === 0 && missing.length > 0;
      const some = entitiesWithout > 0 ? "partly" : "filled";
      gaps.keepFill(gap.id, {
        state: isLost ? "lost" : some,
        filled: {
          at: clock.now(),
          changes: changes + (gap.filled?.changes ?? 0), // a second look adds to the first
          entitiesWithout,
        },
      });
    } catch (error) {
      gaps.keepFill(gap.id, { state: "open" });
      throw error;
    }
  };

  async function fetchAll(gap: Gap & { to: number }, signal: AbortSignal) {
    const entityIds = deps.entityIds();
    const known = new Set<string>();
    let changes = 0;
    const from = gap.from - OVERLAP_MS;
    let end = Math.min(gap.to + OVERLAP_MS, clock.now());
    for (let rangeMs = FIRST_RANGE_MS; end > from; rangeMs = Math.min(MOST_RANGE_MS, rangeMs * 2)) {
      const range = { entityIds, from: Math.max(from, end - rangeMs), to: end };
      end = range.from;
      for (const question of questions.cut(range, pace.rows())) {
        const fetched = await deps.fetch(question, signal);
        questions.learn(question, fetched.rowsOf);
        for (const entityId of fetched.known) known.add(entityId);
        changes += (await keepAll(deps.addPast, fetched.changes)).added;
      }
    }
    return { entityIds, known, changes };
  }

  /** An entity whose state of now is older than the gap did not change in it, whoever recorded it or not. */
  function mayHaveChanged(entityId: string, gap: Gap): boolean {
    return (deps.changedAt(entityId) ?? Number.NEGATIVE_INFINITY) >= gap.from;
  }

  /** How many of them Home Assistant does not record; the others only came to be after the gap. */
  async function unknown(missing: readonly string[], signal: AbortSignal): Promise<number> {
    let recordedNow = 0;
    const now = clock.now();
    const range = { entityIds: missing, from: now - SECOND_MS, to: now };
    for (const question of questions.cut(range, pace.rows())) {
      recordedNow += (await deps.fetch(question, signal)).known.size;
    }
    return missing.length - recordedNow;
  }
}
