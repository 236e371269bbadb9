import type Sqlite from "better-sqlite3";
import { DAY_MS } from "#foundation/time.ts";
import { chunkKey } from "../chunk-key.ts";
import { type Chunks, changesOf } from "./chunks.ts";
import { readProgress } from "./seal.ts";
import { keepStatistics } from "./statistics.ts";

/**
 * Makes one chunk of an entity's day where hours had made many, and works out the day's statistics.
 *
 * Day after day up to the last one that is wholly sealed; one short transaction per entity. A run that was
 * killed begins its day again, and finds done what is done. Answers how many days are finished now.
 */
export function compact(database: Sqlite.Database, chunks: Chunks): number {
  const progress = readProgress(database);
  if (!progress) return 0;
  let days = 0;
  for (
    let day = progress.compactedThrough;
    day + DAY_MS <= progress.sealedThrough;
    day += DAY_MS, days += 1
  ) {
    for (const entityKey of entitiesOf(chunks, day)) compactDay(database, chunks, entityKey, day);
    chunks.prepare("update archive set compacted_through = ? where id = 1").run(day + DAY_MS);
  }
  return days;
}

function compactDay(
  database: Sqlite.Database,
  chunks: Chunks,
  entityKey: number,
  day: number,
): void {
  const stored = chunks.ofDay(entityKey, day);
  if (stored.length === 0) return;
  const changes = changesOf(stored).sort((one, other) => one.id - other.id);
  const first = stored[0];
  const isOne = stored.length === 1 && first?.key === chunkKey(entityKey, day);
  database
    .transaction(() => {
      if (!isOne) {
        chunks.remove(
          entityKey,
          stored.map(({ key }) => key),
        );
        chunks.write(chunks.make(entityKey, { start: day, until: day + DAY_MS }, changes));
      }
      keepStatistics(chunks, { entityKey, day, changes });
    })
    .immediate();
}

/** Entities whose sealed changes reach into the day. */
function entitiesOf(chunks: Chunks, day: number): number[] {
  return (
    chunks
      .prepare("select entity_key from entity_size where newest_at >= ? and oldest_at < ?")
      .raw(true)
      .all(day, day + DAY_MS) as [number][]
  ).map(([key]) => key);
}
