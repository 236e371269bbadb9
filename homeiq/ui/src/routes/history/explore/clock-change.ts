import type { Range } from "#lib/history-shapes.ts";
import type { Zone } from "#lib/zone.ts";

const MOST_MS = 15 * 86_400_000; // seen from further away an hour is nothing
const MINUTE_MS = 60_000;

/** When the clocks were changed within this time, if they were. */
export function findClockChange(
  { from, to }: Range,
  zone: Zone,
): { readonly at: number; readonly isForward: boolean } | undefined {
  const before = zone.offsetMs(from);
  const after = zone.offsetMs(to);
  if (before === after || to - from > MOST_MS) return undefined;
  let [early, late] = [from, to];
  while (late - early > MINUTE_MS) {
    const middle = (early + late) / 2;
    if (zone.offsetMs(middle) === before) early = middle;
    else late = middle;
  }
  return { at: Math.round(late / MINUTE_MS) * MINUTE_MS, isForward: after > before };
}
