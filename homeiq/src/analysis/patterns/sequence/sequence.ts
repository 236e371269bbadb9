import { median } from "#foundation/median.ts";
import { outlookOf, significantPairs } from "../co-activation/co-activation.ts";
import { type Diary, type DiaryStream, diaryOf, usualOf } from "../diary/diary.ts";
import type { Household } from "../pattern.ts";
import type { Sequence, SequenceStep } from "./chain.ts";
import { type Chain, grow } from "./grow.ts";
import { longest } from "./longest.ts";

export type { Sequence, SequenceStep } from "./chain.ts";

const LEAST_CONFIDENCE = 0.3; // less is no habit, however unlikely by chance
const LEAST_DAYS = 5;

/**
 * What people do in a row, three to five acts in the same order, of which the first may be a trace.
 *
 * Chains grow only from pairs that chance does not explain, and each further step is held against chance given that
 * the chain so far was done (exact Poisson binomial tail, as for pairs). Every act counts as a test for every chain.
 */
export function findSequences(
  household: Household,
  onCapped?: (candidates: number) => void,
): Sequence[] {
  const diary = diaryOf(household);
  const { pairs, capped } = significantPairs(diary);
  const { chains, capped: chainsCapped } = grow({ diary, pairs, usual: usualOf(diary) });
  onCapped?.(capped + chainsCapped);
  const found = chains.flatMap((chain) => toPattern(diary, chain) ?? []);
  return longest(found);
}

function toPattern({ streams }: Diary, chain: Chain): Sequence | undefined {
  const byTry = new Map(apart(chain, streams).map((run) => [run.place, run]));
  const { tries, chance, lift } = chain;
  const outlook = outlookOf(
    tries,
    Array.from(tries.at, (_, place) => byTry.has(place)),
  );
  const { hours, confidence, missed } = outlook;
  const seen = outlook.chances.filter(({ isSeen }) => isSeen);
  const isRare = new Set(seen.map(({ day }) => day)).size < LEAST_DAYS;
  if (isRare || confidence < LEAST_CONFIDENCE) return undefined;
  const kinds = chain.streams.map((index) => streams[index] as DiaryStream);
  const runs = seen.flatMap(({ place }) => byTry.get(place) ?? []);
  const momentsOf = ({ place, path }: (typeof runs)[number]) => [
    tries.at[place] as number,
    ...path.map((index, n) => kinds[n + 1]?.at[index] as number),
  ];
  const last = kinds.at(-1) as DiaryStream;
  return {
    key: ["sequence", ...kinds.flatMap(({ entityId, to }) => [entityId, to])].join("|"),
    kind: "sequence",
    entityIds: kinds.map(({ entityId }) => entityId),
    steps: stepsOf(kinds, runs.map(momentsOf)),
    ...(hours ? { hours } : {}),
    seen: runs.flatMap(({ path }) => last.acts[path.at(-1) as number] ?? []),
    ...{ missed, confidence, lift, chance },
  };
}

/** Runs that do not reach into each other: one that begins before the last has ended is left out. */
function apart({ runs, tries, streams: [, ...later] }: Chain, streams: readonly DiaryStream[]) {
  const last = streams[later.at(-1) as number] as DiaryStream;
  let until = Number.NEGATIVE_INFINITY;
  return runs.filter(({ place, path }) => {
    if ((tries.at[place] as number) <= until) return false;
    until = last.at[path.at(-1) as number] as number;
    return true;
  });
}

function stepsOf(kinds: readonly DiaryStream[], moments: readonly number[][]): SequenceStep[] {
  return kinds.map(({ entityId, to, isTrace }, n) => {
    const delays = moments.map((run) => ((run[n] as number) - (run[n - 1] ?? run[n] ?? 0)) / 1000);
    const delaySeconds = median(delays);
    const scatterSeconds = median(delays.map((delay) => Math.abs(delay - delaySeconds)));
    return { entityId, to, isTrace, delaySeconds, scatterSeconds };
  });
}
