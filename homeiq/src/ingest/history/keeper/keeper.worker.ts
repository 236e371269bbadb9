import { workerData } from "node:worker_threads";
import { connect, type Files, flush } from "#store/files.ts";
import { serveThread } from "#store/serve-thread.ts";
import { monthOf } from "../chunk-key.ts";
import type { RecentRow } from "../recent/recent.ts";
import type { Statistic } from "../statistics/statistics.ts";
import { adoptRows } from "./adopt.ts";
import { openChunks } from "./chunks.ts";
import { compact } from "./compact.ts";
import type { KeeperHandlers } from "./keeper.ts";
import { addPast, mergeLate } from "./past.ts";
import { type Keep, retain } from "./retain.ts";
import { seal } from "./seal.ts";
import { keepImported } from "./statistics.ts";
import { dropUnfinished } from "./unfinished.ts";

/** The only thread that writes chunks and statistics. Lives as long as there is something to keep. */
const database = connect(workerData as Files);
const chunks = openChunks(database);

serveThread(
  {
    seal(until: number) {
      dropUnfinished(database, chunks);
      const sealed = seal(database, chunks, until);
      flush(database); // the rows are deleted by the next run
      return { ...sealed, merged: mergeLate(database, chunks) };
    },
    compact: () => durably(() => compact(database, chunks)),
    addPast: (rows: readonly RecentRow[]) => durably(() => addPast(database, chunks, rows)),
    addPastStatistics(found: ReadonlyMap<number, readonly Statistic[]>) {
      let added = 0;
      for (const [entityKey, rows] of found) {
        const months = Map.groupBy(rows, ({ start }) => monthOf(start));
        database
          .transaction(() => {
            for (const [month, some] of months) {
              added += keepImported(chunks, entityKey, month, some);
            }
          })
          .immediate();
      }
      flush(database);
      return added;
    },
    retain: (keep: Keep) => durably(() => retain(database, chunks, keep)),
    adopt: () => durably(() => adoptRows(database, chunks)),
  } satisfies KeeperHandlers,
  () => database.close(),
);

/** What was done is on the disk when the caller hears of it. */
function durably<T>(work: () => T): T {
  const done = work();
  flush(database);
  return done;
}
