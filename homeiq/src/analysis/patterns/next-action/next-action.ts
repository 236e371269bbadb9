import { createHouseDays } from "../house-days/house-days.ts";
import type { Change, Household } from "../pattern.ts";
import { createClock } from "./clock.ts";
import { createContexts } from "./contexts.ts";
import { createRecency } from "./recency.ts";

/** What a person may do next by hand. */
export interface NextAction {
  readonly entityId: string;
  readonly to: string;
  /** 0 to 1; of all that is known, together 1. */
  readonly probability: number;
}

/** One change, whoever or whatever made it. */
export type Seen = Pick<Change, "at" | "entityId" | "to">;

export interface NextActions {
  /** The likeliest first. `last`: the last changes before `at`, oldest first; those before the last ten say nothing. */
  next(last: readonly Seen[], at: number): NextAction[];
}

/** Reads what is likely, given what was seen until now. One of three views of the same past. */
export interface View {
  /** Takes in an act that came after `last`. */
  learn(act: number, context: Context): void;
  /** For each kind of act its probability; together 1. */
  chances(context: Context): Float64Array;
}

export interface Context {
  /** Names of the last changes, the newest last. */
  readonly last: readonly string[];
  /** Since the day began at 04:00. */
  readonly minute: number;
  readonly free: boolean;
  /** Days since 1970-01-01. */
  readonly day: number;
}

const LAST = 10;
const WEIGHT_PACE = 0.02; // of what the newest act tells of the views: as the last fifty

/**
 * Predicts what is done by hand next, from when it is, what came before, and what was done lately.
 *
 * A mixture of three views: the time of day (a kernel over the clock), the last changes (Markov contexts of up to three
 * with back-off) and what is frequent lately. Each act of the past is first predicted, then learned, so the views weigh as
 * much as they have told of it (Bayesian mixture with a slow decay; Herbster and Warmuth, "Tracking the best expert", 1998).
 * One pass over the past; as many steps as there are acts times kinds of acts.
 */
export function learnNextActions(household: Household, changes: readonly Change[]): NextActions {
  const days = createHouseDays(household);
  const kinds = new Map<string, number>();
  for (const one of changes) {
    if (one.byPeople && !kinds.has(nameOf(one))) kinds.set(nameOf(one), kinds.size);
  }
  const acts = [...kinds.keys()].map((name) => name.split("\n") as [string, string]);
  const views: readonly View[] = [createClock, createContexts, createRecency].map((create) =>
    create(acts.length),
  );
  let weights = views.map(() => 1 / views.length);
  const contextOf = (last: readonly string[], at: number): Context => {
    const { day, minute } = days.placeOf(at);
    return { last, minute, day, free: days.dayOf(day).free };
  };
  const before: string[] = [];
  for (const one of changes) {
    const name = nameOf(one);
    const act = one.byPeople ? kinds.get(name) : undefined;
    if (act !== undefined) {
      const context = contextOf(before, one.at);
      const told = views.map((view) => view.chances(context)[act] as number);
      weights = weighed(weights, told);
      for (const view of views) view.learn(act, context);
    }
    before.push(name);
    if (before.length > LAST) before.shift();
  }
  return {
    next(last, at) {
      const context = contextOf(last.slice(-LAST).map(nameOf), at);
      const told = views.map((view) => view.chances(context));
      return acts
        .map(([entityId, to], act) => ({
          ...{ entityId, to },
          probability: told.reduce(
            (sum, own, view) => sum + (weights[view] as number) * (own[act] as number),
            0,
          ),
        }))
        .sort((one, other) => other.probability - one.probability);
    },
  };
}

const nameOf = ({ entityId, to }: Seen) => `${entityId}\n${to}`;

/** After one act of which the views told with these probabilities. */
function weighed(weights: readonly number[], told: readonly number[]): number[] {
  const all = weights.reduce((sum, weight, view) => sum + weight * (told[view] as number), 0);
  return weights.map((weight, view) => {
    const share = (weight * (told[view] as number)) / Math.max(all, 1e-12);
    return (1 - WEIGHT_PACE) * weight + WEIGHT_PACE * share;
  });
}
