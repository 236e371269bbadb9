import { AppError } from "#foundation/errors.ts";
import {
  type AutomationConfig,
  DOMAINS,
  type Standing,
} from "#home/automation-config/automation-config.ts";
import { itemIdOf } from "./item-id.ts";
import type { Versions } from "./versions.ts";

interface Deps {
  readonly house: Pick<AutomationConfig, "find">;
  readonly versions: Pick<Versions, "idOf">;
}

/** From what a person names, an entity, to what stands there and to the id by which it is kept. */
export function createFindStanding({ house, versions }: Deps) {
  /** Throws `not_found`. */
  function getStanding(entityId: string): Standing {
    const isOne = DOMAINS.some((domain) => entityId.startsWith(`${domain}.`));
    const standing = isOne ? house.find(entityId) : undefined;
    if (standing) return standing;
    throw new AppError("not_found", "automations.unknown", `There is no ${entityId}`);
  }

  /** Also of one that is gone, by what it was called. Absent when it was written without an id. */
  function findId(entityId: string): string | undefined {
    const known = house.find(entityId);
    const id = (known && itemIdOf(known)) ?? versions.idOf(entityId);
    if (id === undefined) getStanding(entityId);
    return id;
  }

  return {
    getStanding,
    findId,
    idOf(entityId: string): string {
      const id = findId(entityId);
      if (id !== undefined) return id;
      throw new AppError(
        "conflict",
        "automations.no_id",
        "It has no id in its file: give it one there, and HomeIQ can keep its versions",
        { facts: { entityId } },
      );
    },
  };
}
