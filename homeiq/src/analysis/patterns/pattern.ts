import type { Act } from "./acts/acts.ts";

/** On which days a habit holds: all, workdays, free ones, or one weekday, of which 0 is Monday. */
export type DaySet = "all" | "workdays" | "free" | number;

/** What every pattern says: what speaks for it, what against it, and how likely it is chance. */
export interface Evidence {
  /** The same for the same habit in every run. */
  readonly key: string;
  /** In the order in which they take part; the first is what people do. */
  readonly entityIds: readonly string[];
  /** Each time it was seen, in order of time. */
  readonly seen: readonly Act[];
  /** Days, since 1970-01-01, on which it could have been seen and was not. */
  readonly missed: readonly number[];
  /** How likely it comes the next time it can, 0 to 1. */
  readonly confidence: number;
  /** How much more often it was seen than chance would have it. */
  readonly lift: number;
  /** How likely chance alone does as much, over all that was tried for it. */
  readonly chance: number;
}

/** A habit bound to the clock. */
export interface TimeOfDay extends Evidence {
  readonly kind: "time_of_day";
  readonly entityId: string;
  readonly to: string;
  /** A user id, where it is one person's. */
  readonly person?: string;
  readonly on: DaySet;
  /** The first of its kind on that day, whatever comes later. */
  readonly first: boolean;
  /** Minutes since the day began at 04:00, on the wall's clock. */
  readonly minute: number;
  /** Minutes: half of the times are nearer than this. */
  readonly scatter: number;
  /** Minutes: what is farther away does not count as seen. */
  readonly within: number;
}

/** What patterns are looked for in. All lists are in order of time. */
export interface Household {
  /** What people did. */
  readonly acts: readonly Act[];
  /** What sensors tell of people: motion, doors, beds; they begin habits, but are none. */
  readonly traces?: readonly Act[];
  /** What lights, plugs, covers and the like became, whoever or whatever did it. */
  readonly changes?: readonly Change[];
  /** What was true around the house. */
  readonly signals?: readonly Signal[];
  readonly areaOf?: (entityId: string) => string | undefined;
  /** Recorded from here to there, milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly latitude?: number;
  readonly longitude?: number;
  /** Whether a date, in days since 1970-01-01, is a holiday. */
  readonly isHoliday?: (day: number) => boolean;
  /** Of what is told, the share that may be chance, where several detectors share it; absent: each looks alone. */
  readonly falseDiscoveries?: number;
}

export interface Change {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly entityId: string;
  readonly to: string;
  readonly byPeople: boolean;
}

/** One thing that was true or measured, from each moment on: a person at home, degrees outside, rain. */
export interface Signal {
  readonly id: string;
  readonly of: "presence" | "weather" | "price" | "calendar" | "other";
  /** Milliseconds since the epoch, and the value from then on; `undefined`: not known. */
  readonly steps: readonly { readonly at: number; readonly value: string | number | undefined }[];
}
