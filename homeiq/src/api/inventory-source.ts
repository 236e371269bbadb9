import type { Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { Rename } from "#ingest/history/history.ts";

/** What the lists of the home are made of. */
export interface InventoryDeps {
  readonly registry: Registry;
  readonly states: Pick<ReadonlyMap<string, EntityState>, "get" | "has" | "keys">;
  readonly isRecorded: (entityId: string) => boolean;
  readonly renamesOf: (entityId: string) => readonly Rename[];
}
