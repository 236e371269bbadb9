import { workerData } from "node:worker_threads";
import { connect, type Files } from "#store/files.ts";
import { moved, serveThread } from "#store/serve-thread.ts";
import { readActivity } from "./activity.ts";
import { countChanges, countSince, lastStates, statesAt } from "./counts.ts";
import { readChange, readPage } from "./events.ts";
import { historyJson } from "./history-json.ts";
import { packBlock } from "./packed-block.ts";
import type { ReaderHandlers } from "./reader.ts";
import { readBlock } from "./scan.ts";
import { readBuckets, readSeries } from "./series.ts";
import { openSource } from "./source.ts";
import { readStatistics } from "./statistics.ts";
import { statisticsJson } from "./statistics-json.ts";
import { readTrace } from "./trace.ts";

/** Answers every question about what was recorded, on a thread of its own. */
const database = connect(workerData as Files, { readonly: true });
const source = openSource(database);

serveThread(
  {
    stored: (pairs) => source.recent.stored(pairs),
    storedLate: (rows) => source.recent.storedLate(rows),
    sealed: ({ through, merged }) => source.recent.sealed(through, new Set(merged)),

    page: (query) => source.inOneView(() => readPage(source, query)),
    change: (id) => source.inOneView(() => readChange(source, id)),
    block: (query) => packBlock(source.inOneView(() => readBlock(source, query))),
    trace: (id) => source.inOneView(() => readTrace(source, id)),
    counts: (span) => source.inOneView(() => countChanges(source, span)),
    countSince: (since) => source.inOneView(() => countSince(source, since)),
    lastStates: () => source.inOneView(() => lastStates(source)),
    statesAt: (query) => source.inOneView(() => statesAt(source, query)),
    series: (query) => source.inOneView(() => readSeries(source, query)),
    buckets: (query) => source.inOneView(() => readBuckets(source, query)),
    historyJson: (query) => given(source.inOneView(() => historyJson(source, query))),
    statisticsJson: (query) => given(source.inOneView(() => statisticsJson(source, query))),
    statistics: (query) => source.inOneView(() => readStatistics(source, query)),
    activity: (query) => source.inOneView(() => readActivity(source, query)),
    sizes: () => ({
      entities: source.entities(),
      recent: source.recent.counts(),
    }),
    tiers: () => ({
      chunks: count("chunk").rows,
      statistics: sum(count("statistic_short"), count("statistic_long")),
    }),
  } satisfies ReaderHandlers,
  () => database.close(),
);

/** Gives the bytes away instead of copying them. */
const given = (body: Uint8Array) => moved(body, [body.buffer as ArrayBuffer]);

interface Size {
  readonly rows: number;
  readonly bytes: number;
}

/** Bytes of chunks are summed per entity as they are written; only the smaller tables are looked through. */
function count(table: "chunk" | "statistic_short" | "statistic_long"): Size {
  const bytes = table === "chunk" ? "0" : "coalesce(sum(length(body)), 0)";
  return source.prepare(`select count(*) as rows, ${bytes} as bytes from ${table}`).get() as Size;
}

const sum = (one: Size, other: Size): Size => ({
  rows: one.rows + other.rows,
  bytes: one.bytes + other.bytes,
});
