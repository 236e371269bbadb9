import type { Evidence } from "../pattern.ts";

export type Season = "winter" | "spring" | "summer" | "autumn";

/** Something that is done more often at one time of the year. */
export interface Seasonal extends Evidence {
  readonly kind: "seasonal";
  readonly entityId: string;
  readonly to: string;
  readonly perDay: number;
  /** In the rest of the time. */
  readonly perDayOtherwise: number;
  readonly when: InSeason | ByDayLength;
}

/** Told after a whole year. */
export interface InSeason {
  readonly tentative: false;
  readonly season: Season;
}

/** Told before there is a year: it goes along with the length of the day, which may not be why. */
export interface ByDayLength {
  readonly tentative: true;
  readonly days: "short" | "long";
  /** The days have more, or fewer, minutes of sun than this. */
  readonly sunMinutes: number;
}
