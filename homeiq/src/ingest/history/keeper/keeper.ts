import type { Clock } from "#foundation/clock.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Files } from "#store/files.ts";
import { createIdleThread } from "#store/idle-thread.ts";
import type { Ask } from "#store/thread.ts";
import type { RecentRow } from "../recent/recent.ts";
import type { Statistic } from "../statistics/statistics.ts";
import type { AddedPast } from "./past.ts";
import type { Keep, Retained } from "./retain.ts";
import type { Sealed } from "./seal.ts";

export type { AddedPast } from "./past.ts";
export type { Keep, Retained } from "./retain.ts";
export { type Progress, readProgress, type Sealed } from "./seal.ts";
export { dropUnfinished } from "./unfinished.ts";

/** What `keeper.worker.ts` answers. */
export type KeeperHandlers = {
  /** Moves recent rows from before the moment into chunks, and late rows into theirs. */
  seal(until: number): Sealed & { readonly merged: readonly number[] };
  /** Finishes the days that are wholly sealed; answers how many. */
  compact(): number;
  addPast(rows: readonly RecentRow[]): AddedPast;
  /** By the entity's key. Answers how many hours were new. */
  addPastStatistics(rows: ReadonlyMap<number, readonly Statistic[]>): number;
  retain(keep: Keep): Retained;
  /** Takes over the rows of the first versions. Answers how many there were. */
  adopt(): number;
};

export interface Keeper extends AsyncDisposable {
  readonly ask: Ask<KeeperHandlers>;
  /** Finishes what is being done and begins nothing more; the answer lets it go on. */
  hold(): Promise<() => void>;
}

const IDLE_MS = 60 * SECOND_MS; // a thread holds about 15 MB; it works for seconds each hour

/** The thread that seals and merges: started when it is needed, ended when it has been idle. */
export function createKeeper({ files, clock }: { files: Files; clock: Clock }): Keeper {
  const thread = createIdleThread<KeeperHandlers>({
    ...{ file: "keeper.worker", beside: import.meta.url, data: files },
    ...{ oldSpaceMb: 384, startsAnew: true },
    ...{ clock, idleMs: IDLE_MS },
  });
  let gate: Promise<void> = Promise.resolve();
  const working = new Set<Promise<unknown>>();

  return {
    async ask(name, input, transfer) {
      await gate;
      const answer = thread.ask(name, input, transfer);
      working.add(answer);
      return await answer.finally(() => working.delete(answer));
    },
    async hold() {
      let release: () => void = () => {};
      gate = new Promise((resolve) => {
        release = resolve;
      });
      await Promise.allSettled([...working]);
      return release;
    },
    [Symbol.asyncDispose]: () => thread[Symbol.asyncDispose](),
  };
}
