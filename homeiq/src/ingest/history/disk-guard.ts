import { statfsSync } from "node:fs";
import { dirname } from "node:path";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";

export interface DiskSpace {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** `low`: the household should act. `stopped`: nothing more is recorded, so that the disk is never full. */
  readonly guard: "ok" | "low" | "stopped";
}

const CHECK_EVERY_MS = 10 * SECOND_MS;
const LOW_BYTES = 1_000_000_000;
const STOP_BYTES = 200_000_000; // Home Assistant itself needs room to write
const RESUME_BYTES = 300_000_000; // more than where it stopped, so that it does not flutter

/** Watches the disk that the history is on. Reads it at most every ten seconds. */
export function createDiskGuard({
  file,
  clock,
  log,
  read = readDisk,
}: {
  file: string;
  clock: Clock;
  log: Log;
  read?: (folder: string) => { freeBytes: number; totalBytes: number };
}): () => DiskSpace {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let space: DiskSpace = { freeBytes: 0, totalBytes: 0, guard: "ok" };

  return () => {
    if (clock.now() - checkedAt < CHECK_EVERY_MS) return space;
    checkedAt = clock.now();
    const { freeBytes, totalBytes } = read(dirname(file));
    const guard = judge(freeBytes, space.guard);
    if (guard !== space.guard) {
      log.warn({ freeBytes, guard }, "The free space on the disk of the history has changed");
    }
    space = { freeBytes, totalBytes, guard };
    return space;
  };
}

function judge(freeBytes: number, before: DiskSpace["guard"]): DiskSpace["guard"] {
  if (freeBytes < (before === "stopped" ? RESUME_BYTES : STOP_BYTES)) return "stopped";
  return freeBytes < LOW_BYTES ? "low" : "ok";
}

function readDisk(folder: string) {
  const { bavail, bsize, blocks } = statfsSync(folder);
  return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
}
