import type { Pattern } from "#analysis/patterns/patterns.ts";
import { parts } from "#analysis/templates/templates.ts";
import type { Condition } from "#home/automation/automation.ts";
import type { HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { toCall } from "./act-call.ts";
import { dayConditions, kindConditions, onWeekdays } from "./days.ts";
import type { Drafting, PatternDraft } from "./drafts.ts";
import { monthConditions } from "./months.ts";
import { usualMinuteOf } from "./usual-time.ts";
import { knowsPresence, personOf, presenceConditions, timeTrigger, toClockMinute } from "./when.ts";

type Usual = Extract<
  Pattern,
  { kind: "day_type" | "person" | "seasonal" | "multi_factor" | "frequency" }
>;
type Of<K extends Usual["kind"]> = Extract<Usual, { kind: K }>;
type Factor = Of<"multi_factor">["factors"][number];

/** When it is done beside the hour, in words and as Home Assistant can ask it. */
interface Limits {
  readonly when: string;
  readonly conditions: readonly Condition[];
  /** One of these says who is there. */
  readonly saysWho?: boolean;
}

const HOUR_HAS_TWO_DAYS = 1_200; // minutes since 04:00: from midnight on the calendar has the next day

/**
 * What a pattern ties to a type of day, a person, a time of the year or several things at once, done at the hour at which
 * it usually is. A pattern that has no such hour names no moment, and becomes nothing: playing it back tells how often the
 * hour is right.
 */
export function draftUsual(pattern: Usual, drafting: Drafting): PatternDraft | undefined {
  const { home, texts, names, timeZone } = drafting;
  const call = toCall(pattern, home);
  const minute = minuteOf(pattern, timeZone);
  const limits = minute === undefined ? undefined : limitsOf(pattern, minute, drafting);
  if (!call || minute === undefined || !limits) return undefined;
  const { entityId, to } = pattern;
  const clock = texts.clock(toClockMinute(minute) - 240); // as words count it
  return {
    title: texts.say("suggestion.at", {
      ...{ act: texts.sayAct(pattern, names), clock, days: limits.when },
    }),
    text: texts.say(isNamed(pattern) ? "suggestion.because" : "suggestion.because.usual", {
      ...{ text: texts.sayPattern(pattern, names), clock },
    }),
    make: {
      kind: "automation",
      triggers: [timeTrigger(minute)],
      conditions: [
        ...limits.conditions,
        ...(limits.saysWho ? [] : presenceConditions([pattern], home)),
      ],
      actions: [call.action],
      mode: "single",
    },
    does: [{ entityId, to }],
    cautions: call.caution === undefined ? [] : [call.caution],
  };
}

/** A type of day names its first or last hour itself. */
const isNamed = (pattern: Usual): pattern is Of<"day_type"> =>
  pattern.kind === "day_type" && pattern.differs !== "count";

function minuteOf(pattern: Usual, timeZone: string): number | undefined {
  const usual = usualMinuteOf(pattern.seen, timeZone);
  return usual !== undefined && isNamed(pattern) ? pattern.value : usual;
}

function limitsOf(pattern: Usual, minute: number, drafting: Drafting): Limits | undefined {
  switch (pattern.kind) {
    case "day_type":
      return ofDayType(pattern, minute, drafting);
    case "person":
      return ofPerson(pattern, drafting);
    case "seasonal":
      return ofSeason(pattern, drafting);
    case "multi_factor":
      return ofFactors(pattern, minute, drafting);
    case "frequency":
      return ofWeekdays(pattern, minute, drafting);
  }
}

function ofDayType({ on }: Of<"day_type">, minute: number, { home, texts }: Drafting) {
  const conditions = kindConditions(on, minute, home);
  return conditions && { when: texts.say(`on.kind.${on}`), conditions };
}

/** While that person is home. */
function ofPerson({ person }: Of<"person">, { home, texts, names }: Drafting): Limits | undefined {
  const entity = personOf(person, home);
  if (!entity) return undefined;
  const who = names.person(person) ?? entity.name;
  return {
    when: texts.say("when.person", { who }),
    conditions: [parts.is(entity.entityId, "home")],
    saysWho: true,
  };
}

/** A light that is on more often when days are short is on because it is dark. */
function ofSeason(pattern: Of<"seasonal">, { home, texts }: Drafting): Limits {
  const { when, entityId, to } = pattern;
  const isLight = entityId.startsWith("light.") && to === "on";
  if (when.tentative && when.days === "short" && isLight) {
    return { when: texts.say("when.dark"), conditions: [parts.DARK] };
  }
  return {
    when: texts.say(when.tentative ? `when.days.${when.days}` : `season.${when.season}`),
    conditions: [monthConditions(pattern, home)],
  };
}

function ofFactors(
  { factors }: Of<"multi_factor">,
  minute: number,
  { home, texts }: Drafting,
): Limits | undefined {
  const others = factors.filter(({ of }) => of !== "day_period"); // that is the hour itself
  const conditions = others.map((one) => conditionOf(one, minute, home));
  if (others.length === 0 || conditions.some((one) => one === undefined)) return undefined;
  return {
    when: texts.sayFactors(others),
    conditions: conditions.flatMap((one) => one ?? []),
    saysWho: others.some(({ of }) => of === "presence"),
  };
}

/** How cold "cold" is a pattern does not say; weather is asked of the only entity that tells it. */
function conditionOf({ of, is }: Factor, minute: number, home: HomeSnapshot) {
  switch (of) {
    case "day_type":
      return dayConditions(is === "free" ? "free" : "workdays", minute, home);
    case "presence":
      if (!knowsPresence(home)) return undefined;
      return [is === "alone" ? parts.is("zone.home", "1") : parts.isAbove("zone.home", 1)];
    case "weather": {
      const told = [...home.entities.values()].filter(({ domain }) => domain === "weather");
      const [weather] = told;
      return weather && told.length === 1 ? [parts.is(weather.entityId, is)] : undefined;
    }
    default:
      return undefined;
  }
}

/** That something is done more or less often than before names no moment: it is told, and nothing follows from it. */
function ofWeekdays(
  { what }: Of<"frequency">,
  minute: number,
  { texts }: Drafting,
): Limits | undefined {
  if (what.is !== "weekly") return undefined;
  const days = what.weekdays.map((day) => texts.say(`on.${day}` as "on.0")); // 0 to 6
  return {
    when: texts.list(days),
    conditions: [onWeekdays(what.weekdays, minute >= HOUR_HAS_TWO_DAYS)],
  };
}
