import type { Core } from "../model/core.ts";
import type { Context } from "../model/state-machine.ts";
import type { Scope } from "./expression.ts";
import type { TraceRecorder } from "./trace.ts";
import type { TriggerHub } from "./trigger-hub.ts";

/** A place where a run waits. It is told how to go on, and answers how to give up waiting. */
export type Pause = (resume: () => void) => () => void;

/** What ends a sequence early. */
export class Stop {
  readonly response: unknown;
  readonly isError: boolean;
  readonly text: string;

  constructor(
    text: string,
    { isError = false, response }: { isError?: boolean; response?: unknown },
  ) {
    this.text = text;
    this.isError = isError;
    this.response = response;
  }
}

/** One run of an automation or a script. */
export interface Run {
  readonly core: Core;
  readonly hub: TriggerHub;
  readonly context: Context;
  readonly trace: TraceRecorder;
  variables: Scope;
}

export type Steps = Generator<Pause, void>;

/** Drives a run step by step; the returned function cancels it. */
export function drive(steps: Steps, onEnd: (error: unknown) => void): () => void {
  let cancelPause: (() => void) | undefined;
  let ended = false;

  function step() {
    if (ended) return;
    try {
      const next = steps.next();
      if (!next.done) {
        cancelPause = next.value(step);
        return;
      }
    } catch (error) {
      ended = true;
      onEnd(error);
      return;
    }
    ended = true;
    onEnd(undefined);
  }

  step();
  return () => {
    ended = true;
    cancelPause?.();
  };
}
