import type { Stored } from "#analysis/automation-lint/automation-lint.ts";
import { AppError } from "#foundation/errors.ts";
import {
  type HomeEntity,
  type HomeSnapshot,
  handOver,
  type SnapshotFrame,
} from "#home/snapshot/snapshot.ts";
import type { Files } from "#store/files.ts";
import { onPassingThread } from "#store/passing-thread.ts";
import type { FoundSynergies } from "./find-synergies.ts";
import type { MeasuredElsewhere } from "./gather.ts";

/** What stands in Home Assistant, as it tells it. */
export interface Standing {
  readonly automations: readonly Stored[];
  readonly scripts: readonly Stored[];
  readonly scenes: readonly Stored[];
}

/** What synergies are looked for in, beside what is recorded. Plain values: it goes over to a thread. */
export interface LookedIn {
  /** Milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  readonly standing: Standing;
  readonly measured: MeasuredElsewhere;
}

/** What the finding thread answers; all entities come before the question. */
export type FindHandlers = {
  take(entities: readonly HomeEntity[]): void;
  find(asked: LookedIn & { readonly home: SnapshotFrame }): Promise<FoundSynergies>;
};

const HEAP_MB = 256; // four weeks of 400 entities and of twenty power sensors
const YOUNG_MB = 8;

const tooMuch = (cause: unknown) =>
  new AppError(
    "unavailable",
    "synergies.too_much",
    "There is not enough memory to look for synergies in so much history",
    { cause },
  );

/** Looks for them on a thread that is there only for this. Throws the signal's reason when it is aborted. */
export async function findIn(
  files: Files,
  { home, ...asked }: LookedIn & { readonly home: HomeSnapshot },
  signal: AbortSignal,
): Promise<FoundSynergies> {
  return onPassingThread<FindHandlers, FoundSynergies>(
    {
      ...{ file: "find.worker", beside: import.meta.url, data: files },
      ...{ oldSpaceMb: HEAP_MB, youngSpaceMb: YOUNG_MB },
    },
    {
      ...{ signal, tooMuch },
      async run(ask) {
        const frame = await handOver(home, (some) => ask("take", some));
        return ask("find", { ...asked, home: frame });
      },
    },
  );
}
