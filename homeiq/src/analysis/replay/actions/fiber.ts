import type { Stage } from "../stage/stage.ts";

/** Where a run waits. */
export type Pause =
  /** Lets what was just caused happen first. */
  | { readonly kind: "settle" }
  /** Until `resume` is called. Answers how to stop waiting. */
  | { readonly kind: "until"; arm(resume: (value: unknown) => void): () => void };

export type Steps<T> = Generator<Pause, T, unknown>;

export const SETTLE: Pause = { kind: "settle" };

export interface Fiber {
  cancel(): void;
}

interface Start<T> {
  readonly stage: Stage;
  readonly steps: Steps<T>;
  onDone(result: T): void;
}

/** Runs steps until they wait, and goes on when what they wait for is there. */
export function startFiber<T>({ stage, steps, onDone }: Start<T>): Fiber {
  let stopWaiting: (() => void) | undefined;
  let isOver = false;

  function resume(value: unknown): void {
    if (isOver) return;
    stopWaiting = undefined;
    go(value);
  }

  function go(value: unknown) {
    const next = steps.next(value);
    if (next.done) {
      isOver = true;
      onDone(next.value);
      return;
    }
    const pause = next.value;
    if (pause.kind === "settle") return stage.post(() => resume(undefined));
    let isResumed = false;
    stopWaiting = pause.arm((answer) => {
      if (isResumed) return;
      isResumed = true;
      stage.post(() => {
        stopWaiting?.();
        resume(answer);
      });
    });
  }

  resume(undefined);
  return {
    cancel() {
      if (isOver) return;
      isOver = true;
      stopWaiting?.();
    },
  };
}
