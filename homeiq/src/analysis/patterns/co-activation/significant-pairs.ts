import { discoveriesOf, FALSE_DISCOVERIES } from "../chance/chance.ts";
import { type Diary, type DiaryStream, usualOf } from "../diary/diary.ts";
import { once } from "../once/once.ts";
import { type Candidate, candidatesOf, LEAST_TIMES, SPANS } from "./candidates.ts";
import { type Trial, trialOf } from "./trial.ts";
import { triesIn } from "./tries.ts";

const LEAST_DAYS = 5;
const LEAST_LIFT = 2;

/** An ordered pair that chance does not explain. */
export interface Pair extends Candidate {
  readonly trial: Trial;
  /** Over all spans that were tried. */
  readonly chance: number;
}

export interface SignificantPairs {
  readonly pairs: readonly Pair[];
  /** So many candidates were not asked. */
  readonly capped: number;
}

/** Both directions of a pair may be among them. */
export const significantPairs = once((diary: Diary): SignificantPairs => {
  const usual = usualOf(diary);
  const triesOf = triesIn(diary);
  const least = { times: LEAST_TIMES, lift: LEAST_LIFT };
  const { candidates, capped } = candidatesOf(diary, triesOf);
  const pairs = candidates.flatMap((candidate): Pair[] => {
    const trigger = diary.streams[candidate.trigger] as DiaryStream;
    const act = diary.streams[candidate.act] as DiaryStream;
    const trials = SPANS.flatMap((withinMinutes) => {
      const tries = triesOf(trigger, withinMinutes);
      return trialOf({ tries, act, withinMinutes, usual }, least) ?? [];
    }).sort((one, other) => one.chance - other.chance);
    const [trial] = trials;
    if (!trial || daysOf(act, trial) < LEAST_DAYS) return [];
    return [{ ...candidate, trial, chance: Math.min(1, trial.chance * SPANS.length) }];
  });
  const acts = diary.streams.filter(({ isTrace }) => !isTrace).length;
  const tests = acts * (diary.streams.length - 1);
  const chances = pairs.map(({ chance }) => chance);
  const believed = discoveriesOf(chances, FALSE_DISCOVERIES, Math.max(0, tests - pairs.length));
  return { pairs: pairs.filter((_, index) => believed.has(index)), capped };
});

function daysOf(act: DiaryStream, { hits }: Trial): number {
  return new Set([...hits].filter((hit) => hit >= 0).map((hit) => act.day[hit])).size;
}
