import { MINUTE_MS } from "#foundation/time.ts";
import { NO_STATE } from "../chunk/chunk.ts";

export const SHORT_MS = 5 * MINUTE_MS;
export const LONG_MS = 60 * MINUTE_MS;

/** What is known of one entity over one stretch. Numbers are NaN where there was none. */
export interface Statistic {
  /** Start of the stretch, milliseconds since the epoch. */
  readonly start: number;
  /** How many changes fell into it. */
  readonly count: number;
  /** Of the readings, each counted once. */
  readonly mean: number;
  /** Of the value over time: what an irregular sensor showed on average. */
  readonly timeWeightedMean: number;
  readonly min: number;
  readonly max: number;
  readonly last: number;
  /** How much a meter rose; a fall counts as a reset, from which it rose anew. */
  readonly rise: number;
  /** Milliseconds in each state, for what is not a number. */
  readonly states: ReadonlyMap<string, number>;
  /** Taken over from Home Assistant's own statistics. */
  readonly imported: boolean;
}

/** What an entity did, as far as statistics look at it. Oldest first. */
export interface Course {
  readonly count: number;
  at(n: number): number;
  state(n: number): string;
  /** NaN where the state is no number. */
  value(n: number): number;
  /** The state in force before the first, `NO_STATE` when that is not known. */
  readonly stateBefore: string;
  readonly valueBefore: number;
}

interface Sums {
  readings: number;
  total: number;
  weighted: number;
  weight: number;
  min: number;
  max: number;
  last: number;
  rise: number;
  count: number;
  readonly states: Map<string, number>;
}

/**
 * Statistics of the stretches of `sizeMs` in which something changed, from `start` to `end`.
 *
 * A value holds until the next change, also one that came before `start`; a time in which there was no number
 * (unavailable) is in no mean. Time per state is kept only for what is not a number.
 */
export function statisticsOf(
  course: Course,
  { start, end, sizeMs }: { start: number; end: number; sizeMs: number },
): Statistic[] {
  const found = new Map<number, Sums>();
  const touched = new Set<number>();
  for (let n = 0; n < course.count; n += 1) touched.add(floor(course.at(n), sizeMs));

  let from = start;
  let state = course.stateBefore;
  let value = course.valueBefore;
  let reading = course.valueBefore; // the last number there was, for the rise of a meter
  for (let n = 0; n <= course.count; n += 1) {
    const to = n < course.count ? course.at(n) : end;
    if (to > from) hold({ found, touched, sizeMs, from, to, state, value });
    if (n === course.count) break;
    from = Math.max(from, to);
    state = course.state(n);
    value = course.value(n);
    const sums = sumsAt(found, floor(to, sizeMs));
    sums.count += 1;
    if (Number.isNaN(value)) continue;
    add(sums, value, reading);
    reading = value;
  }
  return [...found]
    .sort(([one], [other]) => one - other)
    .map(([at, sums]) => toStatistic(at, sums));
}

const floor = (at: number, sizeMs: number) => Math.floor(at / sizeMs) * sizeMs;

function sumsAt(found: Map<number, Sums>, start: number): Sums {
  const known = found.get(start);
  if (known) return known;
  const sums: Sums = {
    readings: 0,
    total: 0,
    weighted: 0,
    weight: 0,
    min: Number.POSITIVE_INFINITY,
    max: Number.NEGATIVE_INFINITY,
    last: Number.NaN,
    rise: 0,
    count: 0,
    states: new Map(),
  };
  found.set(start, sums);
  return sums;
}

interface Held {
  readonly found: Map<number, Sums>;
  readonly touched: ReadonlySet<number>;
  readonly sizeMs: number;
  readonly from: number;
  readonly to: number;
  readonly state: string;
  readonly value: number;
}

/** A value that holds over several stretches counts in each that something else happened in. */
function hold({ found, touched, sizeMs, from, to, state, value }: Held): void {
  if (state === NO_STATE) return;
  const first = floor(from, sizeMs);
  const last = floor(to - 1, sizeMs);
  for (const start of first === last ? [first] : [first, last]) {
    if (!touched.has(start)) continue;
    const ms = Math.min(to, start + sizeMs) - Math.max(from, start);
    const sums = sumsAt(found, start);
    if (Number.isNaN(value)) {
      sums.states.set(state, (sums.states.get(state) ?? 0) + ms);
    } else {
      sums.weighted += value * ms;
      sums.weight += ms;
      sums.min = Math.min(sums.min, value);
      sums.max = Math.max(sums.max, value);
      if (Number.isNaN(sums.last)) sums.last = value;
    }
  }
}

function add(sums: Sums, value: number, before: number): void {
  sums.readings += 1;
  sums.total += value;
  sums.min = Math.min(sums.min, value);
  sums.max = Math.max(sums.max, value);
  sums.last = value;
  if (!Number.isNaN(before)) sums.rise += value >= before ? value - before : Math.max(0, value);
}

function toStatistic(start: number, sums: Sums): Statistic {
  const isNumber = sums.readings > 0 || sums.weight > 0;
  return {
    start,
    count: sums.count,
    mean: sums.readings > 0 ? sums.total / sums.readings : Number.NaN,
    timeWeightedMean: sums.weight > 0 ? sums.weighted / sums.weight : Number.NaN,
    min: isNumber ? sums.min : Number.NaN,
    max: isNumber ? sums.max : Number.NaN,
    last: sums.last,
    rise: isNumber ? sums.rise : Number.NaN,
    states: sums.states,
    imported: false,
  };
}
