import type { JsonMap } from "#home/automation/automation.ts";
import type { Stage } from "../stage/stage.ts";
import { type Measure, numberIn } from "./measure.ts";
import type { EntityKind, Seen } from "./seen.ts";
import { isPastThreshold } from "./threshold.ts";

export interface Asked {
  readonly options: JsonMap;
  readonly stage: Stage;
}

/** What a condition looks at. */
export interface Look {
  readonly of: readonly EntityKind[];
  /** Its options hold a threshold. */
  readonly isNumber?: true;
  /** Of a device or an area those are meant as well that only configure or diagnose it. */
  readonly everyCategory?: true;
  /** Only entities that can do this: a bit of `supported_features`. */
  readonly feature?: number;
  /** It names no target: this entity, or the one in its option. */
  readonly entity?: string | { readonly option: string };
  /** An entity that cannot do it does not count among "all"; absent: each does. */
  counts?(seen: Seen): boolean;
  /** It holds since the state's last change, so that nothing else needs to be followed. */
  readonly sinceChange?: true;
  isMet(seen: Seen, asked: Asked): boolean;
}

/** What a trigger waits for. */
export interface Rule extends Look {
  /** Its state is the moment it was last pressed, so that `unknown` is a state before. */
  readonly fromUnknown?: true;
  isTransition(from: Seen, to: Seen, asked: Asked): boolean;
}

type Kinds = readonly EntityKind[];
type Value = string | boolean;

const isOther = (from: Seen, to: Seen) => from.value !== to.value;

/** To one of these values, from another (`make_entity_target_state_trigger`). */
export function turns(of: Kinds, ...values: readonly Value[]): Rule {
  const wanted = new Set<unknown>(values);
  const isPlain = values.length === 1 && of.every(({ attribute, read }) => !(attribute || read));
  return {
    of,
    ...(isPlain ? { sinceChange: true } : {}),
    isMet: ({ value }) => wanted.has(value),
    isTransition: (from, to) => isOther(from, to) && !wanted.has(from.value),
  };
}

/** From one of these values to one of those (`make_entity_transition_trigger`). */
export function goes(of: Kinds, from: readonly Value[], to: readonly Value[]): Rule {
  const before = new Set<unknown>(from);
  return {
    ...turns(of, ...to),
    isTransition: (was, is) => isOther(was, is) && before.has(was.value),
  };
}

/** From this value to any other (`make_entity_origin_state_trigger`). */
export const leaves = (of: Kinds, from: Value): Rule => ({
  of,
  isMet: ({ value }) => value !== from,
  isTransition: (was) => was.value === from,
});

/** To one of the values in an option. */
export function chooses(of: Kinds, option: string): Rule {
  const isWanted = ({ value }: Seen, { options }: Asked) => toList(options[option]).includes(value);
  return {
    of,
    isMet: isWanted,
    isTransition: (from, to, asked) => isOther(from, to) && !isWanted(from, asked),
  };
}

/** Any change of the state, as far as the new one is meant. */
export const changes = (of: Kinds, isMet: Rule["isMet"] = () => true): Rule => ({
  of,
  isMet,
  isTransition: (from, to) => from.state.state !== to.state.state,
});

/** The same for what has no state but the moment of its last use. */
export const happens = (of: Kinds, isMet?: Rule["isMet"]): Rule => ({
  ...changes(of, isMet),
  fromUnknown: true,
});

const isWithin =
  (measure: Measure): Rule["isMet"] =>
  (seen, { options, stage }) => {
    const value = numberIn(seen, measure, stage);
    return value !== undefined && isPastThreshold(options, { value, measure, stage });
  };

/** A number that is within the threshold, and was another before. */
export const moves = (of: Kinds, measure: Measure): Rule => ({
  ...{ of, isNumber: true, isMet: isWithin(measure) },
  ...(measure.onlyWithValue ? { counts: hasValue } : {}),
  isTransition: (from, to, { stage }) =>
    numberIn(from, measure, stage) !== numberIn(to, measure, stage),
});

/** A number that was not within the threshold, or no number, and is. */
export const crosses = (of: Kinds, measure: Measure): Rule => ({
  ...moves(of, measure),
  isTransition: (from, _, asked) => !isWithin(measure)(from, asked),
});

/** What cannot say its attribute is not asked; what says a state always counts. */
export const hasValue = ({ kind, value }: Seen): boolean =>
  kind.attribute === undefined || value !== null;

const toList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);
