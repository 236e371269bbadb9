import type { KnownPattern, Pattern } from "#analysis/patterns/patterns.ts";
import { sayFactor, sayWhen } from "./say-when.ts";
import { type Done, type Names, sayAct, saySaw, type Words } from "./words.ts";

type Of<K extends Pattern["kind"]> = Extract<Pattern, { kind: K }>;

/** What the household does, in one or two sentences. */
export function sayPattern(words: Words, names: Names, pattern: Pattern): string {
  const { say } = words;
  const act = "to" in pattern ? sayAct(words, names, pattern) : "";
  switch (pattern.kind) {
    case "time_of_day":
      return sayTime(words, names, pattern);
    case "co_activation":
      return sayPair(words, names, pattern);
    case "sequence":
      return saySequence(words, names, pattern);
    case "contextual": {
      const when = sayWhen(words, names, pattern.context);
      if (pattern.context.of !== "sun") return say("pattern.contextual", { act, when });
      const days = say(`on.${pattern.context.on}`);
      return say("pattern.contextual.sun", { act, when, days });
    }
    case "room_based": {
      const area = names.area(pattern.areaId);
      return say("pattern.room_based", { area, acts: sayActs(words, names, pattern.members) });
    }
    case "routine":
      return say("pattern.routine", {
        part: say(`part.${pattern.part}`),
        days: say(`on.${pattern.on}` as "on.all"), // each set of days has its text
        clock: words.clock(pattern.minute),
        acts: sayActs(words, names, pattern.members),
      });
    case "duration":
      return say("pattern.duration", {
        name: names.entity(pattern.entityId),
        minutes: words.duration(pattern.minutes),
      });
    case "left_on":
      return say(`pattern.left_on.${pattern.while}`, {
        name: names.entity(pattern.entityId),
        minutes: words.duration(pattern.minutes),
      });
    case "day_type":
      return say(`pattern.day_type.${pattern.differs}`, {
        act,
        on: say(`kind.${pattern.on}`),
        than: say(`kind.${pattern.than}`),
        clock: words.clock(pattern.value),
        otherClock: words.clock(pattern.otherValue),
      });
    case "frequency":
      return sayFrequency(words, act, pattern);
    case "seasonal":
      return pattern.when.tentative
        ? say(`pattern.seasonal.${pattern.when.days}`, { act })
        : say("pattern.seasonal", { act, season: say(`season.${pattern.when.season}`) });
    case "multi_factor":
      return say("pattern.multi_factor", {
        act,
        when: words.list(pattern.factors.map((factor) => sayFactor(words, factor))),
        share: words.percent(pattern.share),
        shareWithout: words.percent(pattern.shareWithout),
      });
    case "person": {
      const who = names.person(pattern.person) ?? say("someone");
      return say("pattern.person", { act, who, share: words.percent(pattern.share) });
    }
    case "presence_plan":
      return say("pattern.presence_plan", { days: say(`on.${pattern.on}`) });
    case "anomaly":
      return sayAnomaly(words, names, pattern);
  }
}

/** What it rests on, and what speaks against it. */
export function sayEvidence(words: Words, known: KnownPattern): string[] {
  const { pattern, seenCount, missedCount, confidenceLow, confidenceHigh } = known;
  const missed = words.say("evidence.days", { n: missedCount });
  const counts = { n: seenCount, missed };
  const scatter = "scatter" in pattern ? pattern.scatter : undefined;
  return [
    words.say(missedCount === 0 ? "evidence.always" : "evidence.seen", counts),
    words.say("evidence.confidence", {
      confidence: words.percent(pattern.confidence),
      low: words.percent(confidenceLow),
      high: words.percent(confidenceHigh),
    }),
    ...(scatter !== undefined && pattern.kind !== "duration"
      ? [words.say("evidence.scatter", { minutes: words.duration(scatter) })]
      : []),
    ...(pattern.lift > 1.5 ? [words.say("evidence.lift", { lift: rounded(pattern.lift) })] : []),
  ];
}

const rounded = (value: number) => (value < 10 ? Math.round(value * 10) / 10 : Math.round(value));

/** `turn the lamp on, close the blind and lock the door` */
export const sayActs = (words: Words, names: Names, acts: readonly Done[]): string =>
  words.list(acts.map((one) => sayAct(words, names, one)));

function sayTime(words: Words, names: Names, pattern: Of<"time_of_day">): string {
  const who = pattern.person === undefined ? undefined : names.person(pattern.person);
  const values = {
    act: sayAct(words, names, pattern),
    clock: words.clock(pattern.minute),
    days: words.say(`on.${pattern.on}` as "on.all"), // each set of days has its text
  };
  if (who === undefined) return words.say("pattern.time_of_day", values);
  return words.say("pattern.time_of_day.person", { ...values, who });
}

interface Hours {
  readonly hours?: { readonly start: number; readonly end: number };
}

const sayHours = (words: Words, { hours }: Hours): string =>
  hours
    ? ` ${words.say("pattern.between", { from: words.clock(hours.start), until: words.clock(hours.end) })}`
    : "";

function sayPair(words: Words, names: Names, pattern: Of<"co_activation">): string {
  const { trigger, withinMinutes } = pattern;
  const values = { act: sayAct(words, names, pattern), minutes: words.duration(withinMinutes) };
  const said = trigger.isTrace
    ? words.say("pattern.co_activation", { ...values, cause: saySaw(words, names, trigger) })
    : words.say("pattern.co_activation.after", {
        ...values,
        cause: sayAct(words, names, trigger),
      });
  return `${said}${sayHours(words, pattern)}`;
}

function saySequence(words: Words, names: Names, pattern: Of<"sequence">): string {
  const [first, ...rest] = pattern.steps;
  const said = first?.isTrace
    ? words.say("pattern.sequence.after", {
        cause: saySaw(words, names, first),
        acts: sayActs(words, names, rest),
      })
    : words.say("pattern.sequence", { acts: sayActs(words, names, pattern.steps) });
  return `${said}${sayHours(words, pattern)}`;
}

function sayFrequency(words: Words, act: string, { perWeek, what }: Of<"frequency">): string {
  if (what.is === "weekly") {
    const days = words.list(what.weekdays.map((day) => words.say(`on.${day}` as "on.0"))); // 0 to 6
    return words.say("pattern.frequency.weekly", { act, days });
  }
  const values = { act, now: rounded(perWeek), before: rounded(what.perDayBefore * 7) };
  return words.say(`pattern.frequency.${what.is}`, values);
}

function sayAnomaly(words: Words, names: Names, { entityId, to, what }: Of<"anomaly">): string {
  const values = { name: names.entity(entityId), to: to.replaceAll("_", " ") };
  switch (what.is) {
    case "time":
      return words.say("pattern.anomaly.time", { ...values, clock: words.clock(what.minute) });
    case "duration":
      return words.say("pattern.anomaly.duration", {
        ...values,
        minutes: words.duration(what.minutes),
        usual: words.duration(what.usualMinutes),
      });
    case "absence":
      return words.say("pattern.anomaly.absence", {
        act: sayAct(words, names, { entityId, to }),
        last: words.moment(what.lastAt),
      });
  }
}
