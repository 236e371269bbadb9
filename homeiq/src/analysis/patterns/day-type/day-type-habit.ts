import type { Evidence } from "../pattern.ts";

/** `weekend` without holidays, `holiday` without Saturdays and Sundays. */
export type Kind = "workday" | "weekend" | "holiday";

/** An act that comes more often, or at another time, on one type of day than on another. */
export interface DayType extends Evidence {
  readonly kind: "day_type";
  readonly entityId: string;
  readonly to: string;
  /** How often, or when the first or the last of the day comes. */
  readonly differs: "count" | "first" | "last";
  /** On which it comes more often, or later. */
  readonly on: Kind;
  readonly than: Kind;
  /** Times a day, or minutes since the day began: on the one, and on the other. */
  readonly value: number;
  readonly otherValue: number;
}
