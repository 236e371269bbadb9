import type { Evidence } from "../pattern.ts";

/** Three to five things that are done in this order, each within minutes of the one before. */
export interface Sequence extends Evidence {
  readonly kind: "sequence";
  readonly steps: readonly SequenceStep[];
  /** Only at these times it is done: minutes since the day began at 04:00; the end may be past 1440. */
  readonly hours?: { readonly start: number; readonly end: number };
}

export interface SequenceStep {
  readonly entityId: string;
  readonly to: string;
  /** What a sensor saw of a person; only the first step may be one. */
  readonly isTrace: boolean;
  /** After the step before it, the median; 0 for the first. */
  readonly delaySeconds: number;
  /** Half of the delays are nearer to the median than this. */
  readonly scatterSeconds: number;
}
