import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";

/** One request to be made. */
export interface Question {
  readonly entityIds: readonly string[];
  readonly from: number;
  readonly to: number;
}

export interface Questions {
  /** Cuts a range into requests whose answers should hold at most so many rows each, newest part first. */
  cut(range: Question, rows: number): Question[];
  /** Tells how many rows each entity had in a range, so that the next cut fits better. */
  learn(range: Question, rowsOf: (entityId: string) => number): void;
}

/** Ranges begin small and double: until each entity was seen, nobody knows how much it says. */
export const FIRST_RANGE_MS = 15 * MINUTE_MS; // what reports twenty times a second then has 18,000 rows
export const MOST_RANGE_MS = DAY_MS;

const MOST_ENTITIES = 100;
const HEADROOM = 1.5; // a busy evening may follow a quiet night

/** Sizes requests by what each entity was seen to have per hour; `usualPerHour` until it was seen. */
export function createQuestions({ usualPerHour }: { usualPerHour: number }): Questions {
  const perHour = new Map<string, number>();

  return {
    cut({ entityIds, from, to }, rows) {
      const hours = (to - from) / HOUR_MS;
      const questions: Question[] = [];
      let group: string[] = [];
      let expected = 0;
      const close = () => {
        if (group.length > 0) questions.push({ entityIds: group, from, to });
        group = [];
        expected = 0;
      };
      for (const entityId of entityIds) {
        const own = 1 + (perHour.get(entityId) ?? usualPerHour) * hours * HEADROOM;
        if (own > rows) {
          questions.push(...inPieces({ entityIds: [entityId], from, to }, Math.ceil(own / rows)));
          continue;
        }
        if (expected + own > rows || group.length >= MOST_ENTITIES) close();
        group.push(entityId);
        expected += own;
      }
      close();
      return questions;
    },

    learn({ entityIds, from, to }, rowsOf) {
      const hours = Math.max((to - from) / HOUR_MS, 1 / 60);
      for (const entityId of entityIds) {
        const seen = rowsOf(entityId) / hours;
        const before = perHour.get(entityId);
        // What was much stays expected for a while: too small a request costs less than too large a one.
        perHour.set(entityId, before === undefined ? seen : Math.max(seen, before * 0.8));
      }
    },
  };
}

function inPieces({ entityIds, from, to }: Question, pieces: number): Question[] {
  const step = Math.ceil((to - from) / pieces);
  const questions: Question[] = [];
  for (let end = to; end > from; end -= step) {
    questions.push({ entityIds, from: Math.max(from, end - step), to: end });
  }
  return questions;
}
