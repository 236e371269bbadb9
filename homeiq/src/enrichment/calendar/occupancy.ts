import type { CalendarFacts, Slot } from "#enrichment/provider.ts";
import { type Clock, onEachMinute } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { Store } from "#store/database.ts";
import { readPredictions, toPredictionWrites } from "./calendar.store.ts";
import { findHints, type OccupancyHint } from "./hints.ts";
import {
  measureAccuracy,
  type OccupancyAccuracy,
  type OccupancyHour,
  type PresenceHour,
  predictOccupancy,
} from "./prediction.ts";
import type { OccupancyRule } from "./rules.ts";

/** What calendars say of who is at home, and how right that was so far. */
export interface OccupancyView {
  /** Of what is not over yet, the soonest first. */
  readonly hints: readonly OccupancyHint[];
  /** The next three days, hour by hour. */
  readonly hours: readonly OccupancyHour[];
  /** Hours of the last weeks of which it is known who was at home. */
  readonly knownHours: number;
  readonly accuracy: AccuracyView;
}

export type AccuracyView =
  | ({ readonly verdict: "measured" } & OccupancyAccuracy)
  | { readonly verdict: "not_enough"; readonly hours: number; readonly needed: number };

export interface Occupancy extends AsyncDisposable {
  read(): Promise<OccupancyView>;
  /** How likely somebody is at home in this hour, 0 to 1; `undefined` when nothing says so. */
  now(): number | undefined;
}

const LEARN_MS = 42 * DAY_MS; // each hour of the week six times
const AHEAD_HOURS = 72;
const FORESEEN_HOURS = 24; // a prediction is judged by what was said a day before
const NEEDED_HOURS = 7 * 24; // each weekday once

interface Deps {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  readonly rules: readonly OccupancyRule[];
  /** `undefined` while nothing is known. */
  readonly facts: () => CalendarFacts | undefined;
  /** `undefined` until the house is known. */
  readonly timeZone: () => string | undefined;
  readonly nameOf: (calendar: string) => string;
  /** The hours of which it is known whether somebody was at home. */
  readonly presence: (slot: Slot) => Promise<readonly PresenceHour[]>;
}

export function createOccupancy(deps: Deps): Occupancy {
  const { store, clock, log } = deps;
  let seen:
    | { readonly until: number; readonly hours: Promise<readonly PresenceHour[]> }
    | undefined;
  let current: OccupancyHour | undefined;
  let keptFor = 0;
  let keeping: Promise<void> = Promise.resolve();

  const thisHour = () => clock.now() - (clock.now() % HOUR_MS);

  /** Up to the hour that runs; read once for each. */
  function presence(): Promise<readonly PresenceHour[]> {
    const until = thisHour();
    if (seen?.until !== until) {
      const hours = deps.presence({ start: until - LEARN_MS, end: until });
      seen = { until, hours };
      const askAgain = () => {
        seen = undefined;
      };
      // Persons may only be known later; a failure is told to who asks.
      hours.then((found) => found.length === 0 && askAgain(), askAgain);
    }
    return seen.hours;
  }

  const hintsNow = () =>
    findHints(deps.facts()?.events ?? [], deps.rules, deps.nameOf)
      .filter(({ end }) => end > clock.now())
      .sort((one, other) => one.start - other.start);

  async function predict(from: number, hours: number): Promise<readonly OccupancyHour[]> {
    const timeZone = deps.timeZone();
    if (timeZone === undefined) return [];
    return predictOccupancy({
      ...{ hints: hintsNow(), history: await presence(), from, timeZone, hours },
    });
  }

  async function keepOnce(): Promise<void> {
    [current] = await predict(thisHour(), 1);
    const from = thisHour() + HOUR_MS;
    if (keptFor === from || deps.facts() === undefined) return;
    const hours = await predict(from, FORESEEN_HOURS);
    const madeAt = clock.now();
    await store.writer.write(toPredictionWrites(hours, { madeAt, forgetBefore: from - LEARN_MS }));
    keptFor = from;
  }

  function keep(): void {
    keeping = keeping
      .then(keepOnce)
      .catch((error: unknown) => log.error({ err: error }, "Predictions could not be kept"));
  }
  const cancel = onEachMinute(clock, keep);

  return {
    async read() {
      const until = thisHour();
      const foreseen = readPredictions(store.db, until - LEARN_MS, until);
      const known = await presence();
      const measured = measureAccuracy(foreseen, known);
      return {
        hints: hintsNow(),
        hours: await predict(until, AHEAD_HOURS),
        knownHours: known.length,
        accuracy: judge(measured),
      };
    },
    now: () => current?.home,
    [Symbol.asyncDispose]() {
      cancel();
      return keeping;
    },
  };
}

function judge(measured: OccupancyAccuracy | undefined): AccuracyView {
  const hours = measured?.hours ?? 0;
  if (!measured || hours < NEEDED_HOURS) {
    return { verdict: "not_enough", hours, needed: NEEDED_HOURS };
  }
  return { verdict: "measured", ...measured };
}
