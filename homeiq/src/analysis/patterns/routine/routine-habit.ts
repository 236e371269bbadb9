import type { DaySet, Evidence } from "../pattern.ts";

/** What is done in one go at a time of day, on most days of a kind: getting up, coming home, going to bed. */
export interface Routine extends Evidence {
  readonly kind: "routine";
  readonly on: DaySet;
  readonly part: "morning" | "day" | "evening";
  /** In the order in which they are usually done. */
  readonly members: readonly RoutineMember[];
  /** When it begins: minutes since the day began at 04:00, on the wall's clock; the median. */
  readonly minute: number;
  /** Minutes: half of the times it begins nearer than this. */
  readonly scatter: number;
  /** From the first act to the last, the median. */
  readonly lengthMinutes: number;
}

export interface RoutineMember {
  readonly entityId: string;
  readonly to: string;
  /** Of the times of the routine, 0 to 1. */
  readonly share: number;
  /** After the routine begins, the median. */
  readonly afterMinutes: number;
}
