import type { Finding } from "#lib/automation-api.ts";
import { resolve } from "$app/paths";

const BETWEEN = new Set([
  "lint.opposite_actions",
  "lint.mutual_triggering",
  "lint.duplicate",
  "lint.overlapping",
]);

/** The automations that a finding sets against each other. */
export const partiesOf = ({ about }: Pick<Finding, "about">): string[] =>
  about.filter((entityId) => entityId.startsWith("automation."));

/** Whether it is about several automations together, which one wants to see side by side. */
export const isBetween = (finding: Pick<Finding, "code" | "about">): boolean =>
  BETWEEN.has(finding.code) && partiesOf(finding).length > 1;

export const conflictHref = (finding: Pick<Finding, "code" | "about">): string =>
  resolve(
    `/automations/conflict?code=${encodeURIComponent(finding.code)}&about=${finding.about.map(encodeURIComponent).join(",")}`,
  );

/** What the parties do the contrary to, or hand on to each other. */
export function disputedIn({ message, facts = {} }: Pick<Finding, "message" | "facts">): string[] {
  const named = [...message.matchAll(/`([a-z0-9_]+\.[a-z0-9_]+)`/g)].map(([, id = ""]) => id);
  const { entity } = facts as Readonly<Record<string, unknown>>;
  return [...new Set([...(typeof entity === "string" ? [entity] : []), ...named])];
}
