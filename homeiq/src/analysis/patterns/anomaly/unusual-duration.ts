import { MINUTE_MS } from "#foundation/time.ts";
import type { Household } from "../pattern.ts";
import { type Phase, phasesOf } from "../phases/phases.ts";
import { keepMost, type PastDays, type Surprise } from "./past-days.ts";

const LEAST_PHASES = 10;
const RARE = 4; // bits, one of 16: what is used more often has its records more often, which says nothing
const LEAST_SPREAD = 0.2; // of the logarithm: a tenth longer than usual is not unusual, however regular it is

export interface LongPhase {
  readonly phase: Phase;
  readonly minutes: number;
  readonly usualMinutes: number;
}

/** What was on far longer than usual after people turned it on; by the day on which it ended, or the last. */
export function unusualDurations(
  household: Household,
  past: PastDays,
): Map<number, Surprise<LongPhase>> {
  const most = new Map<number, Surprise<LongPhase>>();
  const timed = phasesOf(household).flatMap((phase): Timed[] => {
    const until = phase.until ?? household.to - 1;
    const place = past.placeOf(until);
    if (!phase.begunByPeople || place === undefined || until <= phase.from) return [];
    const minutes = (until - phase.from) / MINUTE_MS;
    return [{ phase, place, minutes, log: Math.log(minutes) }];
  });
  const streams = Map.groupBy(timed, ({ phase }) => `${phase.entityId} ${phase.to}`);
  for (const stream of streams.values()) {
    const sorted = stream
      .filter(({ place }) => place > 0)
      .sort((one, other) => one.log - other.log);
    if (sorted.length < LEAST_PHASES) continue;
    const places = Int32Array.from(sorted, (one) => one.place);
    const room = Float64Array.from(sorted, ({ log }) => log);
    const all = room.slice();
    for (const [place, judged] of Map.groupBy(stream, (one) => one.place)) {
      const logs = room.subarray(0, withoutPlace(all, { places, place, into: room }));
      if (logs.length < LEAST_PHASES) continue;
      const middle = medianOfSorted(logs);
      const spread = Math.max(LEAST_SPREAD, 1.4826 * spreadAround(logs, middle));
      for (const { phase, minutes, log } of judged) {
        const own = log - middle;
        if (own <= 0) continue; // what was soon turned off again was a slip
        const asFar = logs.length - firstFrom(logs, log);
        // First how rare it is for this thing itself, which may often be odd; of the rare, how far it is.
        const rare = Math.min(RARE, -Math.log2((asFar + 1) / (logs.length + 1)));
        const score = rare + Math.min(1, own / spread / 100);
        const of = { phase, minutes, usualMinutes: Math.exp(middle) };
        keepMost(most, place, { score, of });
      }
    }
  }
  return most;
}

interface Timed {
  readonly phase: Phase;
  readonly place: number;
  readonly minutes: number;
  readonly log: number;
}

interface Without {
  readonly places: Int32Array;
  readonly place: number;
  readonly into: Float64Array;
}

/** Those of other days, in the same order; answers how many they are. */
function withoutPlace(all: Float64Array, { places, place, into }: Without): number {
  let kept = 0;
  for (let n = 0; n < all.length; n += 1) {
    if (places[n] === place) continue;
    into[kept] = all[n] as number;
    kept += 1;
  }
  return kept;
}

function medianOfSorted(sorted: Float64Array): number {
  const middle = sorted.length >> 1;
  const upper = sorted[middle] as number;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] as number) + upper) / 2;
}

/** The median of how far each is from the middle: nearest first, from the middle outwards. */
function spreadAround(sorted: Float64Array, middle: number): number {
  let above = firstFrom(sorted, middle);
  let below = above - 1;
  const away = new Float64Array((sorted.length >> 1) + 1);
  for (let n = 0; n < away.length; n += 1) {
    const down = middle - (sorted[below] ?? Number.NEGATIVE_INFINITY);
    const up = (sorted[above] ?? Number.POSITIVE_INFINITY) - middle;
    away[n] = Math.min(down, up);
    if (down <= up) below -= 1;
    else above += 1;
  }
  const last = away.at(-1) as number;
  return sorted.length % 2 === 1 ? last : ((away.at(-2) as number) + last) / 2;
}

/** The first place that is at least as large. */
function firstFrom(sorted: Float64Array, least: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
