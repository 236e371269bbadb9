import { effectsOf } from "./effects.ts";
import type { LintedHouse } from "./rule.ts";

/** Which automations bring an entity to a state, by `light.hall on`. */
export function whoDoes(house: LintedHouse): ReadonlyMap<string, readonly string[]> {
  const deeds = house.automations.flatMap((one) =>
    effectsOf(one, house).flatMap(({ entityId, to }) =>
      to === undefined ? [] : [{ deed: `${entityId} ${to}`, by: one.entityId }],
    ),
  );
  const byDeed = Map.groupBy(deeds, ({ deed }) => deed);
  return new Map([...byDeed].map(([deed, some]) => [deed, [...new Set(some.map(({ by }) => by))]]));
}
