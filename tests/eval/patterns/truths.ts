import type { Pattern } from "#src/analysis/patterns/any-pattern.ts";
import { around } from "#src/analysis/patterns/circle/circle.ts";
import type { TimeOfDay } from "#src/analysis/patterns/pattern.ts";
import type { PlantedTime } from "./homes.ts";
import type { Planted } from "./mixed.ts";
import type { PlantedPair } from "./plant-co-activation.ts";
import { isContext, type PlantedContext } from "./plant-contextual.ts";
import { isDayType, type PlantedDayType } from "./plant-day-type.ts";
import { isDuration, type PlantedDuration } from "./plant-duration.ts";
import { isFrequency, type PlantedFrequency } from "./plant-frequency.ts";
import { isFactors, type PlantedFactors } from "./plant-multi-factor.ts";
import { isPersonal, type PlantedPersonal } from "./plant-person.ts";
import type { PlantedRoom } from "./plant-room-based.ts";
import type { PlantedRoutine } from "./plant-routine.ts";
import { isSeason, type PlantedSeason } from "./plant-seasonal.ts";
import type { PlantedSequence } from "./plant-sequence.ts";

const DAY_BEGINS = 240; // minutes
const NEAR = 30;
const SAME_ROUTINE = 75; // minutes
const MOST_MEMBERS = 0.5;

interface Step {
  readonly entityId: string;
  readonly to: string;
}

const nameOf = ({ entityId, to }: Step) => `${entityId} ${to}`;
const isSame = (one: Step, other: Step) => nameOf(one) === nameOf(other);
const isOfStream = (pattern: Pattern, step: Step) => "entityId" in pattern && isSame(pattern, step);

/** The steps of what goes together, in order where it says one. */
function stepsOf(pattern: Pattern): Step[] {
  if (pattern.kind === "co_activation") return [pattern.trigger, pattern];
  if (pattern.kind === "sequence") return [...pattern.steps];
  return pattern.kind === "room_based" || pattern.kind === "routine" ? [...pattern.members] : [];
}

const holdsAll = (whole: readonly Step[], part: readonly Step[]) =>
  part.length > 0 && part.every((one) => whole.some((other) => isSame(one, other)));

/** At that minute since midnight, give or take half an hour. */
export const isAt = (pattern: TimeOfDay, { minute, spread }: { minute: number; spread: number }) =>
  Math.abs(around(pattern.minute + DAY_BEGINS - minute)) <= Math.max(NEAR, spread);

/** What depends on the type of the day may be told by that alone. */
function isByDay(pattern: Pattern): boolean {
  if (pattern.kind === "day_type") return true;
  if (pattern.kind === "frequency") return pattern.what.is === "weekly";
  if (pattern.kind !== "multi_factor") return false;
  return pattern.factors.every(({ of }) => of === "day_period" || of === "day_type");
}

export function ofTime(time: PlantedTime): Planted {
  const isTold = (pattern: Pattern) =>
    pattern.kind === "time_of_day" && isSame(pattern, time) && isAt(pattern, time);
  return {
    ...{ kind: "time_of_day", entityIds: [time.entityId], tells: isTold },
    allows: (pattern) =>
      isTold(pattern) || (time.on !== "all" && isOfStream(pattern, time) && isByDay(pattern)),
  };
}

/** Lights that are bound to the same minute each by itself: no pairs. */
export const clockBound: readonly Planted[] = (
  [
    ["light.evening_one", 1270],
    ["light.evening_two", 1270],
    ["light.evening_three", 1275],
    ["light.morning_one", 400],
    ["light.morning_two", 408],
  ] as const
).map(([entityId, minute]) => {
  const times = { entityId, to: "on", on: "all", minute, spread: 4, probability: 0.9 } as const;
  return ofTime(times);
});

export function ofPair(pair: PlantedPair): Planted {
  const both = [pair.trigger, pair];
  return {
    kind: "co_activation",
    entityIds: both.map(({ entityId }) => entityId),
    tells: (pattern) => holdsAll(stepsOf(pattern), both),
    allows: (pattern) =>
      (pattern.kind === "co_activation" || pattern.kind === "room_based") &&
      holdsAll(both, stepsOf(pattern)),
  };
}

