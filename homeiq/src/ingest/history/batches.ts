import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Write, Writer } from "#store/database.ts";

const MOST_PER_BATCH = 100;
const OLDEST_MS = SECOND_MS;
const MOST_IN_FLIGHT = 8; // enough to keep the disk busy, few enough to stay a bounded wait
const RETRY_MS = 2 * SECOND_MS;

export interface BatchCounters {
  readonly batches: number;
  readonly stored: number;
  readonly dropped: number;
  readonly queueDepth: number;
  readonly queueCapacity: number;
  readonly lastStoredAt?: number;
  readonly lastBatchMs?: number;
  /** Why the last try to write failed, while it lasts. */
  readonly failing?: string;
}

export interface Batches<T> {
  /** `false` when the queue is full and the item was not taken. */
  add(item: T): boolean;
  counters(): BatchCounters;
  /** Resolves when everything that was taken until now is on the disk. */
  flush(): Promise<void>;
  /** Writes what is left. Resolves when it is on the disk, or rejects when `signal` aborts first. */
  drain(signal: AbortSignal): Promise<void>;
}

interface Deps<T> {
  readonly writer: Writer;
  readonly clock: Clock;
  readonly log: Log;
  readonly capacity: number;
  toWrites(items: readonly T[]): readonly Write[];
  /** Called in the order of `add`, once the items are durable with these writes. */
  onStored(items: readonly T[], writes: readonly Write[]): void;
  /** Called when a run of refusals is over, with the moments of its first and of the first room after it. */
  onOverflow(from: number, to: number): void;
}

/**
 * Collects items and writes them in transactions of at most 100 items, at the latest after one second.
 *
 * A batch that cannot be written is tried again until it can: the queue grows meanwhile, up to its
 * capacity, and what does not fit is counted, never lost in silence.
 */
export function createBatches<T>(deps: Deps<T>): Batches<T> {
  const { writer, clock, log, capacity } = deps;
  let waiting: T[] = [];
  let inFlight = 0;
  let inFlightItems = 0;
  let cancelTimer: (() => void) | undefined;
  let overflowingSince: number | undefined;
  let failing: string | undefined;
  let lastStoredAt: number | undefined;
  let lastBatchMs: number | undefined;
  let batches = 0;
  let stored = 0;
  let dropped = 0;
  let onIdle: (() => void)[] = [];
  const sends = new Set<Promise<void>>();
  let taken = 0;
  let sent = 0;

  const depth = () => waiting.length + inFlightItems;

  function pump(all: boolean): void {
    while (inFlight < MOST_IN_FLIGHT && !failing) {
      if (waiting.length === 0 || (!all && waiting.length < MOST_PER_BATCH)) break;
      const items = waiting.slice(0, MOST_PER_BATCH);
      waiting = waiting.slice(MOST_PER_BATCH);
      sent += items.length;
      const sending = send(items); // never rejects: a failure is kept and tried again
      sends.add(sending);
      void sending.then(() => sends.delete(sending));
    }
    if (waiting.length > 0 && !cancelTimer && !failing) {
      cancelTimer = clock.after(OLDEST_MS, () => {
        cancelTimer = undefined;
        pump(true);
      });
    }
  }

  async function send(items: T[]): Promise<void> {
    inFlight += 1;
    inFlightItems += items.length;
    const startedAt = performance.now();
    let writes: readonly Write[];
    for (;;) {
      writes = deps.toWrites(items);
      try {
        await writer.write(writes);
        break;
      } catch (error) {
        const message = error instanceof Error ? error.message : String(error);
        if (!failing) log.error({ err: error }, "Changes cannot be written; trying again");
        failing = message;
        await new Promise<void>((resolve) => clock.after(RETRY_MS, resolve));
      }
    }
    if (failing) log.info("Changes are written again");
    failing = undefined;
    if (overflowingSince !== undefined) deps.onOverflow(overflowingSince, clock.now());
    overflowingSince = undefined;
    inFlight -= 1;
    inFlightItems -= items.length;
    batches += 1;
    stored += items.length;
    lastStoredAt = clock.now();
    lastBatchMs = Math.round((performance.now() - startedAt) * 10) / 10;
    deps.onStored(items, writes);
    pump(draining);
    if (depth() === 0) {
      for (const resolve of onIdle) resolve();
      onIdle = [];
    }
  }

  let draining = false;

  return {
    add(item) {
      if (depth() >= capacity) {
        dropped += 1;
        overflowingSince ??= clock.now();
        return false;
      }
      waiting.push(item);
      taken += 1;
      if (waiting.length >= MOST_PER_BATCH || !cancelTimer) pump(false);
      return true;
    },
    counters: () => ({
      batches,
      stored,
      dropped,
      queueDepth: depth(),
      queueCapacity: capacity,
      ...(lastStoredAt === undefined ? {} : { lastStoredAt }),
      ...(lastBatchMs === undefined ? {} : { lastBatchMs }),
      ...(failing === undefined ? {} : { failing }),
    }),
    async flush() {
      const until = taken;
      while (sent < until) {
        pump(true);
        if (sent < until) await Promise.race(sends);
      }
      await Promise.all(sends);
    },
    drain(signal) {
      draining = true;
      return new Promise((resolve, reject) => {
        if (depth() === 0) return resolve();
        onIdle.push(resolve);
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
        pump(true);
      });
    },
  };
}
