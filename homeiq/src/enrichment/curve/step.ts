import type { Slot } from "../provider.ts";

const HOUR_MS = 3_600_000;

/** A value that holds through its slot: a price, grams per kWh. */
export interface Step extends Slot {
  readonly value: number;
}

/** What of the slots lies in the range; those at its edges are cut. */
export function within<S extends Slot>(slots: readonly S[], range: Slot): S[] {
  return slots
    .filter(({ start, end }) => start < range.end && end > range.start)
    .map((slot) => ({
      ...slot,
      start: Math.max(slot.start, range.start),
      end: Math.min(slot.end, range.end),
    }));
}

/**
 * Slots from a vendor that says only when each begins; in order, of equal starts the last one said.
 *
 * A slot is as long as the shorter way to its neighbors, so that a missing one stays a gap; at most an hour, which
 * is also the length of a single one.
 */
export function toSteps(
  points: readonly { readonly at: number; readonly value: number }[],
): Step[] {
  const sorted = [...new Map(points.map(({ at, value }) => [at, value]))].sort(
    ([one], [other]) => one - other,
  );
  return sorted.map(([start, value], index) => {
    const before = start - (sorted[index - 1]?.[0] ?? -Infinity);
    const after = (sorted[index + 1]?.[0] ?? Infinity) - start;
    return { start, end: start + Math.min(before, after, HOUR_MS), value };
  });
}
