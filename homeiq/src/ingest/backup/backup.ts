import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { History } from "#ingest/history/history.ts";
import type { Store } from "#store/database.ts";

const LONGEST_MS = 30 * MINUTE_MS; // a backup whose end is never told must not stop the sealing for ever

/** Keeps the files fit to be copied while Home Assistant makes a backup. Recording goes on. */
export interface Backup {
  /** Resolves once the files may be copied. A second call begins anew. Throws `unavailable`. */
  begin(): Promise<void>;
  end(): Promise<void>;
}

interface Deps {
  readonly store: Pick<Store, "freeze" | "thaw">;
  readonly history: Pick<History, "hold">;
  readonly clock: Clock;
  readonly log: Log;
}

export function createBackup({ store, history, clock, log }: Deps): Backup {
  let release: (() => void) | undefined;
  let cancelEnd: () => void = () => {};

  async function end(): Promise<void> {
    cancelEnd();
    if (!release) return;
    release();
    release = undefined;
    await store.thaw();
    log.info("The files of the history go on after a backup");
  }

  return {
    async begin() {
      await end();
      // Sealing moves rows from one file to the other: copied in between, they would be in neither.
      release = await history.hold();
      try {
        await store.freeze();
      } catch (error) {
        release();
        release = undefined;
        throw error;
      }
      cancelEnd = clock.after(LONGEST_MS, () => {
        log.warn("A backup did not tell its end; sealing goes on");
        void end(); // what can fail is logged by the store's own writes
      });
      log.info("The files of the history stand still for a backup");
    },
    end,
  };
}
