import { workerData } from "node:worker_threads";
import {
  allowCheckpoints,
  CHECKPOINT_RECENT_PAGES,
  checkpoint,
  connect,
  type Files,
} from "./files.ts";
import { serveThread } from "./serve-thread.ts";
import type { SqliteHandlers, Write } from "./sqlite-thread.ts";
import { prepareOnce } from "./statements.ts";

/** Writes on a thread of its own, so that a slow disk never holds up the event loop. */
const database = connect(workerData as Files, { synchronous: "FULL" }); // committed means on the disk
const prepare = prepareOnce(database);

const inOneTransaction = database.transaction((statements: readonly Write[]) => {
  for (const { sql, rows } of statements) {
    const statement = prepare(sql);
    for (const row of rows) statement.run(...row);
  }
});

serveThread(
  {
    write: (statements) => inOneTransaction.immediate(statements),
    pause() {
      allowCheckpoints(database, 0);
      return checkpoint(database);
    },
    resume: () => allowCheckpoints(database, CHECKPOINT_RECENT_PAGES),
  } satisfies SqliteHandlers,
  () => database.close(),
);
