import type { AutomationHealth } from "#lib/automation-api.ts";
import { t } from "#lib/i18n/translate.ts";

const FAILED = new Set(["error", "aborted", "disallowed_recursion_detected"]);

export type HealthKind = "unavailable" | "demoted" | "failing" | "problems" | "off" | "well";
export const ORDER: readonly HealthKind[] = [
  "unavailable",
  "demoted",
  "failing",
  "problems",
  "well",
  "off",
];

/** How an automation is doing, by what weighs most. */
export function healthOf(automation: AutomationHealth): HealthKind {
  const { state, probation, runs, problems = 0 } = automation;
  if (state === "unavailable") return "unavailable";
  if (probation?.state === "demoted") return "demoted";
  if (state === "off") return "off";
  if (FAILED.has(runs[0]?.execution ?? "")) return "failing";
  return problems > 0 ? "problems" : "well";
}

export const needsALook = (automation: AutomationHealth): boolean =>
  !["well", "off"].includes(healthOf(automation));

export const healthText = (automation: AutomationHealth): string =>
  t(`automations.health.${healthOf(automation)}`, { n: automation.problems ?? 0 });

export const ORDERS = ["worst", "name", "recent", "overrides"] as const;
export type Order = (typeof ORDERS)[number];

const overridesOf = ({ probation }: AutomationHealth) => probation?.overrides ?? 0;
const weightOf = (automation: AutomationHealth) => ORDER.indexOf(healthOf(automation));
type Compare = (one: AutomationHealth, other: AutomationHealth) => number;
const COMPARE: Readonly<Record<Order, Compare>> = {
  worst: (one, other) =>
    weightOf(one) - weightOf(other) || (other.problems ?? 0) - (one.problems ?? 0),
  name: () => 0,
  recent: (one, other) => (other.lastTriggeredAt ?? 0) - (one.lastTriggeredAt ?? 0),
  overrides: (one, other) => overridesOf(other) - overridesOf(one),
};

/** Equals by name. */
export const sortedBy = (
  order: Order,
  automations: readonly AutomationHealth[],
): AutomationHealth[] =>
  automations.toSorted(
    (one, other) => COMPARE[order](one, other) || one.name.localeCompare(other.name),
  );
