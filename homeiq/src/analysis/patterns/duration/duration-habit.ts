import type { Evidence } from "../pattern.ts";

/** How long something usually stays on after people turned it on. */
export interface UsualDuration extends Evidence {
  readonly kind: "duration";
  readonly entityId: string;
  readonly to: string;
  /** The median of those that are usual. */
  readonly minutes: number;
  /** Minutes: half are nearer than this. */
  readonly scatter: number;
}

/** Something that people turned on is at times still on when nobody is at home, or all are asleep. */
export interface LeftOn extends Evidence {
  readonly kind: "left_on";
  readonly entityId: string;
  readonly to: string;
  readonly while: "away" | "asleep";
  /** What shows that it is not meant to be: it is usually off long before, or is turned off when people go. */
  readonly otherwise: "shorter" | "turned_off";
  /** How long it was on with nobody there, the median. */
  readonly minutes: number;
}

export type Duration = UsualDuration | LeftOn;

/** What was found, and how many looks were taken for it. */
export interface Looks<Found extends Duration = Duration> {
  readonly found: readonly Found[];
  readonly tests: number;
}
