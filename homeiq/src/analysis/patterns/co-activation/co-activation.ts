import { createDiary } from "../diary/diary.ts";
import { once } from "../once/once.ts";
import type { Household } from "../pattern.ts";
import { LEAST_TIMES } from "./candidates.ts";
import type { CoActivation } from "./pair.ts";
import { significantPairs } from "./significant-pairs.ts";
import { toPattern } from "./to-pattern.ts";
import { toldOnce } from "./told.ts";

export { LEAST_TIMES } from "./candidates.ts";
export { outlookOf } from "./outlook.ts";
export type { CoActivation } from "./pair.ts";
export { type Pair, significantPairs } from "./significant-pairs.ts";
export { type Trial, tailOf, trialOf } from "./trial.ts";
export { createTries } from "./tries.ts";

/** What pairs and sequences are looked for in. */
export const pairDiaryOf = once((household: Household) => createDiary(household, LEAST_TIMES));

const LEAST_CONFIDENCE = 0.3; // less is no habit, however unlikely by chance

/**
 * What people do within minutes after something else: an act of theirs, or a trace such as motion or a door.
 *
 * Each ordered pair is held against what is done at that time of day anyway (exact Poisson binomial tail over the
 * trigger's tries; see `Usual` and `trialOf`). All ordered pairs of streams count as tests, three spans each.
 */
export function findCoActivations(household: Household): CoActivation[] {
  const diary = pairDiaryOf(household);
  const found = significantPairs(diary).map((pair) => toPattern(diary, pair));
  return toldOnce(found.filter(({ confidence }) => confidence >= LEAST_CONFIDENCE));
}
