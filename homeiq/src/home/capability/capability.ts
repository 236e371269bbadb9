import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { DOMAINS } from "./domains.ts";
import type { ActionCapability } from "./fields.ts";

export { canDo, type Obstacle, type Wish } from "./can-do.ts";
export { FEATURES } from "./features.ts";
export type { ActionCapability, FieldCapability } from "./fields.ts";

/** What can be done with an entity. */
export interface Capabilities {
  /** Whether its domain is one we know; if not, an empty list says nothing. */
  readonly known: boolean;
  /** By action; a field that is not listed has no effect on this entity. */
  readonly actions: ReadonlyMap<string, ActionCapability>;
}

/** What an entity supports, by its `supported_features`, modes, ranges and options of this moment. */
export function capabilitiesOf(entity: HomeEntity): Capabilities {
  const actionsOf = DOMAINS[entity.domain];
  if (!actionsOf) return { known: false, actions: new Map() };
  return { known: true, actions: new Map(actionsOf(entity).map((one) => [one.action, one])) };
}
