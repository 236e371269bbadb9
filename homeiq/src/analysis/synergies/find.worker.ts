import { workerData } from "node:worker_threads";
import { toLintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import { readPatterns } from "#analysis/patterns/patterns.ts";
import { systemClock } from "#foundation/clock.ts";
import { receiveSnapshot } from "#home/snapshot/snapshot.ts";
import { openPastSeries } from "#ingest/history/reader/past-reader.ts";
import type { Files } from "#store/files.ts";
import { openReadOnly } from "#store/read-only.ts";
import { serveThread } from "#store/serve-thread.ts";
import { findSynergies } from "./find-synergies.ts";
import type { FindHandlers } from "./finding.ts";
import { gatherPast } from "./gather.ts";

/** Reads the last weeks of a house and looks for what its things could do together, on a thread of its own. */
const files = workerData as Files;
const history = openPastSeries(files, systemClock);
const known = openReadOnly(files);
const received = receiveSnapshot();

serveThread(
  {
    take: received.take,
    async find({ home: frame, from, to, timeZone, standing, measured }) {
      const home = received.whole(frame);
      const patterns = readPatterns(known.db);
      const patternSpan = patterns.lastRun();
      const past = await gatherPast({
        ...{ history, home, from, to, timeZone, measured },
        calendarsFrom: Math.min(from, patternSpan?.from ?? from),
      });
      return findSynergies({
        ...{ home, past, patterns: patterns.list({ statuses: ["active"] }) },
        existing: toLintedHouse({ now: to, home, ...standing }),
        ...(patternSpan && { patternSpan }),
      });
    },
  } satisfies FindHandlers,
  () => {
    history[Symbol.dispose]();
    known[Symbol.dispose]();
  },
);
