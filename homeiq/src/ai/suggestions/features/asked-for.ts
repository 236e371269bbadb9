import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Call } from "./feature.ts";

/** What automations, scripts and scenes ask of the things in a house. */
export interface AskedFor {
  /** Every call that is made on an entity, with what it is given. */
  of(entityId: string): readonly Call[];
  /** Whether one that cannot be read is given it: it may do anything with it. */
  isGiven(entityId: string): boolean;
}

export function readAsked(house: LintedHouse): AskedFor {
  const calls = new Map<string, Call[]>();
  const given = new Set<string>();
  const add = (entityId: string, call: Call) =>
    void calls.set(entityId, [...(calls.get(entityId) ?? []), call]);
  for (const one of [...house.automations, ...house.scripts]) {
    if (one.configuration?.kind === "blueprint_use") {
      for (const id of JSON.stringify(one.configuration.input).match(ENTITY_ID) ?? [])
        given.add(id);
    }
    for (const { entityId, action, node } of effectsOf(one, house)) {
      const data = node.kind === "call" && node.data && !("template" in node.data) ? node.data : {};
      add(entityId, { action, data });
    }
  }
  for (const { scene } of house.scenes) {
    for (const [entityId, { attributes }] of Object.entries(scene.entities)) {
      if (entityId.startsWith("light."))
        add(entityId, { action: "light.turn_on", data: attributes });
      else given.add(entityId); // what it is set to may be anything
    }
  }
  return {
    of: (entityId) => calls.get(entityId) ?? [],
    isGiven: (entityId) => given.has(entityId),
  };
}

const ENTITY_ID = /[a-z_]+\.[a-z0-9_]+/g;
