import type { JsonMap } from "#home/automation/automation.ts";
import { type AutomationConfig, DOMAINS } from "#home/automation-config/automation-config.ts";
import type { Audit } from "./audit.ts";
import { itemIdOf, keyOf } from "./item-id.ts";
import type { Journal } from "./journal.ts";
import { hashOf } from "./text.ts";
import type { Versions } from "./versions.ts";

interface Deps {
  readonly house: Pick<AutomationConfig, "list" | "configOf" | "read">;
  readonly versions: Versions;
  readonly audit: Audit;
  readonly journal: Pick<Journal, "unfinished">;
}

const OUTSIDE = { name: "Home Assistant" }; // it does not tell who edited

/**
 * Compares every automation, script and scene with its latest version, and keeps what other hands changed.
 *
 * One that is gone counts as removed when it was gone at the look before as well: after a restart
 * automations appear one by one. What HomeIQ itself has under way is left alone: a write that was cut in two
 * may arrive at any moment, and is nobody else's.
 */
export function createLook({ house, versions, audit, journal }: Deps) {
  let gone = new Set<string>();

  function keepChange(found: { automationId: string; entityId: string }, config: JsonMap): void {
    const before = versions.latest(found.automationId);
    const known = before?.config && hashOf(before.config);
    if (known === hashOf(config)) return;
    versions.keep({ ...found, config, origin: "home_assistant" });
    if (before) audit.note({ by: OUTSIDE, action: "external", outcome: "done", ...found });
  }

  function keepRemoval(automationId: string): void {
    const entityId = versions.latest(automationId)?.entityId;
    const found = { automationId, ...(entityId ? { entityId } : {}) };
    versions.keep({ ...found, origin: "home_assistant" });
    audit.note({ by: OUTSIDE, action: "external", outcome: "done", detail: "Removed", ...found });
  }

  return async (signal?: AbortSignal): Promise<void> => {
    const standing = DOMAINS.flatMap((domain) => house.list(domain));
    if (standing.length === 0) return; // just as likely not loaded yet as none at all
    const ids = new Set<string>();
    const underWay = new Set(journal.unfinished().map(({ automationId }) => automationId));
    for (const one of standing) {
      signal?.throwIfAborted();
      const { entityId } = one;
      const id = itemIdOf(one);
      if (id === undefined) continue;
      ids.add(id);
      if (underWay.has(id)) continue;
      const found = await house.configOf(entityId);
      if (found) keepChange({ automationId: id, entityId }, found.config);
    }
    const missing = versions.standingIds().filter((id) => !ids.has(id));
    const nowGone = new Set<string>();
    for (const id of missing) {
      if (underWay.has(id) || (await house.read(keyOf(id)))) continue;
      if (gone.has(id)) keepRemoval(id);
      else nowGone.add(id);
    }
    gone = nowGone;
  };
}
