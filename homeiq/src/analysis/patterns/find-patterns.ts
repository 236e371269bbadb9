import { findAnomalies } from "./anomaly/anomaly.ts";
import type { Pattern } from "./any-pattern.ts";
import { FALSE_DISCOVERIES } from "./chance/chance.ts";
import { findCoActivations } from "./co-activation/co-activation.ts";
import { findContextual } from "./contextual/contextual.ts";
import { findDayTypes } from "./day-type/day-type.ts";
import { findDurations } from "./duration/duration.ts";
import { findFrequencies } from "./frequency/frequency.ts";
import { fuse } from "./fuse/fuse.ts";
import type { DetectorRun } from "./known/known.ts";
import { findMultiFactor } from "./multi-factor/multi-factor.ts";
import type { Household } from "./pattern.ts";
import { findPersonal } from "./person/person.ts";
import { findPresencePlans } from "./presence-plan/presence-plan.ts";
import { findRoomBased } from "./room-based/room-based.ts";
import { findRoutines } from "./routine/routine.ts";
import { findSeasonal } from "./seasonal/seasonal.ts";
import { findSequences } from "./sequence/sequence.ts";
import { findTimesOfDay } from "./time-of-day/time-of-day.ts";

/**
 * Finds one kind of pattern. `onCapped` is told of how many candidates, the weakest, were not looked at, to bound the time.
 */
export type Detector = (
  household: Household,
  onCapped: (candidates: number) => void,
) => readonly Pattern[];

/** By name. */
type Detectors = Readonly<Record<string, Detector>>;

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
  presence_plan: findPresencePlans,
  anomaly: findAnomalies,
};

interface Options {
  /** Told after each detector. */
  readonly onDetector?: (run: DetectorRun) => void;
  readonly detectors?: Detectors;
}

/**
 * What all detectors find, each thing told once, the surest first; the same for the same household.
 *
 * One that fails does not take the others along: `onDetector` is told why.
 */
export function findPatterns(
  household: Household,
  { onDetector, detectors = DETECTORS }: Options = {},
): Pattern[] {
  // One object for all: what several of them need is worked out once for it.
  const shared = { ...household, falseDiscoveries: FALSE_DISCOVERIES };
  const found = Object.entries(detectors).flatMap(([detector, find]) => {
    const startedAt = performance.now();
    let [capped, own]: [number, readonly Pattern[]] = [0, []];
    let error: string | undefined;
    try {
      own = find(shared, (candidates) => {
        capped += candidates;
      });
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
    onDetector?.({
      ...{ detector, capped, found: own.length },
      durationMs: performance.now() - startedAt,
      ...(error === undefined ? {} : { error }),
    });
    return own;
  });
  return fuse(found);
}
