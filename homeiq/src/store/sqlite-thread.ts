import type { Files } from "./files.ts";
import { startThread } from "./thread.ts";

/** A statement and the rows to run it with, in order. */
export interface Write {
  readonly sql: string;
  readonly rows: readonly (readonly unknown[])[];
}

/** What `sqlite.worker.ts` answers. */
export type SqliteHandlers = {
  write(statements: readonly Write[]): void;
  /** Copies the logs into the files, then never again by itself until `resume`. */
  pause(): boolean;
  resume(): void;
};

/** A SQLite connection on a thread of its own. Everything runs in the order it was asked. */
export interface SqliteThread extends AsyncDisposable {
  /** All statements in one transaction, durable when this resolves; none of them when it rejects. */
  write(statements: readonly Write[]): Promise<void>;
  /** Copies the logs into the files, then leaves the files as they are. `false` when a part had to stay. */
  pauseCheckpoints(): Promise<boolean>;
  resumeCheckpoints(): Promise<void>;
}

export function startSqliteThread(files: Files): SqliteThread {
  const thread = startThread<SqliteHandlers>({
    file: "sqlite.worker",
    beside: import.meta.url,
    data: files,
    startsAnew: true, // each write is a whole transaction: there is nothing that it has to remember
  });
  return {
    write: (statements) => thread.ask("write", statements),
    pauseCheckpoints: () => thread.ask("pause", undefined),
    resumeCheckpoints: () => thread.ask("resume", undefined),
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
