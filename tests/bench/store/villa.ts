import { statSync } from "node:fs";
import { join } from "node:path";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import { openHistory } from "#support/history.ts";
import { createRecorderFile } from "#support/home-assistant-recorder.ts";
import { villaHours } from "#support/villa-changes.ts";

export interface VillaSizes {
  readonly changes: number;
  /** The whole file after sealing, statistics and all, less an empty one. */
  readonly bytesPerChange: number;
  /** Of entities whose states are numbers: their chunks. */
  readonly bytesPerNumber: number;
  readonly numbers: number;
  readonly statisticsBytesPerChange: number;
  readonly recorderBytesPerChange: number;
  /** Changes per second from recent rows to written chunks, as the keeper does it. */
  readonly sealedPerSecond: number;
}

const START = Date.UTC(2026, 8, 1);

/** A day of the simulated villa in our store, and the same changes in Home Assistant's own recorder. */
export async function measureVilla(folder: string, hours: number): Promise<VillaSizes> {
  let now = START;
  const clock = { now: () => now, after: (_: number, call: () => void) => realTimer(call) };
  await using opened = await openHistory({ clock, folder: join(folder, "ours") });
  const recorderFile = join(folder, "home-assistant_v2.db");
  const recorder = createRecorderFile(recorderFile);
  let changes = 0;
  for (const hour of villaHours({ startAt: START, hours, changesPerSecond: 20 })) {
    now += HOUR_MS;
    await opened.record(hour.map(({ change }) => change));
    recorder.write(hour);
    changes += hour.length;
  }
  recorder.close();
  now = START + Math.ceil((hours * HOUR_MS) / DAY_MS) * DAY_MS + HOUR_MS;
  const startedAt = performance.now();
  const sealed = await opened.history.seal();
  const sealSeconds = (performance.now() - startedAt) / 1000;
  const { tiers } = await opened.history.storage();
  const costs = await opened.history.costs();
  const numeric = costs.filter(({ entityId }) => entityId.startsWith("sensor."));
  opened.store.db.$client.pragma("wal_checkpoint(TRUNCATE)");
  const sum = (pick: (one: (typeof costs)[number]) => number) =>
    numeric.reduce((total, one) => total + pick(one), 0);
  return {
    changes,
    bytesPerChange: statSync(join(folder, "ours/homeiq.db")).size / changes,
    bytesPerNumber: sum(({ bytes }) => bytes) / sum(({ changes: n }) => n),
    numbers: sum(({ changes: n }) => n),
    statisticsBytesPerChange: tiers.statistics.bytes / changes,
    recorderBytesPerChange: statSync(recorderFile).size / changes,
    sealedPerSecond: sealed.changes / sealSeconds,
  };
}

function realTimer(call: () => void): () => void {
  const timer = setTimeout(call, 0);
  return () => clearTimeout(timer);
}
