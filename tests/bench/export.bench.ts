import { fork } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import type { ProcessMetrics } from "#src/foundation/process-metrics.ts";
import { type Measure, measured } from "../../tools/bars.ts";
import { NODE_FLAGS } from "../../tools/node-flags.ts";

const ROWS = 5_000_000;
const SHORT_ROWS = 200_000;
const FORMATS = ["csv", "ndjson", "xlsx", "parquet", "pdf"] as const;

/**
 * Files of millions of events through the real HTTP route, from a process of its own.
 *
 * The changes are made up there and copied as between two threads, so that only the files are measured. CSV has the
 * bar; of the others a tenth of the rows is made, to be seen.
 */
const exporting: Measure = async ({ short }) => {
  const rows = short ? SHORT_ROWS : ROWS;
  const csv = await measureFile("csv", rows);
  for (const format of FORMATS.slice(1)) await measureFile(format, rows / 10);
  const atMost = (bar: string, unit: string, limit: number, value: number) =>
    measured({ bar, unit, limit, direction: "max" }, value);
  return {
    bars: [
      measured(
        { bar: "rows in the CSV file", unit: "rows", limit: rows, direction: "min" },
        csv.lines - 1,
      ),
      atMost("resident memory at its highest, CSV", "MB", 200, csv.peakMb),
      atMost("event loop late, p99, CSV", "ms", 50, csv.lateMs),
    ],
  };
};

export default exporting;

async function measureFile(format: (typeof FORMATS)[number], rows: number) {
  const child = fork(new URL("../support/export/main.ts", import.meta.url), [String(rows)], {
    execArgv: [...NODE_FLAGS],
  });
  const [{ url }] = (await once(child, "message")) as [{ url: string }];
  child.send("begin");
  await once(child, "message");
  const startedAt = performance.now();
  const answer = await fetch(`${url}/api/v1/export?format=${format}&what=events`);
  let bytes = 0;
  let lines = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (format === "csv") lines += countLines(chunk);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  child.send("end");
  const [{ metrics }] = (await once(child, "message")) as [{ metrics: ProcessMetrics }];
  const peakMb = peakOf(child.pid ?? 0);
  child.disconnect();
  await once(child, "exit");
  const lateMs = metrics.eventLoopLagMs.p99;
  process.stdout.write(
    `${format}: ${rows} rows in ${seconds.toFixed(1)} s, ${(rows / seconds).toFixed(0)} rows/s, ` +
      `${(bytes / 1e6).toFixed(1)} MB, resident ${peakMb.toFixed(0)} MB, event loop late p99 ${lateMs} ms\n`,
  );
  return { lines, peakMb, lateMs };
}

const NEW_LINE = 10;

function countLines(chunk: Uint8Array): number {
  let lines = 0;
  for (const byte of chunk) if (byte === NEW_LINE) lines += 1;
  return lines;
}

/** The highest that the process ever was, as Linux counts it. */
function peakOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return (Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1]) * 1024) / 1e6;
}
