import { effectsOf } from "./effects.ts";
import { plainTriggers } from "./plain-triggers.ts";
import {
  automationOf,
  DAY_MS,
  daysBetween,
  eachAutomation,
  type Linted,
  type LintedHouse,
  type Rule,
} from "./rule.ts";

const NEVER_FIRED_DAYS = 60; // past two months even a weekly habit has come round
const DISABLED_DAYS = 90; // a season: what is off for longer is forgotten
const SEASON_DAYS = 400; // heating and cooling rest for most of a year
const MIN_CUT_OFF = 5;
const MIN_FAILED = 10;

export const neverFired: Rule = {
  code: "lint.never_fired",
  severity: "hint",
  about:
    "An automation that has not run for two months may wait for something that no longer happens.",
  find: eachAutomation((one, house) => {
    const { now, neverFiredDays = NEVER_FIRED_DAYS } = house;
    const { lastTriggeredAt, createdAt, state, entityId } = one;
    if (state !== "on") return [];
    const since = lastTriggeredAt ?? createdAt;
    if (since === undefined || now - since < neverFiredDays * DAY_MS) return [];
    if (waitsForTrouble(one, house)) return [];
    if (isOfSeason(one, house) && now - since < SEASON_DAYS * DAY_MS) return [];
    const days = daysBetween(since, now);
    const message =
      lastTriggeredAt === undefined
        ? `${one.name} has never run in the ${days} days that it exists.`
        : `${one.name} has not run for ${days} days.`;
    return [{ about: [entityId], path: ["triggers"], message, facts: { days } }];
  }),
};

const TROUBLE = new Set([
  ...["smoke", "gas", "carbon_monoxide", "moisture", "safety", "tamper", "problem", "battery"],
]);

/** What it waits for should never happen: it is not forgotten, it is lucky. */
function waitsForTrouble(one: Linted, { home }: LintedHouse): boolean {
  const automation = automationOf(one);
  return (automation ? plainTriggers(automation, home) : []).some(
    (trigger) =>
      (trigger.kind === "state" || trigger.kind === "numeric_state") &&
      trigger.entityIds.some((entityId) => {
        const { domain, attributes } = home.entities.get(entityId) ?? {};
        return domain === "alarm_control_panel" || TROUBLE.has(String(attributes?.device_class));
      }),
  );
}

const isOfSeason = (one: Linted, house: LintedHouse): boolean =>
  effectsOf(one, house).some(({ entityId }) => entityId.startsWith("climate."));

export const unavailableAutomation: Rule = {
  code: "lint.unavailable_automation",
  severity: "error",
  about: "Home Assistant could not load the automation: it does nothing.",
  find: eachAutomation(({ entityId, name, state }) =>
    state === "unavailable"
      ? [{ about: [entityId], path: [], message: `${name} could not be loaded by Home Assistant.` }]
      : [],
  ),
};

export const cutOffByMode: Rule = {
  code: "lint.cut_off_by_mode",
  severity: "warning",
  about: "Most of its runs are refused or ended because another run was under way.",
  find: eachAutomation(({ entityId, name, runs, cutOff, configuration }) => {
    if (runs === undefined || cutOff === undefined || cutOff < MIN_CUT_OFF) return [];
    if (cutOff < runs * 0.5) return [];
    const mode = configuration?.kind === "automation" ? configuration.mode : "single";
    const message = `${name} was cut off ${cutOff} times in 30 days by its mode \`${mode}\`, and ran ${runs} times.`;
    return [{ about: [entityId], path: ["mode"], message, facts: { cutOff, runs } }];
  }),
};

export const disabledForLong: Rule = {
  code: "lint.disabled_for_long",
  severity: "hint",
  about: "An automation that has been off for a season is forgotten, or was replaced.",
  find: eachAutomation(({ entityId, name, state, stateSince }, { now }) => {
    if (state !== "off" || stateSince === undefined) return [];
    const days = daysBetween(stateSince, now);
    if (days < DISABLED_DAYS) return [];
    const message = `${name} has been switched off for ${days} days. It can be deleted, or switched on again.`;
    return [{ about: [entityId], path: [], message, facts: { days } }];
  }),
};

export const conditionsNeverPass: Rule = {
  code: "lint.conditions_never_pass",
  severity: "warning",
  about: "It is triggered often, and its conditions have let nothing through.",
  find: eachAutomation(({ entityId, name, runs, conditionsFailed }) => {
    if (conditionsFailed === undefined || conditionsFailed < MIN_FAILED || runs !== 0) return [];
    const message = `${name} was triggered ${conditionsFailed} times in 30 days, and its conditions stopped it each time.`;
    return [{ about: [entityId], path: ["conditions"], message, facts: { conditionsFailed } }];
  }),
};
