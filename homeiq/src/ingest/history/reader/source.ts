import type Sqlite from "better-sqlite3";
import { prepareOnce } from "#store/statements.ts";
import { type Chunk, decodeChunk, idOf } from "../chunk/chunk.ts";
import { chunkKey, dayOf, startOfKey } from "../chunk-key.ts";
import { createMetaReader } from "../meta-reader.ts";
import { type RecentRow, selectFrom } from "../recent/recent.ts";
import { type Piece, pieceOfChunk, pieceOfRows } from "./piece.ts";
import { createRecentIndex } from "./recent-index.ts";

const MOST_CACHED_ROWS = 400_000; // about 25 MB of unpacked columns

/** `body` is read only when the chunk is not unpacked yet. */
type ChunkRow = [key: number, until: number, count: number, body: Uint8Array | null];

export type Source = ReturnType<typeof openSource>;

/** Everything that was recorded, sealed or not, for the thread that reads it. */
export function openSource(database: Sqlite.Database) {
  const prepare = prepareOnce(database);
  const { metaFor, moves } = createMetaReader(prepare);
  const cache = new Map<number, { readonly chunk: Chunk; readonly until: number }>();
  let cachedRows = 0;

  /** A chunk is replaced by one that ends later or holds more; then what is cached is stale. */
  function unpack([key, until, count, body]: ChunkRow): Chunk {
    const known = cache.get(key);
    if (known?.until === until && known.chunk.count === count) return known.chunk;
    const chunk = decodeChunk(body ?? bodyOf(key));
    cachedRows += count - (known?.chunk.count ?? 0);
    cache.delete(key);
    cache.set(key, { chunk, until });
    for (const [oldest, cached] of cache) {
      if (cachedRows <= MOST_CACHED_ROWS || oldest === key) break;
      cache.delete(oldest);
      cachedRows -= cached.chunk.count;
    }
    return chunk;
  }

  /** As it was when the view was taken. */
  let viewedThrough: number | undefined;
  const bodyOf = (key: number) =>
    (prepare("select body from chunk where id = ?").raw(true).get(key) as [Uint8Array])[0];

  const sealedThrough = (): number =>
    viewedThrough ??
    (
      prepare("select sealed_through from archive where id = 1").raw(true).get() as
        | [number]
        | undefined
    )?.[0] ??
    0;
  const recent = createRecentIndex(database, sealedThrough());

  const source = {
    database,
    prepare,
    recent,
    sealedThrough,

    /** One view of both files: what is sealed meanwhile is seen neither twice nor not at all. */
    inOneView<T>(look: () => T): T {
      return database.transaction(() => {
        viewedThrough = undefined;
        viewedThrough = sealedThrough();
        try {
          return look();
        } finally {
          viewedThrough = undefined;
        }
      })();
    },

    /** Lets go of unpacked chunks that end before a moment: who reads on from there needs them no more. */
    forgetBefore(at: number): void {
      for (const [key, { chunk, until }] of cache) {
        if (until > at) continue;
        cache.delete(key);
        cachedRows -= chunk.count;
      }
    },

    metaFor,
    movesAt: moves,

    /** The sealed chunks of an entity in which something of `from` to before `to` may lie, oldest first. */
    chunksOf(entityKey: number, from: number, to: number): ChunkRow[] {
      return prepare(
        `select id, until, count, null from chunk
         where id >= ? and id <= ? and until > ? order by id`,
      )
        .raw(true)
        .all(
          chunkKey(entityKey, dayOf(Math.max(0, from))),
          // Chunks past the border belong to a seal that is not finished.
          chunkKey(entityKey, Math.min(to, sealedThrough()) - 1),
          from,
        ) as ChunkRow[];
    },
    unpack,

    /** What an entity did from `from` to before `to`, in pieces that follow each other in time. */
    piecesOf(entityKey: number, from: number, to: number): Piece[] {
      const sealed = sealedThrough();
      const pieces: Piece[] = [];
      const [low, high] = [idOf(from, 0), idOf(to, 0)];
      for (const row of source.chunksOf(entityKey, from, to)) {
        const piece = pieceOfChunk(unpack(row), low, high);
        if (piece.count > 0) pieces.push(piece);
      }
      const open = source.rowsOf(entityKey, from, to, sealed);
      if (open.length > 0) pieces.push(pieceOfRows(open, source.movesAt));
      return hasLate(recent.late(entityKey), low, high) ? inOrder(pieces, low, high) : pieces;
    },

    /** Rows of one entity that are not sealed, oldest first. */
    rowsOf(entityKey: number, from: number, to: number, sealed: number): RecentRow[] {
      const [low, high] = [idOf(Math.max(from, sealed), 0), idOf(to, 0)];
      const ids = recent.idsOf(entityKey, low, high);
      const rows = ids.length === 0 ? [] : byIds(ids);
      const late = recent.late(entityKey).filter(([id]) => id >= idOf(from, 0) && id < high);
      return late.length === 0 ? rows : [...rows, ...late].sort((one, other) => one[0] - other[0]);
    },

    /** The last row of an entity before a moment, with what lies in one piece with it. */
    lastBefore(entityKey: number, at: number): { piece: Piece; n: number } | undefined {
      const sealed = sealedThrough();
      const open = source.rowsOf(entityKey, 0, at, sealed);
      const chunk = lastChunk(entityKey, at);
      const rows = open.length > 0 ? pieceOfRows(open, source.movesAt) : undefined;
      const newest = [rows, chunk]
        .filter((piece) => piece !== undefined)
        .sort((one, other) => one.id(one.count - 1) - other.id(other.count - 1))
        .at(-1);
      return newest && { piece: newest, n: newest.count - 1 };
    },

    entities(): {
      key: number;
      count: number;
      bytes: number;
      oldestAt: number;
      newestAt: number;
    }[] {
      return prepare(
        `select entity_key as key, count, bytes, oldest_at as oldestAt, newest_at as newestAt
         from entity_size`,
      ).all() as {
        key: number;
        count: number;
        bytes: number;
        oldestAt: number;
        newestAt: number;
      }[];
    },

    /** Keys of all entities that have anything, sealed or not. */
    entityKeys(): Set<number> {
      return new Set([...source.entities().map(({ key }) => key), ...recent.entityKeys()]);
    },
  };

  function byIds(ids: readonly number[]): RecentRow[] {
    return prepare(selectFrom("change", "where id in (select value from json_each(?)) order by id"))
      .raw(true)
      .all(JSON.stringify(ids)) as RecentRow[];
  }

  function lastChunk(entityKey: number, to: number): Piece | undefined {
    const row = prepare(
      `select id, until, count, body from chunk where id >= ? and id <= ? order by id desc limit 1`,
    )
      .raw(true)
      .get(chunkKey(entityKey, 0), chunkKey(entityKey, Math.min(to, sealedThrough()) - 1)) as
      | ChunkRow
      | undefined;
    if (!row) return undefined;
    const piece = pieceOfChunk(unpack(row), 0, idOf(to, 0));
    if (piece.count > 0) return piece;
    const start = startOfKey(row[0]);
    return start < to ? lastChunk(entityKey, start) : undefined;
  }

  function inOrder(pieces: readonly Piece[], low: number, high: number): Piece[] {
    const all = pieces.flatMap((piece) =>
      Array.from({ length: piece.count }, (_, n) => ({ piece, n, id: piece.id(n) })),
    );
    const seen = new Set<number>();
    const sorted = all
      .filter(({ id }) => id >= low && id < high && !seen.has(id) && seen.add(id))
      .sort((one, other) => one.id - other.id);
    return sorted.length === 0 ? [] : [pieceOfMany(sorted)];
  }

  return source;
}

const hasLate = (late: readonly RecentRow[], low: number, high: number) =>
  late.some(([id]) => id >= low && id < high);

function pieceOfMany(rows: readonly { piece: Piece; n: number; id: number }[]): Piece {
  const at = (n: number) => rows[n] as { piece: Piece; n: number; id: number };
  return {
    count: rows.length,
    first: 0,
    ids: rows.map(({ id }) => id),
    values: rows.map(({ piece, n }) => piece.value(n)),
    soleMeta: undefined,
    id: (n) => at(n).id,
    value: (n) => at(n).piece.value(at(n).n),
    text: (n) => at(n).piece.text(at(n).n),
    meta: (n) => at(n).piece.meta(at(n).n),
    row: (n) => at(n).piece.row(at(n).n),
  };
}
