import type { Entity } from "#lib/api.ts";
import type { EntityCost } from "#lib/history-api.ts";
import type { Retention } from "#lib/storage-api.ts";

const DAY_MS = 86_400_000;

export interface WhatGoes {
  readonly changes: number;
  readonly bytes: number;
  readonly entities: number;
  readonly oldestAt?: number;
}

/** About what a retention would delete, as if each entity had changed evenly since it is kept. */
export function whatGoes(
  { rawDays, classes }: Retention,
  {
    costs,
    entities,
    now,
  }: { costs: readonly EntityCost[]; entities: readonly Entity[]; now: number },
): WhatGoes {
  const known = new Map(entities.map((entity) => [entity.entityId, entity]));
  const rules = classes.map(({ match, rawDays: days }) => ({ fits: toMatcher(match), days }));
  let [changes, size, touched] = [0, 0, 0];
  let oldestAt: number | undefined;
  for (const cost of costs) {
    const rule = rules.find(({ fits }) => fits(cost.entityId, known.get(cost.entityId)));
    const days = rule ? rule.days : rawDays;
    if (days === null) continue;
    const before = now - days * DAY_MS;
    const share = (before - cost.oldestAt) / Math.max(1, cost.newestAt - cost.oldestAt);
    if (share <= 0) continue;
    changes += cost.changes * Math.min(1, share);
    size += cost.bytes * Math.min(1, share);
    touched += 1;
    oldestAt = Math.min(oldestAt ?? cost.oldestAt, cost.oldestAt);
  }
  return {
    changes,
    bytes: size,
    entities: touched,
    ...(oldestAt === undefined ? {} : { oldestAt }),
  };
}

/** `device_class:power`, `entity:sensor.*_signal`: as the filter's lines. */
function toMatcher(match: string): (entityId: string, entity: Entity | undefined) => boolean {
  const split = match.indexOf(":");
  const by = match.slice(0, split);
  const parts = match
    .slice(split + 1)
    .split("*")
    .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/gu, "\\$&"));
  const pattern = new RegExp(`^${parts.join(".*")}$`, "iu");
  return (entityId, entity) => {
    if (by === "entity") return pattern.test(entityId);
    if (by === "domain") return pattern.test(entityId.split(".")[0] ?? "");
    if (by === "device_class") return pattern.test(entity?.deviceClass ?? "");
    return pattern.test(entity?.areaId ?? "") || pattern.test(entity?.areaName ?? "");
  };
}
