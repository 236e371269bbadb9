import { DAY_MS } from "#foundation/time.ts";
import { momentOfWall, wallAt } from "#foundation/wall-time.ts";
import type { Slot } from "../provider.ts";

/** What a clock on the wall of the house shows. */
export interface LocalTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** Since midnight on the wall, 0 to 1439. */
  readonly minute: number;
  /** Monday is 1, Sunday is 7. */
  readonly weekday: number;
}

export function localTimeOf(at: number, timeZone: string): LocalTime {
  const wall = new Date(wallAt(timeZone, at));
  return {
    year: wall.getUTCFullYear(),
    month: wall.getUTCMonth() + 1,
    day: wall.getUTCDate(),
    minute: wall.getUTCHours() * 60 + wall.getUTCMinutes(),
    weekday: wall.getUTCDay() || 7,
  };
}

/** The local date as vendors ask for it: `2026-11-27`. */
export function dateOf(at: number, timeZone: string): string {
  return new Date(wallAt(timeZone, at)).toISOString().slice(0, 10);
}

/**
 * The moment at which the wall clock shows `wall`, which is that reading as if it were UTC.
 *
 * Of two such moments (autumn) the first; when there is none (spring) the one as long after the leap.
 */
export const atLocal = (wall: number, timeZone: string): number => momentOfWall(timeZone, wall);

/** The local day that holds the moment: 23, 24 or 25 hours. */
export function dayOf(at: number, timeZone: string): Slot {
  const midnight = Math.floor(wallAt(timeZone, at) / DAY_MS) * DAY_MS;
  return { start: atLocal(midnight, timeZone), end: atLocal(midnight + DAY_MS, timeZone) };
}

export function dayAfter({ end }: Slot, timeZone: string): Slot {
  return dayOf(end, timeZone);
}
