import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import type { Metrics } from "#src/api/metrics.ts";
import { eventually } from "#support/eventually.ts";
import { buildHomeIq, runHomeIq, runHouse } from "#support/home-iq-process.ts";
import { type Bar, type Measure, measured } from "../../tools/bars.ts";
import { NODE_FLAGS } from "../../tools/node-flags.ts";
import { measureQueries } from "./store/queries.ts";
import { measureVilla } from "./store/villa.ts";

const CHANGES_PER_SECOND = 20;

/** What the history costs on disk, how fast it answers, and how it compares with Home Assistant's own recorder. */
const store: Measure = async ({ short }) => {
  for (const flag of NODE_FLAGS) setFlagsFromString(flag); // its threads answer here as they do in the image
  const folder = mkdtempSync(join(tmpdir(), "homeiq-bench-store-"));
  try {
    mkdirSync(join(folder, "ours"));
    return {
      bars: [
        ...(await sizeBars(folder, short ? 2 : 24)),
        ...(await measureQueries(folder, { days: short ? 4 : 67 })),
        await wearBar(short ? 15 : 60),
      ],
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

export default store;

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function sizeBars(folder: string, hours: number): Promise<Bar[]> {
  const villa = await measureVilla(folder, hours);
  const ratio = villa.recorderBytesPerChange / villa.bytesPerChange;
  say(`villa, ${hours} h at 20/s: ${villa.changes} changes, ${villa.numbers} of them numbers`);
  say(`Home Assistant's recorder: ${villa.recorderBytesPerChange.toFixed(1)} bytes a change`);
  say(`of our bytes, statistics: ${villa.statisticsBytesPerChange.toFixed(2)} a change`);
  say(`recent rows to finished days, all of it: ${villa.sealedPerSecond.toFixed(0)} changes/s`);
  const bytes = { unit: "bytes", direction: "max" } as const;
  return [
    measured(
      { bar: "a change of a numeric sensor, sealed", limit: 5, ...bytes },
      villa.bytesPerNumber,
    ),
    measured(
      { bar: "a change of the villa, sealed, the whole file", limit: 12, ...bytes },
      villa.bytesPerChange,
    ),
    measured(
      { bar: "smaller than Home Assistant's recorder", unit: "times", limit: 15, direction: "min" },
      ratio,
    ),
  ];
}

/** Bytes that the process hands to the disk for each change, while it runs as installed. */
async function wearBar(seconds: number): Promise<Bar> {
  buildHomeIq();
  const house = await runHouse([
    ...["--preset", "villa", "--seed", "1", "--days", "0"],
    ...["--changes-per-second", String(CHANGES_PER_SECOND)],
  ]);
  const homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "fake-token" });
  const metrics = () => homeiq.get<Metrics>("/api/v1/real-time-metrics");
  await eventually("the villa is known", async () =>
    (await metrics()).ingest.stored >= 1_500 ? true : undefined,
  );
  await eventually(
    "the past is fetched",
    async () =>
      (await homeiq.get<{ state: string }>("/api/v1/backfill")).state === "done" ? true : undefined,
    180_000,
  );
  await pause(5_000);
  const before = { io: ioOf(homeiq.pid), stored: (await metrics()).ingest.stored };
  await pause(seconds * 1_000);
  const after = { io: ioOf(homeiq.pid), stored: (await metrics()).ingest.stored };
  await homeiq.stop();
  await house.stop();
  const changes = after.stored - before.stored;
  const perChange = (pick: (io: Io) => number) => (pick(after.io) - pick(before.io)) / changes;
  const blocks = perChange(({ write_bytes }) => write_bytes);
  say(
    `at ${(changes / seconds).toFixed(1)} changes/s: the kernel counts ${blocks.toFixed(0)} bytes a change`,
  );
  say("  in whole 4 KB blocks; with one flush a second that cannot be below 205");
  return measured(
    { bar: "bytes written per change at 20/s", unit: "bytes", limit: 200, direction: "max" },
    perChange(({ wchar }) => wchar),
  );
}

interface Io {
  /** Bytes given to write calls, sockets included. */
  readonly wchar: number;
  /** Bytes that went towards the disk, in blocks. */
  readonly write_bytes: number;
}

function ioOf(pid: number): Io {
  const lines = readFileSync(`/proc/${pid}/io`, "utf8").trim().split("\n");
  const numbers = Object.fromEntries(lines.map((line) => line.split(": ")));
  return { wchar: Number(numbers.wchar), write_bytes: Number(numbers.write_bytes) };
}
