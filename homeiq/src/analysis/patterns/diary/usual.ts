import { MINUTE_MS } from "#foundation/time.ts";
import { MINUTES } from "../house-days/house-days.ts";
import { once } from "../once/once.ts";
import type { Diary, DiaryStream } from "./streams.ts";

const HOUR = 60; // minutes
const LEAST_DAYS = 5; // of the same kind; with fewer all days are asked
const AT_ANY_TIME = 0.1; // of what happens at no particular time
const AWAKE = 960; // minutes

/** In order of time; the lists run in parallel. */
export type Moments = Pick<DiaryStream, "at" | "day" | "minute">;

/** Minutes after a moment, or before it: `from` exclusive, `until` inclusive. */
export interface Span {
  readonly from: number;
  readonly until: number;
}

/** What to expect by the time of day alone. */
export interface Usual {
  /**
   * For each moment the chance that a stream has an act in the span after it.
   *
   * Told by the other days of the same kind, workdays or free ones: the most of what came within those very minutes,
   * within three times as many, and within the hour around. So what is bound to the clock is expected at its minute.
   */
  chances(stream: DiaryStream, moments: Moments, span: Span): Float64Array;
  /** The same by the hour around alone: never more than `chances`, and sooner known. */
  hourly(stream: DiaryStream, moments: Moments, span: Span): Float64Array;
}

interface Kind {
  readonly days: number;
  /** How many acts came before the middle of each minute of the day; the last is all. */
  readonly before: Int32Array;
}

/** Fast where the same stream is asked for again and again. */
export const usualOf = once(({ days, lived }: Diary): Usual => {
  const free = new Set(lived.filter((day) => days.dayOf(day).free));
  const isMixed = free.size >= LEAST_DAYS && lived.length - free.size >= LEAST_DAYS;
  let last: { readonly stream: DiaryStream; readonly kinds: readonly [Kind, Kind] } | undefined;

  function kindsOf(stream: DiaryStream): readonly [Kind, Kind] {
    if (last?.stream === stream) return last.kinds;
    const ofKind = (isFree: boolean): Kind => ({
      days: isFree ? free.size : lived.length - free.size,
      before: countsBefore(stream, (day) => free.has(day) === isFree),
    });
    const all: Kind = { days: lived.length, before: countsBefore(stream, () => true) };
    const kinds = isMixed ? ([ofKind(false), ofKind(true)] as const) : ([all, all] as const);
    last = { stream, kinds };
    return kinds;
  }

  interface Asked {
    readonly stream: DiaryStream;
    readonly moments: Moments;
    readonly span: Span;
  }

  /** Raises the chances to what came within the span and so many minutes before and after it. */
  function raise(chances: Float64Array, { stream, moments, span }: Asked, margin: number): void {
    const kinds = kindsOf(stream);
    const own = createCounter(stream.at);
    const length = span.until - span.from;
    for (let n = 0; n < chances.length; n += 1) {
      const [at, minute] = [moments.at[n] as number, moments.minute[n] as number];
      const { before, days: all } = kinds[free.has(moments.day[n] as number) ? 1 : 0];
      const start = Math.max(0, minute + span.from - margin);
      const end = Math.min(MINUTES, minute + span.until + margin);
      const ofDay = own(at + (start - minute) * MINUTE_MS, at + (end - minute) * MINUTE_MS);
      const others = (before[end | 0] as number) - (before[start | 0] as number) - ofDay;
      const chance = (others * length) / Math.max(1, all - 1) / (length + 2 * margin);
      if (chance > (chances[n] as number)) chances[n] = Math.min(1, chance);
    }
  }

  function hourly(stream: DiaryStream, moments: Moments, span: Span): Float64Array {
    const length = span.until - span.from;
    const anyTime = (AT_ANY_TIME * length * stream.at.length) / (AWAKE * lived.length);
    const chances = new Float64Array(moments.at.length).fill(Math.min(1, anyTime));
    raise(chances, { stream, moments, span }, HOUR);
    return chances;
  }

  return {
    hourly,
    chances(stream, moments, span) {
      const chances = hourly(stream, moments, span);
      for (const margin of [0, span.until - span.from]) {
        raise(chances, { stream, moments, span }, margin);
      }
      return chances;
    },
  };
});

function countsBefore({ day, minute }: DiaryStream, isOf: (day: number) => boolean): Int32Array {
  const before = new Int32Array(MINUTES + 1);
  for (let n = 0; n < day.length; n += 1) {
    if (!isOf(day[n] as number)) continue;
    const next = Math.ceil((minute[n] as number) - 0.5 + 1e-9);
    before[next] = (before[next] as number) + 1;
  }
  for (let n = 1; n <= MINUTES; n += 1) {
    before[n] = (before[n] as number) + (before[n - 1] as number);
  }
  return before;
}

/** How many of sorted moments lie after `start` up to `end`, for starts and ends that never go back. */
export function createCounter(sorted: Float64Array): (start: number, end: number) => number {
  let [first, last] = [0, 0];
  return (start, end) => {
    while (first < sorted.length && (sorted[first] as number) <= start) first += 1;
    if (last < first) last = first;
    while (last < sorted.length && (sorted[last] as number) <= end) last += 1;
    return last - first;
  };
}
