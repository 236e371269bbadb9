import type { Clock } from "#foundation/clock.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { keepAll, type PastKeeper } from "#ingest/past/past.ts";
import type { Fetched } from "./fetch-changes.ts";
import type { Pace } from "./pace.ts";
import { FIRST_RANGE_MS, MOST_RANGE_MS, type Question, type Questions } from "./questions.ts";

const EARLIEST_MS = Date.UTC(2013, 8, 17); // Home Assistant's first commit; nothing can be older
const PRECISION_MS = 6 * HOUR_MS;

interface Deps {
  readonly clock: Clock;
  readonly questions: Questions;
  readonly pace: Pace;
  readonly addPast: PastKeeper["addPast"];
  fetch(question: Question, signal: AbortSignal): Promise<Fetched>;
  entityIds(): readonly string[];
}

/** Walks through the recorder's history, newest part first. */
export function createHistoryPass({ clock, questions, pace, addPast, fetch, entityIds }: Deps) {
  let windowMs = FIRST_RANGE_MS;

  /** Whether the recorder has any state from before a moment. */
  async function hasAnyBefore(at: number, signal: AbortSignal): Promise<boolean> {
    const range = { entityIds: entityIds(), from: at, to: at + 1 };
    for (const question of questions.cut(range, pace.rows())) {
      if ((await fetch(question, signal)).known.size > 0) return true;
    }
    return false;
  }

  return {
    /** A moment before the oldest state that the recorder has, by at most six hours. */
    async findOldest(signal: AbortSignal): Promise<number> {
      const now = clock.now();
      let some = now;
      let none = now - DAY_MS;
      while (none > EARLIEST_MS && (await hasAnyBefore(none, signal))) {
        some = none;
        none = now - (now - none) * 2;
      }
      while (some - none > PRECISION_MS) {
        const middle = Math.floor((some + none) / 2);
        if (await hasAnyBefore(middle, signal)) some = middle;
        else none = middle;
      }
      return Math.max(none, EARLIEST_MS);
    },

    /** The next range to read, before `doneFrom` and not before `oldest`. */
    next(doneFrom: number, oldest: number): { from: number; to: number } {
      const range = { from: Math.max(oldest, doneFrom - windowMs), to: doneFrom };
      windowMs = Math.min(MOST_RANGE_MS, windowMs * 2);
      return range;
    },

    /** Reads one range of all entities; answers how many changes were new. */
    async read(
      range: { from: number; to: number },
      signal: AbortSignal,
      onAdded: (added: number) => void,
    ): Promise<void> {
      const whole = { ...range, entityIds: entityIds() };
      for (const question of questions.cut(whole, pace.rows())) {
        const fetched = await fetch(question, signal);
        questions.learn(question, fetched.rowsOf);
        onAdded((await keepAll(addPast, fetched.changes)).added);
      }
    },
  };
}
