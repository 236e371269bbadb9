import type { Automation } from "#home/automation/automation.ts";
import { effectsOf } from "./effects.ts";
import { commonTrigger } from "./listening.ts";
import { automationOf, type Found, type Linted, type LintedHouse, type Rule } from "./rule.ts";

export const duplicate: Rule = {
  code: "lint.duplicate",
  severity: "warning",
  about: "Two automations mean the same: everything is done twice.",
  find({ automations }) {
    const byMeaning = Map.groupBy(automations, (one) => {
      const automation = automationOf(one);
      return automation ? meaningOf(automation) : `${one.entityId} is not known`;
    });
    return [...byMeaning.values()].flatMap((same): Found[] => {
      const [first, ...others] = same;
      if (!first || others.length === 0) return [];
      const names = others.map((one) => one.name).join(", ");
      const message = `${first.name} and ${names} do the same. One of them is enough.`;
      return [{ about: same.map((one) => one.entityId), path: [], message }];
    });
  },
};

/** Names, ids and remarks do not change what it means. */
export function meaningOf({ triggers, conditions, actions }: Automation): string {
  const meaning = { triggers, conditions, actions };
  return JSON.stringify(meaning, (key, value) => {
    if (key === "alias" || key === "id" || key === "metadata") return undefined;
    return value;
  });
}

export const overlapping: Rule = {
  code: "lint.overlapping",
  severity: "hint",
  about: "Two automations are set off by the same and do the same to the same entity.",
  find: (house) =>
    pairsOf(house).flatMap(([one, other]) => {
      const [left, right] = [automationOf(one), automationOf(other)];
      if (!left || !right || meaningOf(left) === meaningOf(right)) return [];
      const when = commonTrigger([left, right], house.home);
      if (!when) return [];
      const theirs = effectsOf(other, house);
      const shared = effectsOf(one, house).find((effect) =>
        theirs.some(
          (effectOther) =>
            effectOther.entityId === effect.entityId &&
            effectOther.to !== undefined &&
            effectOther.to === effect.to &&
            Math.abs(effectOther.afterMs - effect.afterMs) < 1000,
        ),
      );
      if (!shared) return [];
      const message = `When ${when}, both ${one.name} and ${other.name} set \`${shared.entityId}\` to "${shared.to}".`;
      return [
        { about: [one.entityId, other.entityId], path: one.pathOf(shared.node) ?? [], message },
      ];
    }),
};

/** Each two automations that touch one entity, once. */
export function pairsOf(house: LintedHouse): [Linted, Linted][] {
  const byEntity = new Map<string, Linted[]>();
  for (const one of house.automations) {
    for (const entityId of new Set(effectsOf(one, house).map((effect) => effect.entityId))) {
      byEntity.set(entityId, [...(byEntity.get(entityId) ?? []), one]);
    }
  }
  const pairs = new Map<string, [Linted, Linted]>();
  for (const list of byEntity.values()) {
    for (const [index, one] of list.entries()) {
      for (const other of list.slice(index + 1)) {
        pairs.set(`${one.entityId} ${other.entityId}`, [one, other]);
      }
    }
  }
  return [...pairs.values()];
}
