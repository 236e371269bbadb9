import type { EntityState } from "#home/states/states.ts";
import type { Registry } from "./registry.ts";

/** What Home Assistant calls an entity: its friendly name, else its registry's name, else its id. */
export function nameOf(
  entityId: string,
  {
    states,
    registry,
  }: { states: Pick<ReadonlyMap<string, EntityState>, "get">; registry: Registry },
): string {
  const friendly = states.get(entityId)?.attributes.friendly_name;
  if (typeof friendly === "string" && friendly !== "") return friendly;
  const entry = registry.entities.get(entityId);
  return entry?.name ?? entry?.original_name ?? entityId;
}
