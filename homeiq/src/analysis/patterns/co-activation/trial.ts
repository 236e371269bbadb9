import { MINUTE_MS } from "#foundation/time.ts";
import { atLeast } from "../chance/chance.ts";
import { createCounter, type DiaryStream, type Moments, type Usual } from "../diary/diary.ts";
import { SAME_HAND } from "./candidates.ts";

const AROUND = 30; // minutes before and after, in which the house may be livelier than usual
const EXACT_STEPS = 2e6;

/** How one stream fared after another. */
export interface Trial {
  readonly withinMinutes: number;
  readonly tries: Moments;
  /** For each try the index of the act that followed, or -1. */
  readonly hits: Int32Array;
  readonly times: number;
  readonly expected: number;
  /** Of as many times or more, if the trigger meant nothing. */
  readonly chance: number;
}

interface Asked {
  readonly tries: Moments;
  readonly act: DiaryStream;
  readonly withinMinutes: number;
  readonly usual: Usual;
}

interface Least {
  readonly times: number;
  readonly lift: number;
}

/**
 * Exact tail of the tries' own chances (Poisson binomial); Chernoff's bound where that takes too long.
 *
 * Each chance is the usual one at that time of day, times how much livelier the half hours around the tries were.
 */
export function trialOf(asked: Asked, least: Least): Trial | undefined {
  const { tries, act, withinMinutes, usual } = asked;
  const hits = followersOf(tries, act, withinMinutes);
  let times = 0;
  for (const hit of hits) if (hit >= 0) times += 1;
  if (times < least.times) return undefined;
  const span = { from: 0, until: withinMinutes };
  const hourly = usual.hourly(act, tries, span);
  if (times < least.lift * sumOf(hourly)) return undefined;
  const livelier = livelinessOf({ ...asked, hits, chances: hourly });
  if (times < least.lift * livelier * sumOf(hourly)) return undefined;
  const own = usual.chances(act, tries, span);
  for (const [n, chance] of own.entries()) own[n] = Math.min(1, chance * livelier);
  const expected = sumOf(own);
  if (times < least.lift * expected) return undefined;
  return { withinMinutes, tries, hits, times, expected, chance: tailOf(times, own) };
}

/** How likely at least that many happen, or a bound above it. */
export function tailOf(times: number, chances: Float64Array): number {
  if (times * chances.length <= EXACT_STEPS) return atLeast(times, [...chances]);
  const expected = sumOf(chances);
  if (times <= expected) return 1;
  return Math.exp(times - expected - times * Math.log(times / expected));
}

/** For each moment the index of the first act within some minutes after it, or -1. */
export function followersOf({ at }: Moments, act: DiaryStream, withinMinutes: number): Int32Array {
  const hits = new Int32Array(at.length).fill(-1);
  let next = 0;
  for (let n = 0; n < at.length; n += 1) {
    const now = at[n] as number;
    while (next < act.at.length && (act.at[next] as number) < now + SAME_HAND * MINUTE_MS) {
      next += 1;
    }
    if ((act.at[next] ?? Number.POSITIVE_INFINITY) <= now + withinMinutes * MINUTE_MS) {
      hits[n] = next;
    }
  }
  return hits;
}

interface Tried extends Asked {
  readonly hits: Int32Array;
  readonly chances: Float64Array;
}

/**
 * How much more often than usual it came shortly before the tries, or later than counts: at least 1.
 *
 * Only of what followed no try: who stays where the motion is seen again does not undo that the light followed it.
 */
function livelinessOf({ tries: { at }, act, withinMinutes, hits, chances }: Tried): number {
  const [around, within] = [AROUND * MINUTE_MS, withinMinutes * MINUTE_MS];
  const followed = hits.filter((hit, n) => hit >= 0 && hit !== hits[n - 1]);
  const times = Float64Array.from(followed, (hit) => act.at[hit] as number);
  const [earlier, later] = [createCounter(act.at), createCounter(act.at)];
  const [earlierHits, laterHits] = [createCounter(times), createCounter(times)];
  let [seen, usual] = [0, 0];
  for (let n = 0; n < at.length; n += 1) {
    const now = at[n] as number;
    const start = Math.max(now - around, (at[n - 1] ?? Number.NEGATIVE_INFINITY) + within);
    const end = Math.min(now + within + around, at[n + 1] ?? Number.POSITIVE_INFINITY);
    seen += earlier(start, now) - earlierHits(start, now);
    seen += later(now + within, end) - laterHits(now + within, end);
    usual += ((chances[n] as number) * (end - start - within)) / within;
  }
  return Math.max(1, (seen + 1) / (usual + 1));
}

function sumOf(values: Float64Array): number {
  let sum = 0;
  for (const one of values) sum += one;
  return sum;
}
