import type { AppError } from "#foundation/errors.ts";
import { type Ask, type Handlers, ranOutOfMemory, type Start, startThread } from "./thread.ts";

interface Work<H extends Handlers, T> {
  readonly signal: AbortSignal;
  /** What is thrown where the thread's memory does not suffice. */
  tooMuch(cause: unknown): AppError;
  run(ask: Ask<H>): Promise<T>;
}

/** Works with a thread that is there only for this. Throws the signal's reason when it is aborted. */
export async function onPassingThread<H extends Handlers, T>(
  start: Start,
  { signal, tooMuch, run }: Work<H, T>,
): Promise<T> {
  signal.throwIfAborted();
  await using thread = startThread<H>(start);
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  try {
    return await Promise.race([run(thread.ask), aborted]);
  } catch (error) {
    throw ranOutOfMemory(error) ? tooMuch(error) : error;
  }
}
