import { findAnomalies } from "./anomaly/anomaly.ts";
import type { Pattern, PatternKind } from "./any-pattern.ts";
import { findCoActivations } from "./co-activation/co-activation.ts";
import { findContextual } from "./contextual/contextual.ts";
import { findDayTypes } from "./day-type/day-type.ts";
import { findDurations } from "./duration/duration.ts";
import { findFrequencies } from "./frequency/frequency.ts";
import { fuse } from "./fuse/fuse.ts";
import { findMultiFactor } from "./multi-factor/multi-factor.ts";
import type { Household } from "./pattern.ts";
import { findPersonal } from "./person/person.ts";
import { findRoomBased } from "./room-based/room-based.ts";
import { findRoutines } from "./routine/routine.ts";
import { findSeasonal } from "./seasonal/seasonal.ts";
import { findSequences } from "./sequence/sequence.ts";
import { findTimesOfDay } from "./time-of-day/time-of-day.ts";

/** How one detector did. */
export interface DetectorRun {
  /** What it finds; `duration` finds `left_on` as well. */
  readonly kind: PatternKind;
  readonly durationMs: number;
  /** Before what others tell better is left out. */
  readonly found: number;
  /** So many candidates were not looked at, the weakest, to bound the time. */
  readonly capped: number;
  /** Why it found nothing. */
  readonly error?: unknown;
}

interface Options {
  /** After each detector. */
  readonly onDetector?: (run: DetectorRun) => void;
  readonly detectors?: Detectors;
}

type Detectors = Partial<Record<PatternKind, (household: Household) => readonly Pattern[]>>;

const DETECTORS: Detectors = {
  time_of_day: findTimesOfDay,
  co_activation: findCoActivations,
  sequence: findSequences,
  contextual: findContextual,
  room_based: findRoomBased,
  routine: findRoutines,
  duration: findDurations,
  day_type: findDayTypes,
  frequency: findFrequencies,
  seasonal: findSeasonal,
  multi_factor: findMultiFactor,
  person: findPersonal,
  anomaly: findAnomalies,
};

/**
 * What all detectors find, each thing told once, the surest first; the same for the same household.
 *
 * A detector that fails is told to `onDetector`, and the others go on.
 */
export function findPatterns(
  household: Household,
  { onDetector, detectors = DETECTORS }: Options = {},
): Pattern[] {
  const found: Pattern[] = [];
  for (const [kind, find] of Object.entries(detectors) as [PatternKind, typeof findAnomalies][]) {
    const startedAt = performance.now();
    const tookMs = () => performance.now() - startedAt;
    try {
      const own = find(household);
      found.push(...own);
      onDetector?.({ kind, durationMs: tookMs(), found: own.length, capped: 0 });
    } catch (error) {
      onDetector?.({ kind, durationMs: tookMs(), found: 0, capped: 0, error });
    }
  }
  return fuse(found);
}
