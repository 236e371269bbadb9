import { AppError } from "#foundation/errors.ts";
import { ranOutOfMemory } from "#store/thread.ts";

const ROW_BYTES = 25; // of all columns
const SPARE_BYTES = 128 * 1024 * 1024; // for what else this machine does

const TOO_MUCH = "replay.too_much_history";

const tooMuchHistory = (cause?: unknown) =>
  new AppError(
    "invalid",
    TOO_MUCH,
    "That is too much history for the memory of this machine: choose fewer days",
    { cause },
  );

/** Columns are outside the heap of their thread, whose limit says nothing of them, and grow to twice their length. */
export function requireRoom(rows: number, freeBytes: number): void {
  if (freeBytes < SPARE_BYTES + 2 * rows * ROW_BYTES) throw tooMuchHistory();
}

/** Whether the thread has ended, or must for the memory it holds. */
export const isOver = (error: unknown) =>
  error instanceof AppError && [TOO_MUCH, "store.thread_ended"].includes(error.code);

/** The same when it is the thread that ran out; any other error as it is. */
export function toReplayError(error: unknown): unknown {
  return ranOutOfMemory(error) ? tooMuchHistory(error) : error;
}
