import type { Automation } from "#home/automation/automation.ts";
import { type PastWorld, toColumns } from "./past/past.ts";
import { prepare, type ReplayOptions } from "./prepare.ts";
import type { Cannot, Run } from "./run.ts";

export {
  type CallEffect,
  type ReplayedCall,
  type SceneStates,
  type Step,
  toContent,
} from "./actions/actions.ts";
export { type Adjustable, adjustablesOf, editFor, typedValue } from "./adjustable.ts";
export {
  type BackTest,
  type BackTestOptions,
  backTest,
  backTestAll,
  type JudgedRun,
  whatIf,
} from "./back-test.ts";
export { type BackTests, createBackTests, type ReplayHandlers } from "./back-tests.ts";
export { createEchoes, type Echoes } from "./echoes.ts";
export {
  type ExplainedCondition,
  type ExplainedTrigger,
  type Explanation,
  explain,
} from "./explain.ts";
export {
  type InterleavedStep,
  type Interleaving,
  interleavingOf,
  type Meeting,
} from "./interleaving.ts";
export type { HouseNow } from "./loading.ts";
export {
  createColumns,
  type HouseEntity,
  type HouseMap,
  type PastChange,
  type PastColumns,
  type PastEvent,
  type PastWorld,
  type Position,
  toColumns,
  type WorldState,
} from "./past/past.ts";
export type { Deed } from "./people.ts";
export type { ReplayOptions } from "./prepare.ts";
export { type Cannot, OUTCOMES, type Outcome, type Run, type RunTrigger } from "./run.ts";
export { vary } from "./vary.ts";

export interface Replayed {
  /** In the order in which they began. */
  readonly runs: readonly Run[];
  readonly cannot: readonly Cannot[];
}

/**
 * Plays automations over recorded time as Home Assistant would have.
 *
 * Pure: the same past and the same automations give the same runs. Listens from the past's first moment.
 */
export function replay(
  automations: readonly Automation[],
  past: PastWorld,
  options: ReplayOptions = {},
): Replayed {
  const columns = toColumns(past.changes);
  const { play, runs, cannot } = prepare(automations, { past, columns, options });
  play(options.until ?? past.end);
  return { runs: inOrder(runs), cannot };
}

const inOrder = (runs: readonly Run[]): Run[] =>
  runs.toSorted((one, other) => one.order - other.order);
