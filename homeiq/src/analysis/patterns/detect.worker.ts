import { workerData } from "node:worker_threads";
import { openPast } from "#ingest/history/reader/past-reader.ts";
import { serveThread } from "#store/serve-thread.ts";
import type { DetectHandlers, PastSource } from "./detection.ts";
import { findPatterns } from "./find-patterns.ts";
import { packActs } from "./packed-acts/packed-acts.ts";
import { readHousehold } from "./reading/reading.ts";

/** Reads the past of a house and looks for what its people do again and again, on a thread of its own. */
const { files, remembered } = workerData as PastSource;
const past = openPast(files, remembered);

serveThread(
  {
    detect(facts) {
      const startedAt = performance.now();
      const { household, ...read } = readHousehold(past, facts);
      const readMs = performance.now() - startedAt;
      const detectors: ReturnType<DetectHandlers["detect"]>["detectors"][number][] = [];
      const found = findPatterns(household, { onDetector: (one) => detectors.push(one) });
      return {
        // Packed: what was seen may be tens of thousands of acts.
        found: found.map(({ seen, ...one }) => ({ ...one, seen: packActs(seen) })),
        ...read,
        ...{ detectors, readMs, remembered: past.remember() },
        acts: household.acts.length,
      };
    },
  } satisfies DetectHandlers,
  () => past[Symbol.dispose](),
);
