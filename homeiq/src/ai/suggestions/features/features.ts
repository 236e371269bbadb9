import type { LintedHouse } from "#analysis/automation-lint/automation-lint.ts";
import { lookThrough } from "#analysis/templates/templates.ts";
import type { HomeEntity, HomeSnapshot } from "#home/snapshot/snapshot.ts";
import { AIR_FEATURES } from "./air.ts";
import { readAsked } from "./asked-for.ts";
import type { Ability, Around, FeatureKind } from "./feature.ts";
import { LIGHT_FEATURES } from "./lights.ts";
import { MACHINE_FEATURES } from "./machines.ts";
import { type FeaturePast, type NeverUsed, readUses } from "./past-use.ts";
import { METER_FEATURE, SETTING_FEATURES } from "./settings.ts";

export type { Around, FeatureKind } from "./feature.ts";
export type { FeaturePast } from "./past-use.ts";

/** What devices can do that would serve a household. */
export const FEATURE_KINDS: readonly FeatureKind[] = [
  ...LIGHT_FEATURES,
  ...AIR_FEATURES,
  ...MACHINE_FEATURES,
  ...SETTING_FEATURES,
  METER_FEATURE,
];

/** A feature that one entity has, and that nobody and nothing has used. */
export interface Unused extends NeverUsed {
  readonly kind: FeatureKind;
  readonly entity: HomeEntity;
  readonly ability: Ability;
}

interface Asked {
  readonly past: FeaturePast;
  readonly home: HomeSnapshot;
  readonly house: LintedHouse;
  /** Entities that people do not want to see. */
  readonly hidden: ReadonlySet<string>;
  readonly around: Around;
  readonly to: number;
  readonly timeZone: string;
}

const MOST_LOOKED_AT = 400; // entities of a very large house; those that are, are always the same

/** By kind, those first that could have been used most often. */
export function findUnused(asked: Asked): Unused[] {
  const { home, house, around, to, timeZone } = asked;
  const there = [...home.entities.values()].filter(
    (one) => isUsable(one) && one.category !== "diagnostic" && !asked.hidden.has(one.entityId),
  );
  const askedFor = readAsked(house);
  const people = [...home.entities.keys()].filter((id) => id.startsWith("person."));
  const past = readUses(asked.past, { to, timeZone, people });
  const able = there
    .toSorted((one, other) => (one.entityId < other.entityId ? -1 : 1))
    .map((entity) => ({ entity, can: abilitiesOf(entity, around) }))
    .filter(({ can }) => can.length > 0)
    .slice(0, MOST_LOOKED_AT);
  const found = able.flatMap(({ entity, can }) =>
    can.flatMap(({ kind, ability }): Unused[] => {
      const { entityId } = entity;
      if (askedFor.isGiven(entityId) || askedFor.of(entityId).some(kind.isAsked)) return [];
      const never = past.neverUsed(entity, kind, ability);
      return never ? [{ kind, entity, ability, ...never }] : [];
    }),
  );
  return found.toSorted((one, other) => other.occasions.length - one.occasions.length);
}

/** What stands beside what. */
export const aroundOf = (home: HomeSnapshot, onDashboard?: ReadonlySet<string>): Around => {
  const usable = [...home.entities.values()].filter(isUsable);
  const byDevice = Map.groupBy(usable, ({ deviceId }) => deviceId);
  const { find } = lookThrough(home);
  return {
    home,
    ...(onDashboard && { onDashboard }),
    siblings: ({ deviceId }) => (deviceId === undefined ? [] : (byDevice.get(deviceId) ?? [])),
    sensorFor: ({ areaId }, kind) =>
      areaId === undefined ? undefined : find(kind).find((one) => one.areaId === areaId),
  };
};

function abilitiesOf(entity: HomeEntity, around: Around) {
  return FEATURE_KINDS.flatMap((kind) => {
    if (!kind.domains.includes(entity.domain)) return [];
    if (entity.category !== undefined && kind.draft) return [];
    const ability = kind.can(entity, around);
    return ability ? [{ kind, ability }] : [];
  });
}

const LOST = new Set(["unavailable", "unknown"]);

/** Neither switched off nor gone, nor a group of others. */
function isUsable({ state, disabledBy, attributes }: HomeEntity): boolean {
  if (state === undefined || disabledBy !== undefined || LOST.has(state)) return false;
  return attributes.restored !== true && !Array.isArray(attributes.entity_id);
}
