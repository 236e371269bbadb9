import type { AutomationHealth } from "#lib/automation-api.ts";
import { t } from "#lib/i18n/translate.ts";

const FAILED = new Set(["error", "aborted", "disallowed_recursion_detected"]);

export type HealthKind = (typeof ORDER)[number];
export const ORDER = [
  "unavailable",
  "demoted",
  "failing",
  "errors",
  "warnings",
  "checking",
  "untold",
  "well",
  "off",
] as const;
const COSTS = ["safety", "comfort", "none"];

/** How an automation is doing, by what weighs most. */
export function healthOf(automation: AutomationHealth): HealthKind {
  const { domain, state, probation, runs, inspected } = automation;
  if (state === "unavailable") return "unavailable";
  if (probation?.state === "demoted") return "demoted";
  // A script is off while it does not run, and a scene is neither.
  if (domain === "automation" && state === "off") return "off";
  if (FAILED.has(runs[0]?.execution ?? "")) return "failing";
  if (!inspected) return "checking";
  if (inspected.untold) return "untold";
  if (inspected.problems.error > 0) return "errors";
  return inspected.problems.warning > 0 ? "warnings" : "well";
}

export const needsALook = (automation: AutomationHealth): boolean =>
  !["well", "off", "checking", "untold"].includes(healthOf(automation));

export function healthText(automation: AutomationHealth): string {
  const { error, warning } = problemsOf(automation);
  const kind = healthOf(automation);
  return t(`automations.health.${kind}`, { n: kind === "errors" ? error : warning });
}

const NONE = { error: 0, warning: 0, hint: 0 };
const problemsOf = ({ inspected }: AutomationHealth) => inspected?.problems ?? NONE;

/** What was found beside what `healthText` says. */
export function otherProblems(automation: AutomationHealth): string[] {
  const kind = healthOf(automation);
  const { error, warning, hint } = problemsOf(automation);
  return [
    ...(error > 0 && kind !== "errors" ? [t("automations.health.errors", { n: error })] : []),
    ...(warning > 0 && kind !== "warnings"
      ? [t("automations.health.warnings", { n: warning })]
      : []),
    ...(hint > 0 ? [t("automations.hints", { n: hint })] : []),
  ];
}

/** Of those that do equally well the one comes first that must not be wrong. */
const costOf = ({ inspected }: AutomationHealth) => COSTS.indexOf(inspected?.cost ?? "none");

/** The state of a scene is when it was last activated. */
export function lastRunOf({
  domain,
  state,
  lastTriggeredAt,
}: AutomationHealth): number | undefined {
  if (domain !== "scene") return lastTriggeredAt;
  const at = Date.parse(state);
  return Number.isNaN(at) ? undefined : at;
}

export const ORDERS = ["worst", "name", "recent", "overrides"] as const;
export type Order = (typeof ORDERS)[number];

const overridesOf = ({ probation }: AutomationHealth) => probation?.overrides ?? 0;
const weightOf = (automation: AutomationHealth) => ORDER.indexOf(healthOf(automation));
type Compare = (one: AutomationHealth, other: AutomationHealth) => number;
const COMPARE: Readonly<Record<Order, Compare>> = {
  worst: (one, other) =>
    weightOf(one) - weightOf(other) ||
    costOf(one) - costOf(other) ||
    problemsOf(other).error - problemsOf(one).error ||
    problemsOf(other).warning - problemsOf(one).warning,
  name: () => 0,
  recent: (one, other) => (lastRunOf(other) ?? 0) - (lastRunOf(one) ?? 0),
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
