import { effectsOf, type LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import type { Action } from "#home/automation/automation.ts";
import type { Call } from "./feature.ts";

/** What automations, scripts and scenes ask of the things in a house. */
export interface AskedFor {
  /** Every call that is made on an entity, with what it is given. */
  of(entityId: string): readonly Call[];
  /** Whether something is done with it that cannot be read: it may be anything. */
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
      const data = dataOf(node);
      if (data) add(entityId, { action, data });
      else given.add(entityId);
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

/** What it is given; `undefined`: a template says it, which may be anything. */
function dataOf(node: Action): Call["data"] | undefined {
  if (node.kind === "device") return node.rest;
  if (node.kind !== "call" || !node.data) return {};
  return typeof node.data.template === "string" ? undefined : node.data;
}

const ENTITY_ID = /[a-z_]+\.[a-z0-9_]+/g;
