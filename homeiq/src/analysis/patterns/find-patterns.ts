import { findAnomalies } from "./anomaly/anomaly.ts";
import type { Pattern } from "./any-pattern.ts";
import { findCoActivations } from "./co-activation/co-activation.ts";
import { findContextual } from "./contextual/contextual.ts";
import { findDayTypes } from "./day-type/day-type.ts";
import { findDurations } from "./duration/duration.ts";
import { findFrequencies } from "./frequency/frequency.ts";
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

const DETECTORS: Readonly<Record<string, (household: Household) => Pattern[]>> = {
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

/** All that the detectors find, surest first. One that fails does not take the others along. */
export function findPatterns(
  household: Household,
  { onDetector }: { readonly onDetector: (run: DetectorRun) => void },
): Pattern[] {
  return Object.entries(DETECTORS).flatMap(([detector, find]) => {
    const startedAt = performance.now();
    const found = find(household);
    onDetector({
      detector,
      found: found.length,
      durationMs: performance.now() - startedAt,
      capped: 0,
    });
    return found;
  });
}
