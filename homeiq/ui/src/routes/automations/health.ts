import type { AutomationHealth } from "#lib/automation-api.ts";
import { t } from "#lib/i18n/translate.ts";

const FAILED = new Set(["error", "aborted", "disallowed_recursion_detected"]);

export type HealthKind = "unavailable" | "demoted" | "failing" | "problems" | "off" | "well";
const ORDER: readonly HealthKind[] = [
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

/** What needs a person first; among equals by name. */
export const worstFirst = (automations: readonly AutomationHealth[]): AutomationHealth[] =>
  automations.toSorted(
    (one, other) =>
      ORDER.indexOf(healthOf(one)) - ORDER.indexOf(healthOf(other)) ||
      one.name.localeCompare(other.name),
  );