export function ofSequence({ steps }: PlantedSequence): Planted {
  const places = new Map(steps.map((step, place) => [nameOf(step), place]));
  const isInOrder = (some: readonly Step[]) => {
    const own = some.map((step) => places.get(nameOf(step)) ?? Number.NaN);
    return own.every((place, n) => place > (own[n - 1] ?? -1));
  };
  return {
    kind: "sequence",
    entityIds: steps.map(({ entityId }) => entityId),
    tells: (pattern) =>
      (pattern.kind === "sequence" &&
        stepsOf(pattern).length >= 3 &&
        isInOrder(stepsOf(pattern))) ||
      (pattern.kind === "routine" && holdsAll(stepsOf(pattern), steps)),
    allows: (pattern) =>
      holdsAll(steps, stepsOf(pattern)) &&
      (pattern.kind !== "sequence" || isInOrder(stepsOf(pattern))),
  };
}

/** A then B in the morning, B then C in the evening: pairs, but no chain. */
export const twoPairs: Planted = {
  entityIds: [0, 1, 2].map((n) => `switch.no_chain_${n}`),
  tells: () => false,
  allows: ({ kind }) => ["co_activation", "room_based", "time_of_day"].includes(kind),
};

export function ofRoom({ members }: PlantedRoom): Planted {
  return {
    kind: "room_based",
    entityIds: members.map(({ entityId }) => entityId),
    tells: (pattern) => {
      const common = stepsOf(pattern).filter((one) => members.some((other) => isSame(one, other)));
      return common.length >= Math.max(2, members.length - 1);
    },
    allows: (pattern) =>
      ["room_based", "co_activation"].includes(pattern.kind) && holdsAll(members, stepsOf(pattern)),
  };
}

export function ofRoutine({ members, minute, on }: PlantedRoutine): Planted {
  return {
    kind: "routine",
    entityIds: [...new Set(members.map(({ entityId }) => entityId))],
    tells: (pattern) => {
      if (pattern.kind !== "routine") return false;
      const common = pattern.members.filter((one) => members.some((other) => isSame(one, other)));
      const isThen = Math.abs(around(pattern.minute + DAY_BEGINS - minute)) <= SAME_ROUTINE;
      return common.length >= MOST_MEMBERS * members.length && isThen;
    },
    allows: (pattern) => {
      if (stepsOf(pattern).length > 0) return holdsAll(members, stepsOf(pattern));
      if (!members.some((one) => isOfStream(pattern, one))) return false;
      return pattern.kind === "time_of_day" || (on !== "all" && isByDay(pattern));
    },
  };
}

export function ofContext(context: PlantedContext): Planted {
  const isWeather = context.bound === "temperature" || context.bound === "condition";
  const isTold = (pattern: Pattern) => pattern.kind === "contextual" && isContext(pattern, context);
  return {
    ...{ kind: "contextual", entityIds: [context.entityId], tells: isTold },
    allows: (pattern) => {
      if (!isOfStream(pattern, context)) return false;
      if (pattern.kind === "multi_factor") {
        const of = context.bound === "condition" ? "weather" : "temperature";
        return isWeather ? pattern.factors.some((one) => one.of === of) : isByDay(pattern);
      }
      if (pattern.kind === "left_on") return context.bound === "going";
      // People come and go, and the sun sets, at a time of the day, and not so on weekends.
      return (
        isTold(pattern) || (!isWeather && (pattern.kind === "time_of_day" || isByDay(pattern)))
      );
    },
  };
}

/** What is bound to the same thing, as when all leave, is done within minutes of each other. */
export function ofAllGoing(entityIds: readonly string[]): Planted {
  return { entityIds, tells: () => false, allows: (pattern) => stepsOf(pattern).length > 0 };
}

