import { Worker } from "node:worker_threads";
import { AppError } from "#foundation/errors.ts";

/** A statement and the rows to run it with, in order. */
export interface Write {
  readonly sql: string;
  readonly rows: readonly (readonly unknown[])[];
}

export type Question =
  | { readonly kind: "write"; readonly id: number; readonly statements: readonly Write[] }
  | {
      readonly kind: "read";
      readonly id: number;
      readonly sql: string;
      readonly params: unknown[];
    };

export type Answer =
  | { readonly id: number; readonly rows: unknown[][] }
  | { readonly id: number; readonly error: { readonly code: string; readonly message: string } };

/** A SQLite connection on a thread of its own. Everything runs in the order it was asked. */
export interface SqliteThread extends AsyncDisposable {
  /** Rows as arrays, in the order of the selected columns. Throws `unavailable` or `internal`. */
  read(sql: string, params: unknown[]): Promise<unknown[][]>;
  /** All statements in one transaction, durable when this resolves; none of them when it rejects. */
  write(statements: readonly Write[]): Promise<void>;
}

interface Waiting {
  resolve(rows: unknown[][]): void;
  reject(error: AppError): void;
}

/** Messages of SQLite that mean "the disk", not "the program". */
const DISK_CODES = new Set(["SQLITE_FULL", "SQLITE_IOERR", "SQLITE_BUSY", "SQLITE_READONLY"]);

export function startSqliteThread(options: { file: string; readonly: boolean }): SqliteThread {
  // Under Node the sources run as they are; in the image they are bundled to JavaScript.
  const suffix = import.meta.url.endsWith(".ts") ? "ts" : "js";
  const worker = new Worker(new URL(`./sqlite.worker.${suffix}`, import.meta.url), {
    workerData: options,
    // Only rows pass through here; V8's usual young generation would be 48 MB of each thread.
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 192 },
  });
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let failure: AppError | undefined;

  worker.on("message", (answer: Answer) => {
    const asked = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (!asked) return;
    if ("error" in answer) return asked.reject(toStoreError(answer.error));
    asked.resolve(answer.rows);
  });
  const fail = (cause: unknown) => {
    failure = new AppError("internal", "store.thread_ended", "The database thread ended", {
      cause,
    });
    for (const asked of waiting.values()) asked.reject(failure);
    waiting.clear();
  };
  worker.on("error", fail);
  const ended = new Promise<void>((resolve) => {
    worker.once("exit", () => {
      fail(undefined);
      resolve();
    });
  });

  const ask = (question: (id: number) => Question) =>
    new Promise<unknown[][]>((resolve, reject) => {
      if (failure) return reject(failure);
      lastId += 1;
      waiting.set(lastId, { resolve, reject });
      worker.postMessage(question(lastId));
    });

  return {
    read: (sql, params) => ask((id) => ({ kind: "read", id, sql, params })),
    write: async (statements) => {
      await ask((id) => ({ kind: "write", id, statements }));
    },
    async [Symbol.asyncDispose]() {
      if (!failure) worker.postMessage({ kind: "close" });
      await ended;
    },
  };
}

function toStoreError({ code, message }: { code: string; message: string }): AppError {
  const isDisk = [...DISK_CODES].some((known) => code.startsWith(known));
  return isDisk
    ? new AppError("unavailable", "store.disk", `The database cannot be used now: ${message}`)
    : new AppError("internal", "store.query", `${code}: ${message}`);
}
