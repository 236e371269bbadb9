import type { Clock } from "#foundation/clock.ts";
import { HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Db, Writer } from "#store/database.ts";
import { dayOf } from "./chunk-key.ts";
import { type Keeper, readProgress } from "./keeper/keeper.ts";
import type { Reader } from "./reader/reader.ts";

const SETTLE_MS = 5 * MINUTE_MS; // a device may report late by so much without becoming a late row
const MOST_RECENT_ROWS = 500_000; // a burst is sealed before the hour is over

export interface Sealing {
  /** Whether the time of a change is sealed, or is being sealed right now. */
  isLate(at: number): boolean;
  sealedThrough(): number;
  /** Seals what has settled, and finishes days that are over. */
  run(): Promise<{ changes: number; chunks: number; bytes: number; days: number }>;
  /** A burst must not wait for the hour: seals when there are very many rows. */
  stored(count: number): void;
}

interface Deps {
  readonly db: Db;
  readonly writer: Writer;
  readonly keeper: Keeper;
  readonly reader: Reader;
  readonly clock: Clock;
  onError(error: unknown): void;
}

/** Makes the row that says how far sealing has come. Everything from before this minute comes late. */
export function beginArchive(db: Db, now: number): void {
  const start = Math.floor(now / MINUTE_MS) * MINUTE_MS;
  db.$client
    .prepare(
      "insert or ignore into archive (id, sealed_through, compacted_through) values (1, ?, ?)",
    )
    .run(start, dayOf(start));
}

/** Decides when the keeper seals, and that nothing is missed while it does. */
export function createSealing({ db, writer, keeper, reader, clock, onError }: Deps): Sealing {
  let border = readProgress(db.$client)?.sealedThrough ?? 0;
  let recentRows = 0;
  let running: Promise<unknown> | undefined;

  async function sealUntil(until: number) {
    border = Math.max(border, until);
    await writer.write([]); // what was on its way with an older time is in the file now
    const sealed = await keeper.ask("seal", until);
    border = Math.max(border, sealed.sealedThrough);
    await reader.ask("sealed", { through: sealed.sealedThrough, merged: sealed.merged });
    const days = await keeper.ask("compact", undefined);
    return { changes: sealed.changes, chunks: sealed.chunks, bytes: sealed.bytes, days };
  }

  const settled = (stepMs: number) => Math.floor((clock.now() - SETTLE_MS) / stepMs) * stepMs;

  return {
    isLate: (at) => at < border,
    sealedThrough: () => border,
    async run() {
      await running;
      const work = sealUntil(Math.max(border, settled(HOUR_MS)));
      running = work.catch(() => undefined); // the caller hears of it
      const done = await work;
      recentRows = 0;
      return done;
    },
    stored(count) {
      recentRows += count;
      if (recentRows < MOST_RECENT_ROWS || running) return;
      recentRows = 0;
      running = sealUntil(Math.max(border, settled(MINUTE_MS)))
        .catch(onError)
        .finally(() => {
          running = undefined;
        });
    },
  };
}
