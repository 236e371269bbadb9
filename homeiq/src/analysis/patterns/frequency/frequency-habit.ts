import type { Evidence } from "../pattern.ts";

/** How often something is done, where that has changed, or goes by the week. */
export interface Frequency extends Evidence {
  readonly kind: "frequency";
  readonly entityId: string;
  readonly to: string;
  /** Lately, where it has changed. */
  readonly perDay: number;
  readonly perWeek: number;
  readonly what: FrequencyChange | WeeklyCycle;
}

export interface FrequencyChange {
  readonly is: "more" | "less";
  /** So many days that were lived, up to the last. */
  readonly days: number;
  /** On the days before them. */
  readonly perDayBefore: number;
}

export interface WeeklyCycle {
  readonly is: "weekly";
  /** On which it comes more often than on others: 0 is Monday. */
  readonly weekdays: readonly number[];
}
