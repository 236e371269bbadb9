import type { Evidence } from "../pattern.ts";

/** One thing that was so: a part of the day, a type of day, who is there, how warm it is, what weather. */
export interface Factor {
  readonly of: "day_period" | "day_type" | "presence" | "temperature" | "weather";
  /** `morning`, `free`, `home`, `cold`, or what the weather is called. */
  readonly is: string;
}

/** An act that two or three factors together explain much better than any of them alone. */
export interface MultiFactor extends Evidence {
  readonly kind: "multi_factor";
  readonly entityId: string;
  readonly to: string;
  readonly factors: readonly Factor[];
  /** Of the parts of days in which all were so, the share in which it came. */
  readonly share: number;
  /** Of those of the best without one of them. */
  readonly shareWithout: number;
}
