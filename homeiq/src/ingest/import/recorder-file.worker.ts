import { workerData } from "node:worker_threads";
import Database from "better-sqlite3";
import { serveThread } from "#store/serve-thread.ts";
import { prepareOnce } from "#store/statements.ts";

/** What one may ask of a foreign database. */
export type ForeignHandlers = {
  /** Rows as arrays, in the order of the selected columns. */
  read(question: { sql: string; params: readonly unknown[] }): unknown[][];
};

/** A database that is not ours, on a thread of its own; nothing is ever written to it. */
const database = new Database(String(workerData), { readonly: true, fileMustExist: true });
const prepare = prepareOnce(database);

serveThread(
  {
    read: ({ sql, params }) =>
      prepare(sql)
        .raw(true)
        .all(...params) as unknown[][],
  } satisfies ForeignHandlers,
  () => database.close(),
);
