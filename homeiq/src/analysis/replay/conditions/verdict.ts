import type { Failure, Stage, Variables } from "../stage/stage.ts";

/** Whether something holds; `null` when it is disabled, a failure when it cannot be said. */
export type Verdict = boolean | null | Failure;

export interface Noted {
  /** As Home Assistant's traces say it: `condition/0/conditions/1`. */
  readonly path: string;
  readonly verdict: Verdict;
  /** With the values: "sensor.hall_illuminance is 41, it must be below 40". */
  readonly words: string;
}

/** Where conditions are checked. */
export interface Scope {
  readonly stage: Stage;
  readonly variables: Variables;
  /** Id of the trigger that fired. */
  readonly triggerId?: string;
  /** Told what was found, when somebody wants to know. */
  note?(noted: Noted): void;
}
