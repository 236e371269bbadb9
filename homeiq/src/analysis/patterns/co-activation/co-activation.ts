import { diaryOf } from "../diary/diary.ts";
import type { Household } from "../pattern.ts";
import type { CoActivation } from "./pair.ts";
import { significantPairs } from "./significant-pairs.ts";
import { toPattern } from "./to-pattern.ts";
import { toldOnce } from "./told.ts";

export { LEAST_TIMES } from "./candidates.ts";
export { outlookOf } from "./outlook.ts";
export type { CoActivation } from "./pair.ts";
export { type Pair, significantPairs } from "./significant-pairs.ts";
export { type Trial, tailOf, trialOf } from "./trial.ts";
export { triesIn } from "./tries.ts";

const LEAST_CONFIDENCE = 0.3; // less is no habit, however unlikely by chance

/**
 * What people do within minutes after something else: an act of theirs, or a trace such as motion or a door.
 *
 * Each ordered pair is held against what is done at that time of day anyway (exact Poisson binomial tail over the
 * trigger's tries; see `Usual` and `trialOf`). All ordered pairs of streams count as tests, three spans each.
 */
export function findCoActivations(
  household: Household,
  onCapped?: (candidates: number) => void,
): CoActivation[] {
  const diary = diaryOf(household);
  const { pairs, capped } = significantPairs(diary);
  onCapped?.(capped);
  const found = pairs.map((pair) => toPattern(diary, pair));
  return toldOnce(found.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE));
}
