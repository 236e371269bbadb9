import type { Synergy, SynergyFacts, WeatherFacts } from "#analysis/synergies/synergies.ts";
import { sayWhen } from "./say-when.ts";
import type { Values } from "./text-of.ts";
import { type Done, type Names, sayAct, saySaw, type Words } from "./words.ts";

const DAY_BEGINS_MINUTE = 240; // `clock` counts from 04:00
const MINUTE_MS = 60_000;

/** What things could do together, and what it would have spared. */
export function saySynergy(
  words: Words,
  names: Names,
  synergy: Synergy,
): { title: string; text: string } {
  const { key, titleKey, values } = saidOf(words, names, synergy);
  const all: Values = { ...commonOf(names, synergy), ...values };
  const text = [words.sayFirst([key], all), ...spares(words, synergy)].join(" ");
  return { title: words.sayFirst([titleKey], all), text };
}

function commonOf(names: Names, { measured, entityIds, areaId }: Synergy): Values {
  const [first] = entityIds;
  return {
    ...{ n: measured.n, of: measured.of },
    name: first === undefined ? "" : names.entity(first),
    area: areaId === undefined ? "" : names.area(areaId),
  };
}

interface Said {
  readonly key: string;
  readonly titleKey: string;
  readonly values: Values;
}

function saidOf(words: Words, names: Names, { facts }: Synergy): Said {
  const key = `synergy.${facts.type}`;
  const act = "action" in facts && facts.action ? sayAct(words, names, facts.action) : "";
  const name: Values =
    "action" in facts && facts.action ? { name: names.entity(facts.action.entityId) } : {};
  const of = (values: Values, kind = "", title = kind): Said => ({
    ...{ key: key + kind, titleKey: `${key}${title}.title`, values: { act, ...name, ...values } },
  });
  switch (facts.type) {
    case "device_pair":
    case "device_chain":
      return sayRow(words, names, facts);
    case "scene":
      return of({ acts: listOf(words, names, facts.members) });
    case "weather": {
      const [watched = ""] = facts.watched;
      const limit = facts.when && "above" in facts.when ? facts.when : undefined;
      return of(
        {
          ...{ watched: names.entity(watched), names: words.list(facts.watched.map(names.entity)) },
          ...(limit && { limit: `${limit.above} ${limit.unit}` }),
          ...(facts.what === "habit" && { when: sayHabit(words, names, facts) }),
        },
        `.${facts.what}`,
      );
    }
    case "energy":
      return of(
        {
          ...{ name: names.entity(facts.action?.entityId ?? facts.powerId), runs: facts.runs },
          ...{ usual: clockAt(words, facts.usualStart), best: clockAt(words, facts.bestStart) },
          hours: words.duration(facts.withinHours * 60),
        },
        "",
        `.${facts.by}`,
      );
    case "event":
      return of({ team: facts.team }, `.${facts.what}`);
    case "calendar": {
      const other = facts.holds === "on" ? facts.otherDays : facts.onDays;
      const calendar = names.entity(facts.calendarId);
      const values = { calendar, clock: words.clock(facts.minute), otherN: other.n };
      return of({ ...values, otherOf: other.of }, `.${facts.holds}`, "");
    }
    case "comfort":
      return of(
        {
          ...{ watched: names.entity(facts.sensorId), limit: `${facts.limit} ${facts.unit}` },
          hours: words.duration(facts.hoursNotHelped * 60),
        },
        `.${facts.beyond}`,
        "",
      );
    case "security": {
      const state = facts.state === "unlocked" ? "unlocked" : "on";
      const minutes = words.duration(facts.minutes);
      const values = { name: names.entity(facts.entityId), minutes };
      return of(values, `.${facts.while}.${state}`, `.${facts.while}`);
    }
    case "presence": {
      const { event, personId, what, minutes = 0 } = facts;
      const when =
        event &&
        sayWhen(words, names, {
          ...{ of: "presence", event, delayMinutes: 0 },
          ...(personId !== undefined && { signalId: personId }),
        });
      return of(
        { ...(when !== undefined && { when }), minutes: words.duration(minutes) },
        `.${what}`,
      );
    }
  }
}

function sayHabit(words: Words, names: Names, { weatherId = "", when }: WeatherFacts): string {
  if (!when) return "";
  const plain = "is" in when ? { is: when.is[0] ?? "" } : when;
  return sayWhen(words, names, { of: "weather", signalId: weatherId, when: plain });
}

type FirstStep = Done & { readonly isTrace: boolean };

function sayRow(
  words: Words,
  names: Names,
  facts: Extract<SynergyFacts, { type: "device_pair" | "device_chain" }>,
): Said {
  const key = `synergy.${facts.type}`;
  const isChain = facts.type === "device_chain";
  // A row has two at least.
  const first = (isChain ? facts.steps[0] : facts.trigger) as FirstStep;
  const others: readonly Done[] = isChain ? facts.steps.slice(1) : [facts.action];
  const cause = first.isTrace ? saySaw(words, names, first) : sayAct(words, names, first);
  return {
    key: first.isTrace ? key : `${key}.after`,
    titleKey: `${key}.title`,
    values: {
      ...{ cause, acts: listOf(words, names, others), act: listOf(words, names, others) },
      ...{ trigger: names.entity(first.entityId), first: names.entity(first.entityId) },
      name: names.entity(others[0]?.entityId ?? ""),
      ...(facts.type === "device_chain" && { n: others.length + 1 }),
      ...(facts.type === "device_pair" && { minutes: words.duration(facts.withinMinutes) }),
    },
  };
}

const listOf = (words: Words, names: Names, deeds: readonly Done[]) =>
  words.list(deeds.map((deed) => sayAct(words, names, deed)));

/** Milliseconds after midnight. */
const clockAt = (words: Words, ms: number) => words.clock(ms / MINUTE_MS - DAY_BEGINS_MINUTE);

/** Each of what it would have spared, with its range. */
function spares(words: Words, { benefits }: Synergy): string[] {
  return benefits.map(({ kind, perWeek, days }) => {
    const round = (value: number) => Number(value.toPrecision(2));
    const { value, low, high } = perWeek;
    return words.say("synergy.spares", {
      value: words.say(`benefit.${kind}`, { n: round(value) }),
      ...{ days, low: round(low), high: round(high) },
    });
  });
}
