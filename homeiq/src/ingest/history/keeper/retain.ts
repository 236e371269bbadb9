import type Sqlite from "better-sqlite3";
import { DAY_MS } from "#foundation/time.ts";
import { idOf } from "../chunk/chunk.ts";
import { chunkKey, dayOf, monthOf, startOfKey } from "../chunk-key.ts";
import type { Chunks } from "./chunks.ts";
import { readProgress } from "./seal.ts";

const PAGES_PER_STEP = 500; // 2 MB given back to the disk in one short step

/** How long each tier is kept, in days; absent is for ever. */
export interface Keep {
  readonly now: number;
  readonly rawDays?: number;
  /** Entities that are kept longer or shorter than `rawDays`; `null` is for ever. */
  readonly rawDaysOf: ReadonlyMap<number, number | null>;
  readonly shortDays?: number;
  readonly longDays?: number;
}

export interface Retained {
  readonly chunks: number;
  readonly statistics: number;
}

/** Deletes what is older than it has to be kept, a day or a month at a time, and shrinks the file. */
export function retain(database: Sqlite.Database, chunks: Chunks, keep: Keep): Retained {
  const finished = readProgress(database)?.compactedThrough ?? 0;
  let removed = 0;
  let oldestKept = Number.POSITIVE_INFINITY;
  for (const entityKey of entityKeys(chunks)) {
    const own = keep.rawDaysOf.get(entityKey);
    const days = own === undefined ? keep.rawDays : (own ?? undefined);
    // Not before the day has its statistics: what is deleted says nothing any more.
    const border = days === undefined ? 0 : Math.min(finished, dayOf(keep.now - days * DAY_MS));
    oldestKept = Math.min(oldestKept, border);
    if (border > 0) removed += dropChunks(database, chunks, entityKey, border);
  }
  if (Number.isFinite(oldestKept) && oldestKept > 0) {
    chunks.prepare("delete from context where key < ?").run(idOf(oldestKept, 0));
  }
  const statistics =
    dropStatistics(chunks, "statistic_short", keep.shortDays, keep.now, dayOf) +
    dropStatistics(chunks, "statistic_long", keep.longDays, keep.now, monthOf);
  giveBack(database);
  return { chunks: removed, statistics };
}

const entityKeys = (chunks: Chunks): number[] =>
  (chunks.prepare("select entity_key from entity_size").raw(true).all() as [number][]).map(
    ([key]) => key,
  );

function dropChunks(
  database: Sqlite.Database,
  chunks: Chunks,
  entityKey: number,
  border: number,
): number {
  const keys = (
    chunks
      .prepare("select id from chunk where id >= ? and id < ?")
      .raw(true)
      .all(chunkKey(entityKey, 0), chunkKey(entityKey, border)) as [number][]
  ).map(([key]) => key);
  if (keys.length === 0) return 0;
  database
    .transaction(() => {
      chunks.remove(entityKey, keys);
      const oldest = chunks
        .prepare("select min(id) from chunk where id >= ? and id < ?")
        .raw(true)
        .get(chunkKey(entityKey, 0), chunkKey(entityKey + 1, 0)) as [number | null];
      if (oldest[0] === null) {
        chunks.prepare("delete from entity_size where entity_key = ?").run(entityKey);
      } else {
        chunks
          .prepare("update entity_size set oldest_at = ? where entity_key = ?")
          .run(startOfKey(oldest[0]), entityKey);
      }
    })
    .immediate();
  return keys.length;
}

function dropStatistics(
  chunks: Chunks,
  table: "statistic_short" | "statistic_long",
  days: number | undefined,
  now: number,
  startOf: (at: number) => number,
): number {
  if (days === undefined) return 0;
  const border = startOf(now - days * DAY_MS);
  let removed = 0;
  for (const entityKey of statisticEntities(chunks, table)) {
    removed += chunks
      .prepare(`delete from ${table} where id >= ? and id < ?`)
      .run(chunkKey(entityKey, 0), chunkKey(entityKey, border)).changes;
  }
  return removed;
}

const statisticEntities = (chunks: Chunks, table: string): number[] =>
  (chunks.prepare(`select distinct id >> 26 from ${table}`).raw(true).all() as [number][]).map(
    ([key]) => key,
  );

/** Free pages go back to the disk in steps, so that a reader never waits for a whole rewrite. */
function giveBack(database: Sqlite.Database): void {
  let free = Number.POSITIVE_INFINITY;
  for (;;) {
    const left = database.pragma("main.freelist_count", { simple: true }) as number;
    if (left === 0 || left >= free) return; // not a file that can shrink, or nothing is free
    free = left;
    database.pragma(`main.incremental_vacuum(${PAGES_PER_STEP})`);
  }
}
