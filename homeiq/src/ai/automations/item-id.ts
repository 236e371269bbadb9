import {
  type AutomationConfig,
  DOMAINS,
  type Domain,
  type Key,
  type Standing,
} from "#home/automation-config/automation-config.ts";

/**
 * Drafts, versions and the audit log know everything by one id: an automation by its own, scripts and scenes
 * as `script/key` and `scene/id`, because Home Assistant's ids differ only within a kind.
 */
export const toItemId = ({ domain, id }: Key): string =>
  domain === "automation" ? id : `${domain}/${id}`;

const ELSEWHERE = "files/";

/** Of a draft for what HomeIQ cannot write: it stands in a package, in a split file, or has no id. */
export const toElsewhereId = (entityId: string): string => `${ELSEWHERE}${entityId}`;

export const isElsewhere = (itemId: string): boolean => itemId.startsWith(ELSEWHERE);

/** Where Home Assistant keeps it. */
export function keyOf(itemId: string): Key {
  const domain = kindOf(itemId);
  return { domain, id: domain === "automation" ? itemId : itemId.slice(domain.length + 1) };
}

export function kindOf(itemId: string): Domain {
  const [text, mark] = isElsewhere(itemId) ? [itemId.slice(ELSEWHERE.length), "."] : [itemId, "/"];
  const others = DOMAINS.filter((domain) => domain !== "automation");
  return others.find((domain) => text.startsWith(`${domain}${mark}`)) ?? "automation";
}

/** Absent when it was written without an id. */
export const itemIdOf = ({ domain, id }: Standing): string | undefined =>
  id === undefined ? undefined : toItemId({ domain, id });

/** Its entity now: it may have been given another id since it was kept. */
export function entityIdNow(
  house: Pick<AutomationConfig, "find" | "findById">,
  { automationId, entityId }: { readonly automationId: string; readonly entityId?: string | null },
): string | undefined {
  const known = entityId ?? undefined;
  if (isElsewhere(automationId)) return known;
  const standing = known === undefined ? undefined : house.find(known);
  if (standing && itemIdOf(standing) === automationId) return known;
  return house.findById(keyOf(automationId))?.entityId ?? known;
}
