import { constants, zstdCompressSync } from "node:zlib";
import type { RecordedChange } from "#ingest/history/history.ts";
import type { Write } from "#store/database.ts";
import { LINE_END } from "#store/influx/influx.ts";
import type { InfluxStore, OutboxSize, Packet } from "./influx.store.ts";
import { linesOf } from "./points.ts";

const BATCHES_REMEMBERED = 1_000;
const TAKES_AGAIN_BELOW = 0.9; // of the limit, so that one outage makes one hole and not a hundred
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };

/** What waits for the server, as far as it is known without asking the disk. */
export interface Outbox {
  /** What to write beside these changes, in their transaction. May be asked again for the same changes. */
  alongside(changes: readonly RecordedChange[]): readonly Write[];
  /** The same for points that are no changes, for a bucket of their own; nothing when there is no room. */
  alongsidePoints(bucket: string, at: number, lines: readonly string[]): readonly Write[];
  removed(packet: Packet): void;
  counters(): OutboxCounters;
}

export interface OutboxCounters {
  readonly changes: number;
  readonly bytes: number;
  readonly limitBytes: number;
  /** At the limit: changes are noted as missing and sent later, from the history. */
  readonly full: boolean;
}

/** Turns changes into rows of the outbox, up to a size; beyond it into the note that they are missing. */
export function createOutbox({
  store,
  size,
  limitBytes,
}: {
  readonly store: InfluxStore;
  readonly size: OutboxSize;
  readonly limitBytes: number;
}): Outbox {
  let { changes: waiting, bytes } = size;
  let full = bytes >= limitBytes;
  let missingId = full ? store.newMissingId() : 0;
  // A transaction that failed is tried again with the same changes: they are counted once.
  const counted = new Set<number>();

  function count(firstId: number, changes: number, more: number): void {
    if (counted.has(firstId)) return;
    if (counted.size >= BATCHES_REMEMBERED) counted.clear();
    counted.add(firstId);
    waiting += changes;
    bytes += more;
    if (bytes < limitBytes || full) return;
    full = true;
    missingId = store.newMissingId();
  }

  return {
    alongside(changes) {
      const lines = changes.flatMap(linesOf);
      const [first] = changes;
      if (lines.length === 0 || !first) return [];
      if (full && !counted.has(first.id)) {
        const ats = changes.map(({ at }) => at);
        return [store.toMissing(missingId, Math.min(...ats), Math.max(...ats) + 1, changes.length)];
      }
      const packed = zstdCompressSync(lines.join(LINE_END), LEVEL);
      count(first.id, changes.length, packed.length);
      return [store.toInsert(first.at, changes.length, packed)];
    },
    alongsidePoints(bucket, at, lines) {
      if (full || lines.length === 0) return [];
      const packed = zstdCompressSync(lines.join(LINE_END), LEVEL);
      waiting += lines.length;
      bytes += packed.length;
      return [store.toInsert(at, lines.length, packed, bucket)];
    },
    removed(packet) {
      waiting = Math.max(0, waiting - packet.changes);
      bytes = Math.max(0, bytes - packet.bytes);
      if (bytes < limitBytes * TAKES_AGAIN_BELOW) full = false;
    },
    counters: () => ({ changes: waiting, bytes, limitBytes, full }),
  };
}
