import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { DAY_BEGINS_MS, MINUTES } from "../house-days/house-days.ts";
import type { Signal } from "../pattern.ts";

const SLOT_MINUTES = 30;
export const SLOTS = MINUTES / SLOT_MINUTES;

export type Value = string | number | undefined;

/** What a signal was in the middle of each half hour of some days: `values[day's place * SLOTS + slot]`. */
export interface SignalGrid {
  readonly signal: Signal;
  readonly values: readonly Value[];
}

export const slotOf = (minute: number): number =>
  Math.min(SLOTS - 1, Math.floor(minute / SLOT_MINUTES));

/** By the clock on the wall; an hour that the clock skips has no value. */
export function gridsOf(
  signals: readonly Signal[],
  days: readonly number[],
  timeZone: string,
): SignalGrid[] {
  const local = createLocalDays(timeZone);
  const moments = days.flatMap((day) =>
    Array.from({ length: SLOTS }, (_, slot) => {
      const since = DAY_BEGINS_MS + (slot + 0.5) * SLOT_MINUTES * MINUTE_MS;
      const [at] = local.momentsOf(day + Math.floor(since / DAY_MS), since % DAY_MS);
      return at;
    }),
  );
  return signals.map((signal) => ({ signal, values: moments.map(readerOf(signal)) }));
}

/** Reads a signal at moments; fast where they come in order of time. */
export function readerOf({ steps }: Signal): (at: number | undefined) => Value {
  let place = -1;
  return (at) => {
    if (at === undefined) return undefined;
    if (place >= 0 && (steps[place]?.at ?? 0) > at) place = -1;
    while ((steps[place + 1]?.at ?? Number.POSITIVE_INFINITY) <= at) place += 1;
    return steps[place]?.value;
  };
}

/** Whether a presence signal says that somebody is there; absent when it is not known. */
export function isHome(value: Value): boolean | undefined {
  if (value === undefined) return undefined;
  return typeof value === "number" ? value > 0 : value === "home" || value === "on";
}
