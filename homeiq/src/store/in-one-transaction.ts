import type { Db } from "./database.ts";

/** What a transaction is given to read and write with. */
type Transaction = Parameters<Parameters<Db["transaction"]>[0]>[0];

/**
 * Does all of it or nothing, as the only one who writes.
 *
 * It waits for its turn before it reads. SQLite's usual transaction asks only when it first writes, and is refused at
 * once, without any waiting, when a thread wrote since it read.
 */
export const inOneTransaction = <T>(db: Db, work: (tx: Transaction) => T): T =>
  db.transaction(work, { behavior: "immediate" });
