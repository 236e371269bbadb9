import { AppError } from "#foundation/errors.ts";
import type { Files } from "#store/files.ts";
import { onPassingThread } from "#store/passing-thread.ts";
import type { Pattern, Unseen } from "./any-pattern.ts";
import type { DetectorRun } from "./known/known.ts";
import { type PackedActs, unpackActs } from "./packed-acts/packed-acts.ts";
import type { HouseFacts } from "./reading/reading.ts";

type Packed = Unseen & { readonly seen: PackedActs };

/** What the detecting thread answers. */
export type DetectHandlers = {
  detect(facts: HouseFacts): {
    readonly found: readonly Packed[];
    readonly detectors: readonly DetectorRun[];
    readonly changes: number;
    readonly acts: number;
    readonly entities: number;
    readonly tracesFrom: number;
    readonly readMs: number;
    /** What was read, packed, for the next run. */
    readonly remembered: Uint8Array;
  };
};

type Answered = ReturnType<DetectHandlers["detect"]>;

export interface Detected extends Omit<Answered, "found"> {
  readonly found: readonly Pattern[];
}

/** Where the past lies, and what the run before read of it. */
export interface PastSource {
  readonly files: Files;
  readonly remembered: Uint8Array | undefined;
}

const HEAP_MB = 320; // three months of a house of 1,500 entities take about half of it
const YOUNG_MB = 32; // months of acts are made at once; a quarter of the time went into clearing up behind less

const tooMuch = (cause: unknown) =>
  new AppError(
    "unavailable",
    "patterns.too_much",
    "There is not enough memory to look through so much history",
    { cause },
  );

/** Looks through the past on a thread that is there only for this. Throws the signal's reason when it is aborted. */
export async function detectIn(
  past: PastSource,
  facts: HouseFacts,
  signal: AbortSignal,
): Promise<Detected> {
  const { found, ...rest } = await onPassingThread<DetectHandlers, Answered>(
    {
      ...{ file: "detect.worker", beside: import.meta.url, data: past },
      ...{ oldSpaceMb: HEAP_MB, youngSpaceMb: YOUNG_MB },
    },
    { signal, tooMuch, run: (ask) => ask("detect", facts) },
  );
  return {
    ...rest,
    found: found.map(({ seen, ...one }) => ({ ...one, seen: unpackActs(seen) }) as Pattern),
  };
}
