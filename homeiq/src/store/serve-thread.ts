import { parentPort, type TransferListItem } from "node:worker_threads";
import { AppError, toAppError } from "#foundation/errors.ts";
import type { Answer, Handlers, Question } from "./thread.ts";

/** Messages of SQLite that mean "the disk", not "the program". */
const DISK_CODES = ["SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_READONLY"];

/** An answer whose memory moves to the caller instead of being copied. */
class Moved {
  readonly output: unknown;
  readonly transfer: readonly TransferListItem[];
  constructor(output: unknown, transfer: readonly TransferListItem[]) {
    this.output = output;
    this.transfer = transfer;
  }
}

/** Gives the memory of an answer away; typed as the answer, which is what arrives at the other end. */
export const moved = <T>(output: T, transfer: readonly TransferListItem[]): T =>
  new Moved(output, transfer) as T;

/** Answers the questions of `startThread`, one after the other, until it is closed. */
export function serveThread(handlers: Handlers, close: () => void): void {
  let queue = Promise.resolve();
  parentPort?.on("message", (question: Question) => {
    queue = queue.then(() => answer(question));
  });

  async function answer({ id, name, input }: Question): Promise<void> {
    if (name === "close") {
      close();
      parentPort?.close();
      return;
    }
    try {
      const handler = handlers[name];
      if (!handler) throw new AppError("internal", "store.no_handler", `Nobody answers ${name}`);
      const output = await handler(input);
      if (output instanceof Moved) {
        parentPort?.postMessage({ id, output: output.output } satisfies Answer, output.transfer);
      } else parentPort?.postMessage({ id, output } satisfies Answer);
    } catch (error) {
      const { kind, code, message, facts } = toStoreError(error);
      parentPort?.postMessage({ id, error: { kind, code, message, facts } } satisfies Answer);
    }
  }
}

function toStoreError(error: unknown): AppError {
  const { code, message } = error as { code?: unknown; message?: string };
  if (error instanceof AppError || typeof code !== "string" || !code.startsWith("SQLITE_")) {
    return toAppError(error);
  }
  return DISK_CODES.some((known) => code.startsWith(known))
    ? new AppError("unavailable", "store.disk", `The database cannot be used now: ${message}`)
    : new AppError("internal", "store.query", `${code}: ${message}`);
}
