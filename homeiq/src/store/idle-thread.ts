import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { type Handlers, type Start, startThread, type Thread } from "./thread.ts";

interface IdleStart extends Start {
  readonly clock: Clock;
  /** How long it waits for the next question before it ends by itself. */
  readonly idleMs: number;
}

/**
 * A thread that is there only while it is needed: a question starts it, and it ends when it has been idle.
 *
 * There is never a second one beside it, and none any more once it is disposed of: a thread that nobody
 * waits for would hold its files open, and be cut off in the middle of its work by the end of the process.
 */
export function createIdleThread<H extends Handlers>({
  clock,
  idleMs,
  ...start
}: IdleStart): Thread<H> {
  let thread: Thread<H> | undefined;
  let ending: Promise<void> = Promise.resolve();
  let asked = 0;
  let isClosed = false;
  let cancelEnd = () => {};

  function end(): Promise<void> {
    const last = thread;
    thread = undefined;
    if (last) ending = ending.then(() => last[Symbol.asyncDispose]());
    return ending;
  }

  return {
    async ask(name, input, transfer) {
      cancelEnd();
      asked += 1;
      try {
        await ending;
        if (isClosed) {
          throw new AppError("unavailable", "store.thread_closed", `${start.file} was closed`);
        }
        thread ??= startThread<H>(start);
        return await thread.ask(name, input, transfer);
      } finally {
        asked -= 1;
        if (asked === 0 && !isClosed) cancelEnd = clock.after(idleMs, () => void end());
      }
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      cancelEnd();
      await end();
    },
  };
}
