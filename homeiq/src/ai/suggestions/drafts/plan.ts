import type { Pattern } from "#analysis/patterns/patterns.ts";
import { parts } from "#analysis/templates/templates.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Period } from "#home/automation/automation.ts";
import { toCall } from "./act-call.ts";
import { dayConditions } from "./days.ts";
import type { Drafting, PatternDraft } from "./drafts.ts";
import { knowsPresence, timeTrigger } from "./when.ts";

type Plan = Extract<Pattern, { kind: "presence_plan" }>;

const EMPTY_MS = 30 * MINUTE_MS; // who takes out the rubbish is not away
const MOST_LIGHTS = 5; // more are not looked at from the street
const MOST_TIMES = 2; // of one light in an evening
const LEAST_MINUTES = 30; // on for less it might go off before it comes on
const ENDS_MINUTE = 1_185; // 23:45: later the calendar has the next day, and most houses are dark
const SPREAD_MINUTES = 20;
const ROUND = 5;
const WORTH = 0.4; // nobody can say how often a house will be empty in the evening

interface Lit {
  readonly entityId: string;
  readonly from: number;
  readonly until: number;
}

/**
 * The lights of a usual evening go on and off while nobody is home, each time up to 20 minutes later than the last.
 *
 * Each step is a trigger of its own, so that a restart of Home Assistant loses none, and asks again before it acts whether
 * the house is still empty. The spread follows from the date: it differs from day to day, and can be played back.
 */
export function draftPlan(pattern: Plan, drafting: Drafting): PatternDraft | undefined {
  const { home, texts, names } = drafting;
  if (!knowsPresence(home)) return undefined;
  const steps = litIn(pattern)
    .filter(({ entityId }) => toCall({ entityId, to: "on" }, home))
    .flatMap(({ entityId, from, until }) => [
      { entityId, to: "on", minute: from },
      { entityId, to: "off", minute: until },
    ])
    .sort((one, other) => one.minute - other.minute);
  if (steps.length === 0) return undefined;
  const choices = steps.map(({ entityId, to }, n) => ({
    conditions: [parts.by(String(n))],
    sequence: [toCall({ entityId, to }, home)?.action].filter((one) => one !== undefined),
  }));
  const lights = [...new Set(steps.map(({ entityId }) => entityId))];
  return {
    title: texts.say("suggestion.plan", { days: texts.say(`on.${pattern.on}`) }),
    text: texts.say("suggestion.because.plan", {
      ...{ text: texts.sayPattern(pattern, names), names: texts.list(lights.map(names.entity)) },
    }),
    make: {
      kind: "automation",
      triggers: steps.map(({ minute }, n) => ({ ...timeTrigger(minute), id: String(n) })),
      conditions: [
        parts.hasBeen("zone.home", "0", EMPTY_MS),
        ...dayConditions(pattern.on, 0, home), // no step is after midnight
      ],
      actions: [
        { kind: "delay", delay: SPREAD },
        { kind: "condition", condition: parts.NOBODY_HOME },
        parts.choose(...choices),
      ],
      mode: "parallel",
      max: steps.length,
    },
    does: lights.map((entityId) => ({ entityId, to: `on while away ${pattern.on}` })),
    cautions: [],
    factors: [
      { name: "usefulness", value: WORTH, why: "factor.usefulness.plan" },
      { name: "novelty", value: 1, why: "factor.novelty.plan" },
    ],
  };
}

const SPREAD: Period = {
  parts: {
    minutes: {
      template: `{{ (now().day * 37 + now().month * 101 + (trigger.id | int(0)) * 53) % ${SPREAD_MINUTES + 1} }}`,
    },
  },
};

/** The lights that are on longest, with their longest times; what is still on at the end of the evening goes off then. */
function litIn({ steps }: Plan): Lit[] {
  const spans = [...Map.groupBy(steps, ({ entityId }) => entityId)].map(([entityId, own]) =>
    own
      .flatMap(({ to, minute }, n): Lit[] => {
        const ended = own.slice(n + 1).find((one) => one.to === "off")?.minute ?? ENDS_MINUTE;
        const until = Math.min(ENDS_MINUTE, ended);
        return to === "on" && until - minute >= LEAST_MINUTES
          ? [{ entityId, from: roundTo(minute), until: roundTo(until) }]
          : [];
      })
      .toSorted((one, other) => lengthOf(other) - lengthOf(one))
      .slice(0, MOST_TIMES),
  );
  const total = (own: readonly Lit[]) => own.reduce((sum, one) => sum + lengthOf(one), 0);
  return spans
    .toSorted((one, other) => total(other) - total(one))
    .slice(0, MOST_LIGHTS)
    .flat();
}

const lengthOf = ({ from, until }: Lit) => until - from;
const roundTo = (minute: number) => Math.round(minute / ROUND) * ROUND;
