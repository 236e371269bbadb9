import { workerData } from "node:worker_threads";
import { readPatterns } from "#analysis/patterns/patterns.ts";
import { readSynergies, type SynergyFilter } from "#analysis/synergies/synergies.ts";
import { receiveSnapshot } from "#home/snapshot/snapshot.ts";
import { openPast } from "#ingest/history/reader/past-reader.ts";
import type { Files } from "#store/files.ts";
import { openReadOnly } from "#store/read-only.ts";
import { serveThread } from "#store/serve-thread.ts";
import { lookThrough } from "./look-through.ts";
import type { LookHandlers } from "./looking.ts";

/** What habits, synergies, features and templates propose, worked out on a thread that is there only for this. */
const reading = openReadOnly(workerData as Files);
const known = {
  patterns: readPatterns(reading.db),
  synergies: { list: (filter?: SynergyFilter) => readSynergies(reading.db, filter) },
};

const received = receiveSnapshot();

serveThread(
  {
    take: received.take,
    async look({ home, ...house }) {
      using past = openPast(workerData as Files);
      return await lookThrough({ ...known, past }, { ...house, home: received.whole(home) });
    },
  } satisfies LookHandlers,
  () => reading[Symbol.dispose](),
);
