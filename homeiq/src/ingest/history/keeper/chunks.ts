import type Sqlite from "better-sqlite3";
import { DAY_MS } from "#foundation/time.ts";
import { CAUSE_KINDS } from "#ingest/normalize/state-change.ts";
import { prepareOnce } from "#store/statements.ts";
import { atOf, decodeChunk, encodeChunk, type StoredChange } from "../chunk/chunk.ts";
import { chunkKey, dayOf, startOfKey } from "../chunk-key.ts";
import { createMetaReader } from "../meta-reader.ts";

export interface StoredChunk {
  readonly key: number;
  readonly start: number;
  readonly until: number;
  readonly count: number;
  readonly body: Uint8Array;
}

/** A chunk that is made but not written. */
export interface MadeChunk {
  readonly entityKey: number;
  readonly start: number;
  readonly until: number;
  readonly count: number;
  readonly causes: number;
  readonly body: Uint8Array;
  readonly oldestAt: number;
  readonly newestAt: number;
}

export type Chunks = ReturnType<typeof openChunks>;

/** The table of chunks for the one thread that writes it. */
export function openChunks(database: Sqlite.Database) {
  const prepare = prepareOnce(database);
  const { metaFor, moves } = createMetaReader(prepare);

  function causesOf(changes: readonly StoredChange[]): number {
    let causes = 0;
    let last = -1;
    for (const { meta } of changes) {
      if (meta === last) continue;
      last = meta;
      causes |= 1 << CAUSE_KINDS.indexOf(metaFor(meta).cause.kind);
    }
    return causes;
  }

  return {
    prepare,
    metaFor,
    moves,

    make(
      entityKey: number,
      span: { start: number; until: number },
      changes: StoredChange[],
    ): MadeChunk {
      return {
        entityKey,
        ...span,
        count: changes.length,
        causes: causesOf(changes),
        body: encodeChunk(changes),
        oldestAt: atOf(changes[0]?.id ?? 0),
        newestAt: atOf(changes.at(-1)?.id ?? 0),
      };
    },

    /** Replaces the chunk that starts at the same minute. Inside a transaction of the caller. */
    write(made: MadeChunk): void {
      const key = chunkKey(made.entityKey, made.start);
      this.remove(made.entityKey, [key]);
      prepare("insert into chunk (id, until, count, causes, body) values (?, ?, ?, ?, ?)").run(
        key,
        made.until,
        made.count,
        made.causes,
        made.body,
      );
      prepare(
        `insert into entity_size (entity_key, count, bytes, oldest_at, newest_at) values (?, ?, ?, ?, ?)
         on conflict (entity_key) do update set count = count + excluded.count,
           bytes = bytes + excluded.bytes, oldest_at = min(oldest_at, excluded.oldest_at),
           newest_at = max(newest_at, excluded.newest_at)`,
      ).run(made.entityKey, made.count, made.body.length, made.oldestAt, made.newestAt);
    },

    remove(entityKey: number, keys: readonly number[]): void {
      for (const key of keys) {
        const gone = prepare(
          "delete from chunk where id = ? returning count, length(body) as bytes",
        ).get(key) as { count: number; bytes: number } | undefined;
        if (!gone) continue;
        prepare(
          "update entity_size set count = count - ?, bytes = bytes - ? where entity_key = ?",
        ).run(gone.count, gone.bytes, entityKey);
      }
    },

    /** Chunks of one entity that start in the UTC day. */
    ofDay(entityKey: number, day: number): StoredChunk[] {
      const rows = prepare(
        "select id, until, count, body from chunk where id >= ? and id < ? order by id",
      )
        .raw(true)
        .all(chunkKey(entityKey, day), chunkKey(entityKey, dayOf(day) + DAY_MS)) as [
        number,
        number,
        number,
        Uint8Array,
      ][];
      return rows.map(([key, until, count, body]) => ({
        key,
        start: startOfKey(key),
        until,
        count,
        body,
      }));
    },
  };
}

/** All changes of some chunks, oldest first. */
export function changesOf(chunks: readonly StoredChunk[]): StoredChange[] {
  return chunks.flatMap(({ body }) => {
    const chunk = decodeChunk(body);
    return Array.from({ length: chunk.count }, (_, n) => chunk.change(n));
  });
}
