import { type Effect, effectsOf } from "./effects.ts";
import { heard, isBlocked } from "./listening.ts";
import { plainTriggers } from "./plain-triggers.ts";
import {
  automationOf,
  eachAutomation,
  type Found,
  type Linted,
  type LintedHouse,
  type Rule,
} from "./rule.ts";

const MAX_LENGTH = 6; // longer rings are not told from chance

export const selfTrigger: Rule = {
  code: "lint.self_trigger",
  severity: "warning",
  about: "What it does sets it off again.",
  find: eachAutomation((one, house) => {
    const automation = automationOf(one);
    if (!automation) return [];
    for (const effect of effectsOf(one, house)) {
      const trigger = heard(effect, { automation, home: house.home });
      if (!trigger || isBlocked(effect, automation)) continue;
      // The entity is already in the state that it waits for: setting it again is no change.
      const settled = effect.to !== undefined && trigger.to?.length === 1;
      if (settled) continue;
      const endless = effect.toggles || automation.triggers.length > 1;
      const message = `${one.name} is set off by \`${effect.entityId}\` and changes it by \`${effect.action}\`: it sets itself off ${endless ? "again and again" : "once more"}.`;
      const found: Found = {
        about: [one.entityId],
        path: one.pathOf(effect.node) ?? [],
        message,
        severity: effect.toggles ? "error" : "warning",
      };
      return [found];
    }
    return [];
  }),
};

interface Edge {
  readonly from: Linted;
  readonly to: Linted;
  readonly effect: Effect;
}

export const mutualTriggering: Rule = {
  code: "lint.mutual_triggering",
  severity: "error",
  about: "Automations set each other off in a ring that does not come to rest.",
  find(house) {
    const edges = edgesOf(house);
    const rings = new Map<string, Edge[]>();
    for (const start of edges.keys()) search([], { start, at: start, edges, rings });
    return [...rings.values()].map(toFound);
  },
};

function edgesOf(house: LintedHouse): Map<Linted, Edge[]> {
  const listeners = new Map<string, Linted[]>();
  for (const one of house.automations) {
    const automation = automationOf(one);
    for (const trigger of automation ? plainTriggers(automation, house.home) : []) {
      if (trigger.kind !== "state") continue;
      for (const id of trigger.entityIds) listeners.set(id, [...(listeners.get(id) ?? []), one]);
    }
  }
  const edges = new Map<Linted, Edge[]>();
  for (const from of house.automations) {
    const list = effectsOf(from, house).flatMap((effect) =>
      [...new Set(listeners.get(effect.entityId))].flatMap((to) => {
        const automation = automationOf(to);
        if (to === from || !automation || !heard(effect, { automation, home: house.home }))
          return [];
        return isBlocked(effect, automation) ? [] : [{ from, to, effect }];
      }),
    );
    if (list.length > 0) edges.set(from, list);
  }
  return edges;
}

interface Search {
  readonly start: Linted;
  readonly at: Linted;
  readonly edges: ReadonlyMap<Linted, readonly Edge[]>;
  readonly rings: Map<string, Edge[]>;
}

function search(path: readonly Edge[], { start, at, edges, rings }: Search): void {
  for (const edge of edges.get(at) ?? []) {
    const way = [...path, edge];
    if (edge.to === start) {
      const key = way
        .map((one) => one.from.entityId)
        .sort()
        .join(" ");
      if (!rings.has(key) && isRestless(way)) rings.set(key, way);
    } else if (way.length < MAX_LENGTH && !path.some((one) => one.from === edge.to)) {
      search(way, { start, at: edge.to, edges, rings });
    }
  }
}

/** Two switches that follow each other come to rest; a ring that changes an entity both ways does not. */
function isRestless(ring: readonly Edge[]): boolean {
  if (ring.some((edge) => edge.effect.toggles)) return true;
  const byEntity = Map.groupBy(ring, (edge) => edge.effect.entityId);
  return [...byEntity.values()].some(
    (list) => new Set(list.map((edge) => edge.effect.to)).size > 1,
  );
}

function toFound(ring: Edge[]): Found {
  const steps = ring.map(
    ({ from, effect }) =>
      `${from.name} sets \`${effect.entityId}\` to ${effect.to ?? "the other state"}`,
  );
  const [first] = ring;
  return {
    about: ring.map((edge) => edge.from.entityId),
    path: first?.from.pathOf(first.effect.node) ?? [],
    message: `${steps.join(", which sets off: ")}, and it begins again.`,
    facts: { ring: ring.map((edge) => edge.from.entityId).join(" > ") },
  };
}