export function ofDuration(duration: PlantedDuration): Planted {
  const { entityId, kind } = duration;
  const isTold = (pattern: Pattern) =>
    (pattern.kind === "duration" || pattern.kind === "left_on") && isDuration(pattern, duration);
  return {
    ...{ kind, entityIds: [entityId], tells: isTold },
    allows: (pattern) => {
      if (pattern.kind === "time_of_day") return true;
      // The lights are turned off, or forgotten, when people go.
      const isGoing = pattern.kind === "contextual" && pattern.context.of === "presence";
      return isTold(pattern) || (entityId.startsWith("light.") && (isGoing || isByDay(pattern)));
    },
  };
}

export function ofFactors(factors: PlantedFactors): Planted {
  const signal = { temperature: "weather.temperature", weather: "weather.condition" };
  const own = factors.of.find((of) => of !== "day_period");
  const isWeather = (pattern: Pattern) =>
    pattern.kind === "contextual" &&
    pattern.context.of === "weather" &&
    isSame(pattern, factors) &&
    pattern.context.signalId === signal[own as keyof typeof signal];
  const isFree = (pattern: Pattern) =>
    own === "day_type" && pattern.kind === "time_of_day" && pattern.on !== "all";
  const isTold = (pattern: Pattern) =>
    (pattern.kind === "multi_factor" && isFactors(pattern, factors)) ||
    isWeather(pattern) ||
    (isFree(pattern) && isOfStream(pattern, factors));
  return {
    ...{ kind: "multi_factor", entityIds: [factors.entityId], tells: isTold },
    allows: (pattern) => {
      if (!isOfStream(pattern, factors)) return false;
      return (
        isTold(pattern) || (own === "day_type" ? isByDay(pattern) : pattern.kind === "time_of_day")
      );
    },
  };
}

export function ofDayType(type: PlantedDayType): Planted {
  const isTold = (pattern: Pattern) =>
    (pattern.kind === "day_type" && isDayType(pattern, type)) ||
    (pattern.kind === "time_of_day" && isSame(pattern, type) && pattern.on !== "all");
  return {
    ...{ kind: "day_type", entityIds: [type.entityId], tells: isTold },
    allows: (pattern) =>
      isOfStream(pattern, type) && (pattern.kind === "time_of_day" || isByDay(pattern)),
  };
}

export function ofFrequency(frequency: PlantedFrequency): Planted {
  const isWeekly = frequency.is === "weekly";
  const isTold = (pattern: Pattern) =>
    (pattern.kind === "frequency" && isFrequency(pattern, frequency)) ||
    (isWeekly &&
      pattern.kind === "time_of_day" &&
      isSame(pattern, frequency) &&
      pattern.on !== "all");
  return {
    ...{ kind: "frequency", entityIds: [frequency.entityId], tells: isTold },
    allows: (pattern) =>
      isTold(pattern) || (isWeekly && isOfStream(pattern, frequency) && isByDay(pattern)),
  };
}

export function ofPerson(personal: PlantedPersonal): Planted {
  const isTold = (pattern: Pattern) =>
    (pattern.kind === "person" && isPersonal(pattern, personal)) ||
    (pattern.kind === "time_of_day" &&
      isSame(pattern, personal) &&
      pattern.person === personal.person);
  return {
    ...{ kind: "person", entityIds: [personal.entityId], tells: isTold },
    allows: (pattern) =>
      isTold(pattern) ||
      (isOfStream(pattern, personal) && pattern.kind === "time_of_day" && !pattern.person),
  };
}

/** What goes by the light is rarer, or more frequent, lately. */
export function ofSeason(season: PlantedSeason): Planted {
  const isTold = (pattern: Pattern) => pattern.kind === "seasonal" && isSeason(pattern, season);
  const is = season.is === "long" ? "more" : "less";
  return {
    ...{ kind: "seasonal", entityIds: [season.entityId], tells: isTold },
    allows: (pattern) =>
      isTold(pattern) || (pattern.kind === "frequency" && pattern.what.is === is),
  };
}
