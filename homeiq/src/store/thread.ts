import { type TransferListItem, Worker } from "node:worker_threads";
import { AppError, type ErrorKind } from "#foundation/errors.ts";

/** What goes over to a thread: the name of what is asked, and one value. */
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly input: unknown;
}

export type Answer =
  | { readonly id: number; readonly output: unknown }
  | {
      readonly id: number;
      readonly error: {
        readonly kind: ErrorKind;
        readonly code: string;
        readonly message: string;
        readonly facts?: Readonly<Record<string, unknown>>;
      };
    };

/** Every question a thread answers, by name. */
// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ by name; the caller's type says which
export type Handlers = Readonly<Record<string, (input: any) => unknown>>;

/** How one asks a thread that answers `H`. */
export type Ask<H extends Handlers> = <N extends keyof H & string>(
  name: N,
  input: Parameters<H[N]>[0],
  transfer?: readonly TransferListItem[],
) => Promise<ReturnType<H[N]>>;

/**
 * A thread of our own that answers questions in the order they were asked.
 *
 * Disposing lets it finish, close its files and end by itself: cut off within a native call, it could take
 * the process along.
 */
export interface Thread<H extends Handlers> extends AsyncDisposable {
  /** Throws the `AppError` that was thrown there, or `internal` when the thread ended. */
  readonly ask: Ask<H>;
}

interface Waiting {
  resolve(output: unknown): void;
  reject(error: AppError): void;
}

export interface Start {
  /** The worker's file below `src`, without its ending, and `import.meta.url` of a file beside it. */
  readonly file: string;
  readonly beside: string;
  readonly data: unknown;
  readonly oldSpaceMb?: number;
  /** For what lives shortly; more is faster where much is made, and is never given back. */
  readonly youngSpaceMb?: number;
  /** Whether one that ended (too little memory, a file that was away) is started anew by the next question. */
  readonly startsAnew?: boolean;
  /** How long it may take to come to an end when it is told to; then it is cut off. Milliseconds; absent: ten seconds. */
  readonly closeMs?: number;
}

const CLOSE_MS = 10_000; // nothing here takes as long; what is cut off is a transaction that never was

/** Starts a worker whose file calls `serveThread`. */
export function startThread<H extends Handlers>({
  file,
  beside,
  data,
  oldSpaceMb = 192,
  youngSpaceMb = 4,
  startsAnew = false,
  closeMs = CLOSE_MS,
}: Start): Thread<H> {
  // Under Node the sources run as they are; in the image all workers lie beside the bundle.
  const isSource = beside.endsWith(".ts");
  const url = new URL(isSource ? `./${file}.ts` : `./${file}.js`, beside);
  let lastId = 0;
  let running = run();

  function run() {
    const worker = new Worker(url, {
      workerData: data,
      // V8's usual young generation would be 48 MB of each thread.
      resourceLimits: {
        maxYoungGenerationSizeMb: youngSpaceMb,
        maxOldGenerationSizeMb: oldSpaceMb,
      },
    });
    const waiting = new Map<number, Waiting>();
    const one = {
      worker,
      waiting,
      ended: Promise.resolve(),
      failure: undefined as AppError | undefined,
    };
    const fail = (cause: unknown) => {
      const why = new AppError("internal", "store.thread_ended", `The thread ${file} ended`, {
        cause,
      });
      one.failure ??= why;
      for (const asked of waiting.values()) asked.reject(one.failure);
      waiting.clear();
    };
    worker.on("message", (answer: Answer) => {
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if (!asked) return;
      if (!("error" in answer)) return asked.resolve(answer.output);
      const { kind, code, message, facts } = answer.error;
      asked.reject(new AppError(kind, code, message, facts ? { facts } : {}));
    });
    worker.on("error", fail);
    one.ended = new Promise<void>((resolve) => {
      worker.once("exit", () => {
        fail(undefined);
        resolve();
      });
    });
    return one;
  }

  let isClosed = false;

  return {
    ask(name, input, transfer) {
      return new Promise((resolve, reject) => {
        if (running.failure && startsAnew && !isClosed) running = run();
        const { worker, waiting, failure } = running;
        if (failure) return reject(failure);
        lastId += 1;
        // Typed by `H`, which is the type of what the worker serves.
        waiting.set(lastId, { resolve: resolve as (output: unknown) => void, reject });
        worker.postMessage({ id: lastId, name, input } satisfies Question, transfer ?? []);
      });
    },
    async [Symbol.asyncDispose]() {
      isClosed = true;
      const { worker, failure, ended } = running;
      if (!failure) worker.postMessage({ id: 0, name: "close", input: undefined });
      const cutOff = setTimeout(() => void worker.terminate(), closeMs);
      await ended;
      clearTimeout(cutOff);
    },
  };
}

/** Whether a thread ended because it had too little memory. */
export const ranOutOfMemory = (error: unknown): boolean =>
  error instanceof AppError &&
  error.cause instanceof Error &&
  "code" in error.cause &&
  error.cause.code === "ERR_WORKER_OUT_OF_MEMORY";
