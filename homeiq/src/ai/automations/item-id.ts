import {
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

/** Where Home Assistant keeps it. */
export function keyOf(itemId: string): Key {
  const domain = kindOf(itemId);
  return { domain, id: domain === "automation" ? itemId : itemId.slice(domain.length + 1) };
}

export const kindOf = (itemId: string): Domain =>
  DOMAINS.find((domain) => domain !== "automation" && itemId.startsWith(`${domain}/`)) ??
  "automation";

/** Absent when it was written without an id. */
export const itemIdOf = ({ domain, id }: Standing): string | undefined =>
  id === undefined ? undefined : toItemId({ domain, id });
