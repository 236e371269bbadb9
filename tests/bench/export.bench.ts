import { cpSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Metrics } from "#src/api/metrics.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { DAYS, fillHistory } from "#support/export/fill-history.ts";
import { buildHomeIq, runHomeIq } from "#support/home-iq-process.ts";
import { startIdleProcess } from "#support/idle-process.ts";
import { type Measure, measured } from "../../tools/bars.ts";

const ROWS = 5_000_000;
const SHORT_ROWS = 150_000;
const OTHER_FORMATS = ["ndjson", "xlsx", "parquet", "pdf"] as const;

/**
 * Files of millions of events out of a sealed history, through the real route of the bundle in a process of its own.
 *
 * CSV has the bar and all rows. Of the other formats the last three days are made, to be seen.
 */
const exporting: Measure = async ({ short }) => {
  const rows = short ? SHORT_ROWS : ROWS;
  buildHomeIq();
  const filledAt = performance.now();
  const folder = await fillHistory(rows);
  process.stdout.write(
    `${rows} changes imported in ${((performance.now() - filledAt) / 1000).toFixed(0)} s\n`,
  );
  const csv = await measureFile({ folder, format: "csv" });
  const from = Date.now() - DAYS * DAY_MS * 0.1 - DAY_MS;
  for (const format of OTHER_FORMATS) await measureFile({ folder, format, from });
  rmSync(folder, { recursive: true, force: true });
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

interface Wanted {
  readonly folder: string;
  readonly format: "csv" | (typeof OTHER_FORMATS)[number];
  readonly from?: number;
}

async function measureFile({ folder, format, from = 0 }: Wanted) {
  const copy = mkdtempSync(join(tmpdir(), "homeiq-export-run-"));
  cpSync(folder, copy, { recursive: true });
  const homeiq = await runHomeIq({
    HA_URL: "http://127.0.0.1:9",
    HA_TOKEN: "nobody-listens",
    HOMEIQ_DATA: copy,
  });
  const before = residentOf(homeiq.pid);
  const idle = startIdleProcess();
  const startedAt = performance.now();
  const answer = await fetch(
    `${homeiq.url}/api/v1/export?format=${format}&what=events&from=${from}`,
  );
  let bytes = 0;
  let lines = 0;
  for await (const chunk of answer.body ?? []) {
    bytes += chunk.length;
    if (format === "csv") lines += countLines(chunk);
  }
  const seconds = (performance.now() - startedAt) / 1000;
  const { process: own } = await homeiq.get<Metrics>("/api/v1/real-time-metrics");
  const lateMs = own.eventLoopLagMs.p99;
  const peakMb = peakOf(homeiq.pid);
  const idleMs = await idle.lateMs();
  await homeiq.stop();
  rmSync(copy, { recursive: true, force: true });
  const speed = lines > 0 ? `, ${((lines - 1) / seconds).toFixed(0)} rows/s` : "";
  process.stdout.write(
    `${format}: ${(bytes / 1e6).toFixed(1)} MB in ${seconds.toFixed(1)} s${speed}, resident at most ` +
      `${peakMb.toFixed(0)} MB (${before.toFixed(0)} before), event loop late p99 ${lateMs} ms ` +
      `(${idleMs.toFixed(1)} ms in a process that did nothing meanwhile)\n`,
  );
  return { lines, peakMb, lateMs };
}

const NEW_LINE = 10;

function countLines(chunk: Uint8Array): number {
  let lines = 0;
  for (const byte of chunk) if (byte === NEW_LINE) lines += 1;
  return lines;
}

const residentOf = (pid: number) => readMb(pid, "VmRSS");
/** The highest that the process ever was, as Linux counts it. */
const peakOf = (pid: number) => readMb(pid, "VmHWM");

function readMb(pid: number, field: string): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return (Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1e6;
}
