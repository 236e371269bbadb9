import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { detectIn } from "#src/analysis/patterns/detection.ts";
import type { HouseFacts } from "#src/analysis/patterns/patterns.ts";
import type { Files } from "#src/store/files.ts";

/** One run of the detectors as the program starts it, in a process of its own: what it takes is this run's alone. */
const { files, facts, memory } = JSON.parse(process.argv[2] ?? "{}") as {
  readonly files: Files;
  readonly facts: HouseFacts;
  /** A file with what the run before read; it gets what this one read. Absent: none. */
  readonly memory?: string;
};

const RSS_EVERY_MS = 20;
const atRest = process.memoryUsage().rss;
let most = atRest;
const watching = setInterval(() => {
  most = Math.max(most, process.memoryUsage().rss);
}, RSS_EVERY_MS);
const startedAt = performance.now();
const known = memory !== undefined && existsSync(memory) ? readFileSync(memory) : undefined;
const { found, remembered, ...run } = await detectIn(
  { files, remembered: known },
  facts,
  new AbortController().signal,
);
if (memory !== undefined) writeFileSync(memory, remembered);
const durationMs = performance.now() - startedAt;
clearInterval(watching);
process.stdout.write(
  JSON.stringify({
    ...run,
    durationMs,
    keys: found.map(({ key, confidence }) => `${key} ${confidence}`),
    ...{ mostMb: most / 1e6, atRestMb: atRest / 1e6 },
  }),
);
