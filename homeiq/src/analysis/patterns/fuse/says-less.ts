import { MINUTE_MS } from "#foundation/time.ts";
import type { Act } from "../acts/acts.ts";
import type { Pattern } from "../any-pattern.ts";
import { around } from "../circle/circle.ts";
import { createCounter } from "../diary/diary.ts";
import type { TimeOfDay } from "../pattern.ts";
import type { Routine } from "../routine/routine.ts";
import type { Sequence } from "../sequence/sequence.ts";

const MOSTLY = 0.5; // of the times it was seen
const NEARLY_ALL = 0.8;
const OCCASION_MS = 30 * MINUTE_MS;

interface Compared {
  readonly one: Pattern;
  readonly other: Pattern;
  /** When the other was seen. */
  readonly times: ReadonlySet<Act>;
}

/** Whether what one tells is told by the other as well, with more. */
export function saysLess(compared: Compared): boolean {
  const { one, other } = compared;
  switch (one.kind) {
    case "time_of_day":
      return isContexts(compared, one);
    case "co_activation":
    case "sequence":
    case "room_based":
    case "routine":
      return isPartOf(one, other);
    case "seasonal":
      return isSeasons(compared);
    case "day_type":
    case "frequency":
    case "multi_factor":
    case "person":
      return isHabits(compared);
    default:
      return false;
  }
}

/** The sun, or coming and going, explains it better than the clock: its null model is the clock. */
function isContexts({ one, other, times }: Compared, { entityId, to }: TimeOfDay): boolean {
  if (other.kind !== "contextual" || other.entityId !== entityId || other.to !== to) return false;
  if (other.context.of === "sun") return sharedOf(one, times) >= MOSTLY;
  return other.confidence >= one.confidence && sharedOf(one, times) >= NEARLY_ALL;
}

const sharedOf = ({ seen }: Pattern, times: ReadonlySet<Act>) =>
  seen.filter((act) => times.has(act)).length / Math.max(1, seen.length);

/** How much is said of things that are done together: how many they are, then whether in which order or when. */
const RANKS: Partial<Record<Pattern["kind"], number>> = {
  ...{ co_activation: 1, room_based: 2, sequence: 3, routine: 4 },
};

function isPartOf(one: Pattern, other: Pattern): boolean {
  if (one.kind === "routine") return other.kind === "sequence" && isAnyHour(one, other);
  if (one.kind === "sequence") return other.kind === "routine" && isOfHour(one, other);
  const [less, more] = [RANKS[one.kind] ?? 0, RANKS[other.kind] ?? 0];
  if (less === 0 || more <= less || !isWithin(one, other)) return false;
  return occasionsOf(one, other) >= MOSTLY * one.seen.length;
}

const isWithin = (one: Pattern, other: Pattern): boolean => {
  const whole = membersOf(other);
  return membersOf(one).every((member) => whole.includes(member));
};

/** What is done in a row nearly only as a part of a routine; else the hour of the day says little of it. */
const isOfHour = (row: Sequence, routine: Routine): boolean =>
  isWithin(row, routine) && occasionsOf(row, routine) >= NEARLY_ALL * row.seen.length;

const isAnyHour = (routine: Routine, row: Sequence): boolean =>
  isWithin(routine, row) &&
  occasionsOf(routine, row) >= MOSTLY * routine.seen.length &&
  !isOfHour(row, routine);

function membersOf(one: Pattern): string[] {
  const name = ({ entityId, to }: { entityId: string; to: string }) => `${entityId} ${to}`;
  if (one.kind === "co_activation") return [name(one.trigger), name(one)];
  if (one.kind === "sequence") return one.steps.map(name);
  return one.kind === "room_based" || one.kind === "routine" ? one.members.map(name) : [];
}

/** On how many of its occasions the other was done as well. */
function occasionsOf(one: Pattern, other: Pattern): number {
  const reach = OCCASION_MS + lengthOf(other);
  const count = createCounter(Float64Array.from(other.seen, ({ at }) => at));
  return one.seen.filter(({ at }) => count(at - reach, at + OCCASION_MS) > 0).length;
}

const lengthOf = (one: Pattern) => (one.kind === "routine" ? one.lengthMinutes * MINUTE_MS : 0);

/** What goes by the weather, or has changed lately, is rarer or more frequent at a time of the year by that. */
function isSeasons({ one, other }: Compared): boolean {
  if (!isOfSameStream(one, other)) return false;
  if (other.kind === "frequency" && other.what.is !== "weekly") return other.chance < one.chance;
  return isByWeather(other);
}

function isByWeather(other: Pattern): boolean {
  if (other.kind === "contextual") return other.context.of === "weather";
  return other.kind === "multi_factor" && other.factors.some(({ of }) => of === "temperature");
}

const isOfSameStream = (one: Pattern, other: Pattern): boolean =>
  "entityId" in one &&
  "entityId" in other &&
  one.entityId === other.entityId &&
  one.to === other.to;

/** A clock habit that says on which days it comes, and whose it is, has said it. */
function isHabits({ one, other, times }: Compared): boolean {
  if (!isOfSameStream(one, other)) return false;
  if (one.kind === "frequency" && one.what.is !== "weekly") {
    return isByWeather(other) || (other.kind === "seasonal" && other.chance <= one.chance);
  }
  if (other.kind !== "time_of_day") return false;
  if (one.kind === "person") return other.person === one.person && isSeenThere(one, times);
  if (one.kind === "multi_factor") {
    const isOfClock = one.factors.every(({ of }) => of === "day_period" || of === "day_type");
    return isOfClock && other.on !== "all" && isSeenThere(one, times);
  }
  if (other.on === "all") return false;
  if (one.kind === "frequency") return isSeenThere(one, times);
  if (one.kind !== "day_type") return false;
  if (one.differs === "count") return isSeenThere(one, times);
  return [one.value, one.otherValue].some((minute) => Math.abs(around(minute - other.minute)) < 60);
}

const isSeenThere = (one: Pattern, times: ReadonlySet<Act>) => sharedOf(one, times) >= MOSTLY;
