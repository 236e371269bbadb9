import { z } from "zod";
import type { Command } from "#home/connection/connection.ts";
import type { Registry } from "./registry.ts";

const WireAliases = z.record(
  z.string(),
  z.object({ aliases: z.array(z.string().nullable()).catch([]) }).nullable(),
);

/** Other names that people gave to entities, by entity id: the registry's list leaves them out. */
export async function readAliases(
  request: (command: Command) => Promise<unknown>,
  registry: Pick<Registry, "entities">,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const entity_ids = [...registry.entities.keys()];
  const answer = await request({ type: "config/entity_registry/get_entries", entity_ids });
  const found = new Map<string, readonly string[]>();
  for (const [entityId, entry] of Object.entries(WireAliases.parse(answer))) {
    // Since 2026.4 a `null` among them stands for the entity's own name.
    const aliases = entry?.aliases.filter((alias) => alias !== null) ?? [];
    if (aliases.length > 0) found.set(entityId, aliases);
  }
  return found;
}
