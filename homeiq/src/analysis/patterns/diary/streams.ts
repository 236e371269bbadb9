import { MINUTE_MS } from "#foundation/time.ts";
import { type Act, kindsOf } from "../acts/acts.ts";
import type { HouseDays } from "../house-days/house-days.ts";
import { livedDaysOf, type PlacedStream } from "../lived-days/lived-days.ts";
import { once } from "../once/once.ts";
import type { Household } from "../pattern.ts";

/** All of one kind on the days that people lived at home, in order of time; the lists run in parallel. */
export interface DiaryStream {
  readonly entityId: string;
  readonly to: string;
  /** A sensor saw somebody: it begins habits, but is none. */
  readonly isTrace: boolean;
  /** Of what people did; none of a trace. */
  readonly acts: readonly Act[];
  /** Milliseconds since the epoch. */
  readonly at: Float64Array;
  readonly day: Int32Array;
  /** Since the day began, on the wall's clock. */
  readonly minute: Float64Array;
}

/** What people did and what sensors saw of them, each at its day and minute. */
export interface Diary {
  readonly days: HouseDays;
  /** Whole days on which somebody did something, in order. */
  readonly lived: readonly number[];
  /** What people did, in the order of their first act; then what sensors saw. */
  readonly streams: readonly DiaryStream[];
}

/** Streams with fewer acts tell nothing of what goes together, and are left out. */
export const LEAST_ACTS = 5;
const QUIET_MS = 2 * MINUTE_MS; // a sensor that sees somebody again within it tells nothing new

export const diaryOf = once((household: Household): Diary => {
  const { days, lived, streams } = livedDaysOf(household);
  const acts = streams.filter((one) => one.acts.length >= LEAST_ACTS).map(ofActs);
  const eligible = new Set(lived);
  const traces = kindsOf(household.traces ?? [])
    .map((kind) => ofTraces(kind, days, eligible))
    .filter((one) => one.at.length >= LEAST_ACTS);
  return { days, lived, streams: [...acts, ...traces] };
});

function ofActs({ entityId, to, acts }: PlacedStream): DiaryStream {
  return {
    ...{ entityId, to, isTrace: false },
    acts: acts.map(({ act }) => act),
    at: Float64Array.from(acts, ({ act }) => act.at),
    day: Int32Array.from(acts, ({ day }) => day),
    minute: Float64Array.from(acts, ({ minute }) => minute),
  };
}

/** Nothing is kept of each but three numbers: there may be hundreds of thousands. */
function ofTraces(kind: readonly Act[], days: HouseDays, eligible: ReadonlySet<number>) {
  const [at, minute] = [new Float64Array(kind.length), new Float64Array(kind.length)];
  const day = new Int32Array(kind.length);
  let [kept, before] = [0, Number.NEGATIVE_INFINITY];
  for (const { at: now } of kind) {
    const isNew = now - before > QUIET_MS;
    before = now;
    if (!isNew) continue;
    const place = days.placeOf(now);
    if (!eligible.has(place.day)) continue;
    [at[kept], day[kept], minute[kept]] = [now, place.day, place.minute];
    kept += 1;
  }
  const [{ entityId, to }] = kind as [Act];
  return {
    ...{ entityId, to, isTrace: true, acts: [] },
    ...{ at: at.slice(0, kept), day: day.slice(0, kept), minute: minute.slice(0, kept) },
  };
}
