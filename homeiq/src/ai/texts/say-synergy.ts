import type { Benefit, Synergy, SynergyFacts } from "#analysis/synergies/synergies.ts";
import { type Done, type Names, sayAct, saySaw, type Words } from "./words.ts";

/** What is said of a synergy. */
export interface SaidSynergy {
  readonly title: string;
  readonly text: string;
  /** How often it was seen, and what it would spare, a sentence each. */
  readonly explanation: readonly string[];
}

const DAY_BEGINS_MS = 4 * 3_600_000; // as habits count the clock

export function saySynergy(
  words: Words,
  names: Names,
  { synergy, currency }: { readonly synergy: Synergy; readonly currency: string },
): SaidSynergy {
  const { facts, measured, benefits, entityIds } = synergy;
  const { key, ...values } = valuesOf(words, names, facts);
  const [first = ""] = entityIds;
  const all = { name: names.entity(first), names: nameAll(words, names, entityIds), ...values };
  const told = "action" in facts && facts.action ? [] : [`synergy.${key}.title.told`];
  const ofType = `synergy.${key.split(".")[0]}.text`;
  const { n, of } = measured;
  return {
    title: words.sayFirst([...told, `synergy.${key}.title`], all),
    text: words.sayFirst([`synergy.${key}.text`, ofType], all),
    explanation: [
      words.say("synergy.measured", { n, of }),
      ...benefits.map((benefit) => sayBenefit(words, benefit, currency)),
    ],
  };
}

const nameAll = (words: Words, names: Names, ids: readonly string[]) =>
  words.list(ids.slice(0, 4).map((id) => names.entity(id)));

const rounded = (value: number) =>
  Math.abs(value) < 10 ? Math.round(value * 100) / 100 : Math.round(value);

const sayBenefit = (words: Words, { kind, perWeek }: Benefit, unit: string): string =>
  words.say(`synergy.benefit.${kind}`, {
    value: rounded(perWeek.value),
    low: rounded(perWeek.low),
    high: rounded(perWeek.high),
    unit,
  });

type Said = Readonly<Record<string, string | number>> & { readonly key: string };

function valuesOf(words: Words, names: Names, facts: SynergyFacts): Said {
  const act = "action" in facts && facts.action ? sayAct(words, names, facts.action) : "";
  switch (facts.type) {
    case "device_pair":
      return {
        ...{ key: facts.type, act, cause: cause(words, names, facts.trigger) },
        name: names.entity(facts.trigger.entityId),
        minutes: words.duration(facts.withinMinutes),
      };
    case "device_chain": {
      const [first, ...rest] = facts.steps;
      const acts = words.list(rest.map((step) => sayAct(words, names, step)));
      return { key: facts.type, acts, cause: first ? cause(words, names, first) : "" };
    }
    case "scene": {
      const acts = words.list(facts.members.map((one) => sayAct(words, names, one)));
      return { key: facts.type, acts, area: names.area(facts.areaId) };
    }
    case "weather":
      return sayWeather(words, names, { ...facts, act });
    case "energy":
      return {
        key: `energy.${facts.by}`,
        name: names.entity(facts.action?.entityId ?? facts.powerId),
        ...{ usual: clockOf(words, facts.usualStart), best: clockOf(words, facts.bestStart) },
        ...{ runs: facts.runs, kwh: rounded(facts.kwhPerRun) },
      };
    case "event":
      return { key: `event.${facts.what}`, act, team: facts.team, games: facts.games };
    case "calendar":
      return {
        ...{ key: `calendar.${facts.holds}`, act, clock: words.clock(facts.minute) },
        name: names.entity(facts.calendarId),
        ...{ on: facts.onDays.n, onOf: facts.onDays.of },
        ...{ other: facts.otherDays.n, otherOf: facts.otherDays.of },
      };
    case "comfort":
      return {
        ...{ key: `comfort.${facts.beyond}`, act, name: names.entity(facts.sensorId) },
        value: `${rounded(facts.limit)} ${facts.unit}`,
        worst: `${rounded(facts.worst)} ${facts.unit}`,
        ...{ out: rounded(facts.hoursOut), hours: rounded(facts.hours) },
        notHelped: rounded(facts.hoursNotHelped),
      };
    case "security":
      return {
        ...{ key: `security.${facts.while}`, act, name: names.entity(facts.entityId) },
        ...{ state: facts.state.replaceAll("_", " "), minutes: words.duration(facts.minutes) },
      };
    case "presence": {
      const who = facts.personId === undefined ? undefined : names.person(facts.personId);
      const event = `presence.${facts.event ?? "all_away"}`;
      const when = words.sayFirst(who === undefined ? [event] : [`${event}.who`, event], {
        who: who ?? "",
      });
      const minutes = words.duration(facts.minutes ?? 0);
      return { key: `presence.${facts.what}`, act, when, minutes };
    }
  }
}

const clockOf = (words: Words, ms: number) => words.clock((ms - DAY_BEGINS_MS) / 60_000);

const cause = (words: Words, names: Names, trigger: Done & { readonly isTrace: boolean }) =>
  trigger.isTrace
    ? saySaw(words, names, trigger)
    : words.say("after.act", { act: sayAct(words, names, trigger) });

type Weather = Extract<SynergyFacts, { type: "weather" }> & { readonly act: string };

function sayWeather(
  words: Words,
  names: Names,
  { what, when, watched, act, forecastId }: Weather,
): Said {
  const [first = ""] = watched;
  const ahead = forecastId === undefined ? "" : ".ahead";
  const value = !when || "is" in when ? "" : sayBound(when);
  return {
    ...{ key: `weather.${what}${ahead}`, act, value, when: sayWhen(words, when) },
    name: names.entity(first),
    names: nameAll(words, names, watched),
    forecast: forecastId === undefined ? "" : names.entity(forecastId),
  };
}

type When = NonNullable<Weather["when"]>;

const sayBound = (when: Exclude<When, { is: readonly string[] }>) =>
  `${rounded("above" in when ? when.above : when.below)} ${when.unit}`;

function sayWhen(words: Words, when: When | undefined): string {
  if (!when) return "";
  if ("is" in when) {
    const weather = words.list(when.is.map((one) => one.replaceAll(/[-_]/g, " ")));
    return words.say("weather.is", { weather });
  }
  return words.say("above" in when ? "weather.above" : "weather.below", { value: sayBound(when) });
}
