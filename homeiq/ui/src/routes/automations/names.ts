import { api, read } from "#lib/api.ts";

/** What entities are called and measured in. */
export interface HouseNames {
  nameOf(entityId: string): string;
  isKnown(entityId: string): boolean;
  /** Empty when it has none. */
  unitOf(entityId: string): string;
}

/** Asks once for as long as a page is open, however often it is loaded anew: a large house is many names. */
export function createNames(): () => Promise<HouseNames> {
  let asked: Promise<HouseNames> | undefined;
  return () => {
    asked ??= readNames().catch((error: unknown) => {
      asked = undefined; // the next try asks again
      throw error;
    });
    return asked;
  };
}

export async function readNames(): Promise<HouseNames> {
  const { entities } = await read(api.entities.$get({ query: { limit: "5000" } }));
  const byId = new Map(entities.map((one) => [one.entityId, one]));
  return {
    nameOf: (entityId) => byId.get(entityId)?.name ?? entityId,
    isKnown: (entityId) => byId.has(entityId),
    unitOf: (entityId) => byId.get(entityId)?.unit ?? "",
  };
}
