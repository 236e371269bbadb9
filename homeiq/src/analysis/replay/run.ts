import type { ReplayedCall, Step } from "./actions/actions.ts";

export const OUTCOMES = [
  /** To its end, or to a `stop`. */
  "ran",
  /** It triggered, and a condition did not hold: nothing was done. */
  "conditions_failed",
  /** One was running, and only one may. */
  "single_refused",
  /** As many as may were running or waiting. */
  "max_refused",
  /** Ended by a newer run. */
  "restarted",
  /** A condition among the actions, a wait that was too long, or a `stop` with an error. */
  "aborted",
  /** Something in it cannot be worked out. */
  "failed",
  /** It was still running, or waiting in the queue, when the time was over. */
  "unfinished",
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface RunTrigger {
  /** Of the trigger in the automation. */
  readonly index: number;
  readonly id: string;
  /** "state of binary_sensor.hall". */
  readonly description: string;
  readonly entityId?: string;
}

/** One time an automation was triggered. */
export interface Run {
  /** Its index in what was given to `replay`. */
  readonly automation: number;
  readonly at: number;
  /** Among all runs and calls of the replay, so that those of one moment can be put in order. */
  readonly order: number;
  readonly trigger: RunTrigger;
  readonly outcome: Outcome;
  readonly endedAt: number;
  readonly calls: readonly ReplayedCall[];
  /** Why it did not run to its end. */
  readonly why?: string;
  /** When asked for: what was checked and done, as Home Assistant's traces tell it. */
  readonly steps?: readonly Step[];
}

/** Something that history cannot tell. */
export interface Cannot {
  readonly automation: number;
  /** `triggers/0`, `actions/1`. */
  readonly path: string;
  /** In plain words. */
  readonly why: string;
  /** It is replayed all the same, but not exactly. */
  readonly isApproximate?: true;
}
