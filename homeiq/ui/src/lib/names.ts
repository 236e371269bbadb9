import { api, type Entity, read } from "./api.ts";
import { createCached } from "./cached.ts";
import type { Names } from "./naming.ts";

/** What entities are called and measured in, and where they are. */
export interface HouseNames extends Names {
  /** Empty when it has none. */
  unitOf(entityId: string): string;
  readonly entities: readonly Pick<Entity, "entityId" | "name" | "areaId" | "areaName">[];
}

/** Shared by the pages: a large house is many names, and they seldom change. */
export const readNames = createCached(askForNames, { freshMs: 60_000 });

async function askForNames(): Promise<HouseNames> {
  const { entities } = await read(api.entities.$get({ query: { limit: "5000" } }));
  const byId = new Map(entities.map((one) => [one.entityId, one]));
  return {
    entities,
    nameOf: (entityId) => byId.get(entityId)?.name ?? entityId,
    isKnown: (entityId) => byId.has(entityId),
    unitOf: (entityId) => byId.get(entityId)?.unit ?? "",
  };
}
