import type Sqlite from "better-sqlite3";
import { chunkKey } from "../chunk-key.ts";
import { type Chunks, openChunks } from "./chunks.ts";
import { readProgress } from "./seal.ts";

/**
 * Removes the chunks of a seal that was killed or failed before its border moved past them.
 *
 * Their rows are still there. A seal that ends elsewhere than the one before would not write over all of them.
 */
export function dropUnfinished(
  database: Sqlite.Database,
  chunks: Chunks = openChunks(database),
): void {
  const border = readProgress(database)?.sealedThrough;
  if (border === undefined) return;
  const found = chunks
    .prepare(
      `select entity_key, chunk.id from entity_size
       join chunk on chunk.id >= entity_key * ? + ? and chunk.id < (entity_key + 1) * ?`,
    )
    .raw(true)
    .all(chunkKey(1, 0), chunkKey(0, border), chunkKey(1, 0)) as [number, number][];
  if (found.length === 0) return;
  database
    .transaction(() => {
      for (const [entityKey, key] of found) chunks.remove(entityKey, [key]);
      chunks.prepare("delete from entity_size where count = 0").run();
    })
    .immediate();
}
