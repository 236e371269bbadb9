import { median } from "#foundation/median.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import { atLeast } from "../chance/chance.ts";
import type { HouseDays } from "../house-days/house-days.ts";
import type { Phase } from "../phases/phases.ts";
import type { Looks, UsualDuration } from "./duration-habit.ts";

/** The longest that counts as much the same as the shortest. */
const RATIOS = [1.3, 1.7, 2.5];
const LEAST = { phases: 8, share: 0.5, lift: 1.5, minutes: 1, endedByPeople: 0.5 };

/**
 * Durations that are much alike.
 *
 * Null model: people turn it off at any moment, whenever they had turned it on. However long it then is on average,
 * no window of a ratio holds more than a known share of the durations (exact binomial tail; windows that do not overlap
 * count as looks).
 */
export function findUsual(groups: readonly Phase[][], days: HouseDays): Looks<UsualDuration> {
  const found = groups.flatMap((phases) => usualOf(phases, days) ?? []);
  return { found, tests: groups.length };
}

interface Timed {
  readonly phase: Phase;
  readonly minutes: number;
}

function usualOf(phases: readonly Phase[], days: HouseDays): UsualDuration | undefined {
  const ended = phases.filter(({ begunByPeople, until }) => begunByPeople && until !== undefined);
  const timed = ended
    .filter(({ endedByPeople }) => endedByPeople)
    .map((phase): Timed => ({ phase, minutes: ((phase.until as number) - phase.from) / MINUTE_MS }))
    .filter(({ minutes }) => minutes > 0)
    .sort((one, other) => one.minutes - other.minutes);
  if (timed.length < LEAST.phases || timed.length < LEAST.endedByPeople * ended.length) return;
  const ways = RATIOS.map((ratio) => windowOf(timed, ratio));
  const best = ways.sort((one, other) => one.chance - other.chance)[0];
  if (!best || best.usual.length < LEAST.share * timed.length) return undefined;
  if (best.lift < LEAST.lift) return undefined;
  const minutes = median(best.usual.map((one) => one.minutes));
  if (minutes < LEAST.minutes) return undefined;
  return toPattern(best, { timed, minutes, days });
}

function windowOf(timed: readonly Timed[], ratio: number) {
  let [first, last, from] = [0, -1, 0];
  for (let until = 0; until < timed.length; until += 1) {
    while (minutesAt(timed, until) > ratio * minutesAt(timed, from)) from += 1;
    if (until - from > last - first) [first, last] = [from, until];
  }
  const usual = timed.slice(first, last + 1);
  const share = mostShare(ratio);
  const range = Math.log(minutesAt(timed, timed.length - 1) / minutesAt(timed, 0));
  const looks = RATIOS.length * Math.max(1, range / Math.log(ratio));
  const chance = atLeast(usual.length, new Array(timed.length).fill(share));
  return {
    ...{ usual, lift: usual.length / timed.length / share },
    chance: Math.min(1, looks * chance),
  };
}

const minutesAt = (timed: readonly Timed[], place: number) => timed[place]?.minutes ?? 0;

/** The most of memoryless durations that lie between x and `ratio` times x, over all x. */
function mostShare(ratio: number): number {
  const x = Math.log(ratio) / (ratio - 1);
  return Math.exp(-x) - Math.exp(-ratio * x);
}

interface Known {
  readonly timed: readonly Timed[];
  readonly minutes: number;
  readonly days: HouseDays;
}

function toPattern(
  best: ReturnType<typeof windowOf>,
  { timed, minutes, days }: Known,
): UsualDuration {
  const { entityId, to } = (best.usual[0] as Timed).phase;
  const usual = new Set(best.usual);
  const seen = best.usual
    .map(({ phase }) => ({ at: phase.from, entityId, to }))
    .sort((one, other) => one.at - other.at);
  const others = timed.filter((one) => !usual.has(one));
  const missed = [...new Set(others.map(({ phase }) => days.placeOf(phase.from).day))];
  return {
    key: ["duration", entityId, to].join("|"),
    kind: "duration",
    ...{ entityIds: [entityId], entityId, to, minutes, seen },
    missed: missed.sort((one, other) => one - other),
    scatter: median(best.usual.map((one) => Math.abs(one.minutes - minutes))),
    confidence: (seen.length + 1) / (timed.length + 2),
    ...{ lift: best.lift, chance: best.chance },
  };
}
