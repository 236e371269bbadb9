import { MINUTE_MS } from "#foundation/time.ts";
import { type Diary, type DiaryStream, LEAST_ACTS } from "../diary/diary.ts";
import type { TriesOf } from "./tries.ts";

/** Minutes: within a hand's reach, a walk to the next room, a short task. */
export const SPANS = [2, 5, 15];
const WIDEST = 15;
/** Nearer than this it is one press of one hand: a group, a scene, a device that is two entities. Minutes. */
export const SAME_HAND = 1.5 / 60;
export const LEAST_TIMES = LEAST_ACTS;

const LOOKS_BACK = 1_500; // acts and traces before an act: 15 minutes of the busiest home
const AWAKE_MINUTES = 960;
const LIFT = 1.5; // over the whole day; the time of day is asked later
/**
 * Standard deviations above the whole day's average. One that is less is never a discovery among thousands of pairs
 * (1 in 700 by chance), and asking it takes most of the time. Those that are planted have 11 and more.
 */
const LEAST_STRENGTH = 3;
const MOST = 10_000; // bounds the time of the busiest home

/** Indexes of streams in the diary. */
export interface Candidate {
  readonly trigger: number;
  readonly act: number;
}

export interface Candidates {
  readonly candidates: readonly Candidate[];
  /** So many more there were, weaker ones. */
  readonly capped: number;
}

interface Strong extends Candidate {
  /** By how many standard deviations, roughly, it is more than chance. */
  readonly strength: number;
}

/**
 * Which streams come before which often enough to look closer, all of the same act in a row.
 *
 * As many steps as there are acts, times `LOOKS_BACK` at most.
 */
export function candidatesOf({ streams, lived }: Diary, triesOf: TriesOf): Candidates {
  const { at, stream } = inOrder(streams);
  const places = placesOf(stream, streams.length);
  const counts = SPANS.map(() => new Int32Array(streams.length));
  const stamps = SPANS.map(() => new Int32Array(streams.length).fill(-1));
  const record = lived.length * AWAKE_MINUTES;
  const found: Strong[] = [];
  for (const [act, { isTrace, entityId, acts }] of streams.entries()) {
    if (isTrace) continue;
    const touched: number[] = [];
    for (const place of places[act] as Int32Array) {
      lookBack({ at, stream, place, counts, stamps, touched });
    }
    for (const trigger of touched) {
      const other = streams[trigger] as DiaryStream;
      const strength = Math.max(
        ...SPANS.map((minutes, n) => {
          const times = (counts[n] as Int32Array)[trigger] as number;
          (counts[n] as Int32Array)[trigger] = 0;
          if (times < LEAST_TIMES) return 0;
          const share = Math.min(1, (triesOf(other, minutes).at.length * minutes) / record);
          return strengthOf(times, share * acts.length);
        }),
      );
      if (strength >= LEAST_STRENGTH && other.entityId !== entityId)
        found.push({ trigger, act, strength });
    }
  }
  if (found.length <= MOST) return { candidates: found, capped: 0 };
  const strongest = found.sort((one, other) => other.strength - one.strength).slice(0, MOST);
  strongest.sort((one, other) => one.act - other.act);
  return { candidates: strongest, capped: found.length - MOST };
}

const strengthOf = (times: number, expected: number): number =>
  times < LIFT * expected ? 0 : (times - expected) / Math.sqrt(expected + 0.5);

interface Order {
  readonly at: Float64Array;
  /** The stream of each. */
  readonly stream: Int32Array;
}

function inOrder(streams: Diary["streams"]): Order {
  const total = streams.reduce((sum, one) => sum + one.at.length, 0);
  const first = streams.reduce((least, { at }) => Math.min(least, at[0] as number), Infinity);
  // Moment and stream in one whole number, which sorts several times as fast as with a comparing function.
  const keys = new Float64Array(total);
  let n = 0;
  for (const [stream, { at }] of streams.entries()) {
    for (const one of at) {
      keys[n] = Math.floor(one - first) * streams.length + stream;
      n += 1;
    }
  }
  keys.sort();
  const [at, stream] = [
    new Float64Array(total),
    Int32Array.from(keys, (key) => key % streams.length),
  ];
  const next = new Int32Array(streams.length);
  for (n = 0; n < total; n += 1) {
    const own = stream[n] as number;
    const place = next[own] as number;
    at[n] = streams[own]?.at[place] as number;
    next[own] = place + 1;
  }
  return { at, stream };
}

/** Where in the order the acts of each stream are. */
function placesOf(stream: Int32Array, streams: number): Int32Array[] {
  const counts = new Int32Array(streams);
  for (const one of stream) counts[one] = (counts[one] as number) + 1;
  const places = [...counts].map((count) => new Int32Array(count));
  counts.fill(0);
  for (const [place, one] of stream.entries()) {
    const next = counts[one] as number;
    (places[one] as Int32Array)[next] = place;
    counts[one] = next + 1;
  }
  return places;
}

interface LookBack extends Order {
  readonly place: number;
  readonly counts: readonly Int32Array[];
  readonly stamps: readonly Int32Array[];
  /** Streams that were met for the first time. */
  readonly touched: number[];
}

function lookBack({ at, stream, place, counts, stamps, touched }: LookBack): void {
  const now = at[place] as number;
  for (let back = place - 1; back >= Math.max(0, place - LOOKS_BACK); back -= 1) {
    const minutes = (now - (at[back] as number)) / MINUTE_MS;
    if (minutes > WIDEST) return;
    const other = stream[back] as number;
    if (minutes < SAME_HAND) continue;
    for (let n = SPANS.length - 1; n >= 0 && minutes <= (SPANS[n] as number); n -= 1) {
      const [count, stamp] = [counts[n] as Int32Array, stamps[n] as Int32Array];
      if (stamp[other] === place) continue;
      stamp[other] = place;
      const times = count[other] as number;
      if (times === 0 && n === SPANS.length - 1) touched.push(other);
      count[other] = times + 1;
    }
  }
}
