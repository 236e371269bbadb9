import type { Anomaly } from "./anomaly/anomaly.ts";
import type { CoActivation } from "./co-activation/co-activation.ts";
import type { Contextual } from "./contextual/contextual.ts";
import type { DayType } from "./day-type/day-type.ts";
import type { Duration } from "./duration/duration.ts";
import type { Frequency } from "./frequency/frequency.ts";
import type { MultiFactor } from "./multi-factor/multi-factor.ts";
import type { TimeOfDay } from "./pattern.ts";
import type { Personal } from "./person/person.ts";
import type { PresencePlan } from "./presence-plan/presence-plan.ts";
import type { RoomBased } from "./room-based/room-based.ts";
import type { Routine } from "./routine/routine.ts";
import type { Seasonal } from "./seasonal/seasonal.ts";
import type { Sequence } from "./sequence/sequence.ts";

/** What any of the detectors finds. */
export type Pattern =
  | TimeOfDay
  | CoActivation
  | Sequence
  | Contextual
  | RoomBased
  | Routine
  | Duration
  | DayType
  | Frequency
  | Seasonal
  | MultiFactor
  | Personal
  | PresencePlan
  | Anomaly;

export type PatternKind = Pattern["kind"];

export const PATTERN_KINDS = [
  "time_of_day",
  "co_activation",
  "sequence",
  "contextual",
  "room_based",
  "routine",
  "duration",
  "left_on",
  "day_type",
  "frequency",
  "seasonal",
  "multi_factor",
  "person",
  "presence_plan",
  "anomaly",
] as const satisfies readonly PatternKind[];

type Without<P, K extends PropertyKey> = P extends Pattern ? Omit<P, K> : never;

/** What was found, without when it was seen and missed. */
export type PatternFacts = Without<Pattern, "seen" | "missed">;
/** What was found, without when it was seen. */
export type Unseen = Without<Pattern, "seen">;
