import type { Evidence } from "../pattern.ts";

/** One thing is done within minutes after another, because of it and not because it is the time for both. */
export interface CoActivation extends Evidence {
  readonly kind: "co_activation";
  /** What it follows; a trace is what a sensor saw of a person. */
  readonly trigger: { readonly entityId: string; readonly to: string; readonly isTrace: boolean };
  /** What people do then. `entityIds` begins with it, and ends with the trigger. */
  readonly entityId: string;
  readonly to: string;
  /** Minutes after the trigger within which it was looked for. */
  readonly withinMinutes: number;
  /** The median. */
  readonly delaySeconds: number;
  /** Half of the delays are nearer to the median than this. */
  readonly scatterSeconds: number;
  /** Only at these times it follows: minutes since the day began at 04:00; the end may be past 1440. */
  readonly hours?: { readonly start: number; readonly end: number };
}
