import type Sqlite from "better-sqlite3";
import { DAY_MS, MINUTE_MS } from "#foundation/time.ts";
import { atOf, idOf, NO_STATE, type StoredChange } from "../chunk/chunk.ts";
import { dayOf } from "../chunk-key.ts";
import { type RecentRow, selectFrom, splitContextId } from "../recent/recent.ts";
import type { Chunks, MadeChunk } from "./chunks.ts";
import { createContextBook } from "./contexts.ts";

const MOST_ROWS = 200_000; // in memory at once: about 60 MB
const CHUNKS_PER_TRANSACTION = 200; // short, so that nobody who writes a setting waits

/** Where the work of the keeper stands. */
export interface Progress {
  readonly sealedThrough: number;
  readonly compactedThrough: number;
}

export function readProgress(database: Sqlite.Database): Progress | undefined {
  return database
    .prepare(
      "select sealed_through as sealedThrough, compacted_through as compactedThrough from archive where id = 1",
    )
    .get() as Progress | undefined;
}

export interface Sealed {
  readonly changes: number;
  readonly chunks: number;
  readonly bytes: number;
  readonly sealedThrough: number;
}

/** A row of a change whose context is not yet one of ours. */
interface Draft extends Omit<StoredChange, "context"> {
  readonly chance: string;
  context: number;
}

/**
 * Moves recent rows from before `until` into chunks, a stretch at a time, until there is nothing left to move.
 *
 * The chunks of a stretch become part of the history in one step, when `sealed_through` moves past them: a
 * reader sees either the rows or the chunks. The rows are deleted a run later, when no reader can still be
 * looking at them; what a killed run left half written is written again.
 */
export function seal(database: Sqlite.Database, chunks: Chunks, until: number): Sealed {
  let { sealedThrough } = readProgress(database) ?? { sealedThrough: 0 };
  const sum = { changes: 0, chunks: 0, bytes: 0 };
  dropSealed(database, sealedThrough);
  for (;;) {
    const end = nextEnd(database, sealedThrough, until);
    if (end === undefined) break;
    const made = sealSpan(database, chunks, { start: sealedThrough, until: end });
    for (const { count, body } of made) {
      sum.changes += count;
      sum.bytes += body.length;
    }
    sum.chunks += made.length;
    sealedThrough = end;
  }
  return { ...sum, sealedThrough };
}

/** Deletes rows that a run before this one has sealed. */
export function dropSealed(database: Sqlite.Database, sealedThrough: number): void {
  const drop = database.prepare(
    "delete from recent.change where id in (select id from recent.change where id < ? limit 20000)",
  );
  while (drop.run(idOf(sealedThrough, 0)).changes > 0);
}

/** End of the next stretch: never over midnight, at most so many rows. */
function nextEnd(database: Sqlite.Database, start: number, until: number): number | undefined {
  const first = database
    .prepare("select id from recent.change where id >= ? and id < ? order by id limit 1")
    .raw(true)
    .get(idOf(start, 0), idOf(until, 0)) as [number] | undefined;
  if (!first) return start < until ? until : undefined; // nothing happened: that is sealed, too
  const midnight = dayOf(atOf(first[0])) + DAY_MS;
  const most = database
    .prepare("select id from recent.change where id >= ? order by id limit 1 offset ?")
    .raw(true)
    .get(first[0], MOST_ROWS) as [number] | undefined;
  const full = most && Math.floor(atOf(most[0]) / MINUTE_MS) * MINUTE_MS;
  const end = Math.min(midnight, until, full && full > atOf(first[0]) ? full : midnight);
  return end > start ? end : undefined;
}

function sealSpan(
  database: Sqlite.Database,
  chunks: Chunks,
  span: { start: number; until: number },
): MadeChunk[] {
  const book = createContextBook(database);
  const drafts = new Map<number, Draft[]>();
  const rows = database
    .prepare(selectFrom("change", "where id >= ? and id < ? order by id"))
    .raw(true)
    .iterate(idOf(span.start, 0), idOf(span.until, 0)) as IterableIterator<RecentRow>;
  for (const row of rows) {
    const draft = toDraft(row, chunks, book);
    const entityKey = row[1];
    const known = drafts.get(entityKey);
    if (known) known.push(draft);
    else drafts.set(entityKey, [draft]);
  }
  seeLaterParents(database, span.until, book);
  database.transaction(() => book.keep()).immediate();

  const made = [...drafts].map(([entityKey, changes]) => {
    for (const change of changes) change.context = book.keyOf(change.chance);
    // A stretch may begin long before its first row: after a night without the program, say.
    const start = Math.max(span.start, dayOf(atOf((changes[0] as Draft).id)));
    return chunks.make(entityKey, { start, until: span.until }, changes);
  });
  writeChunks(database, chunks, made, () =>
    chunks.prepare("update archive set sealed_through = ? where id = 1").run(span.until),
  );
  return made;
}

/** In short transactions; `last` belongs to the last of them. */
function writeChunks(
  database: Sqlite.Database,
  chunks: Chunks,
  made: readonly MadeChunk[],
  last: () => void,
): void {
  for (let n = 0; n < made.length; n += CHUNKS_PER_TRANSACTION) {
    database
      .transaction(() => {
        for (const one of made.slice(n, n + CHUNKS_PER_TRANSACTION)) chunks.write(one);
      })
      .immediate();
  }
  database.transaction(last).immediate();
}

/** A row with its context told to the book. */
export function toDraft(
  [id, entityKey, state, old, held, meta, context, extra]: RecentRow,
  chunks: Chunks,
  book: ReturnType<typeof createContextBook>,
): Draft {
  const [parentId = "", userId = "", attributes = ""] =
    extra === null ? [] : (JSON.parse(extra) as string[]);
  const { chance, time } =
    context === null ? { chance: "", time: atOf(id) } : splitContextId(context, atOf(id));
  book.see({ chance, time, entityKey, parentId, userId });
  return {
    id,
    state: state ?? NO_STATE,
    oldState: old ?? NO_STATE,
    heldMs: held ?? -1,
    meta,
    chance,
    context: 0,
    attributes,
    moved: chunks.moves(meta),
  };
}

function seeLaterParents(
  database: Sqlite.Database,
  after: number,
  book: ReturnType<typeof createContextBook>,
): void {
  const rows = database
    .prepare("select extra from recent.change where id >= ? and extra is not null")
    .raw(true)
    .iterate(idOf(after, 0)) as IterableIterator<[string]>;
  for (const [extra] of rows) {
    const [parentId] = JSON.parse(extra) as string[];
    if (parentId) book.seeParent(parentId);
  }
}
