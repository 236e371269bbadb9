import { MINUTES } from "../house-days/house-days.ts";
import type { PlacedStream } from "../lived-days/lived-days.ts";
import type { Kind } from "./day-type-habit.ts";

const BIN_MINUTES = 5;
const BINS = MINUTES / BIN_MINUTES;
const OTHERS = 300; // acts of other things; with far fewer little is known of when people are about

/** Which share of what else is done in the house on a day of a type comes before a minute: 0 to 1. */
export type DayPlaces = (kind: Kind, minute: number) => number;

export function createDayPlaces(
  streams: readonly PlacedStream[],
  kindOf: (day: number) => Kind | undefined,
): (without: PlacedStream) => DayPlaces {
  const all = countsOf(streams, kindOf);
  return (without) => {
    const own = countsOf([without], kindOf);
    const before = new Map(
      [...all].map(([kind, counts]) => [kind, beforeOf(counts, own.get(kind))]),
    );
    return (kind, minute) => {
      const counts = before.get(kind) as Float64Array;
      const bin = Math.floor(minute / BIN_MINUTES);
      const [from, until] = [counts[bin] as number, counts[bin + 1] as number];
      const others = from + (until - from) * (minute / BIN_MINUTES - bin);
      return (others + (OTHERS * minute) / MINUTES) / ((counts[BINS] as number) + OTHERS);
    };
  };
}

function countsOf(
  streams: readonly PlacedStream[],
  kindOf: (day: number) => Kind | undefined,
): Map<Kind, Float64Array> {
  const counts = new Map<Kind, Float64Array>();
  for (const { acts } of streams) {
    for (const { day, minute } of acts) {
      const kind = kindOf(day);
      if (kind === undefined) continue;
      const own = counts.get(kind) ?? new Float64Array(BINS);
      counts.set(kind, own);
      const bin = Math.floor(minute / BIN_MINUTES);
      own[bin] = (own[bin] as number) + 1;
    }
  }
  return counts;
}

function beforeOf(counts: Float64Array, own: Float64Array | undefined): Float64Array {
  const before = new Float64Array(BINS + 1);
  for (let bin = 0; bin < BINS; bin += 1) {
    const others = (counts[bin] as number) - (own?.[bin] ?? 0);
    before[bin + 1] = (before[bin] as number) + others;
  }
  return before;
}
