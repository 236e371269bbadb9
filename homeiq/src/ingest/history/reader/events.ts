import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { ChangeMeta } from "../change-meta.ts";
import { atOf, idOf } from "../chunk/chunk.ts";
import { contextIdOf } from "../recent/recent.ts";
import { createMatcher, type Wanted } from "./match.ts";
import { walkOpenRows } from "./open-rows.ts";
import type { Hit, Piece, Row } from "./piece.ts";
import type { Source } from "./source.ts";

export interface PageQuery extends Wanted {
  readonly from?: number;
  readonly to?: number;
  readonly limit: number;
  /** Only changes with a smaller id. */
  readonly beforeId?: number;
}

/** A change as a reader gets it: all but the entity's description, which the main thread has. */
export interface FoundChange extends Omit<Row, "contextKey" | "meta"> {
  readonly entityKey: number;
  readonly meta: ChangeMeta;
}

export interface FoundPage {
  readonly changes: readonly FoundChange[];
  /** Where the next page begins; absent on the last. A page may be short when little matched in long. */
  readonly nextId?: number;
}

const FIRST_WINDOW_MS = HOUR_MS;
const LARGEST_WINDOW_MS = DAY_MS;
const LONGEST_MS = 1_500; // then a short page says where to go on: other questions wait behind this one

/** Changes, newest first. Looks through ever longer windows, from the newest back. */
export function readPage(source: Source, query: PageQuery): FoundPage {
  const matches = createMatcher(source, query);
  const border = Math.min(query.beforeId ?? Number.MAX_SAFE_INTEGER, idOf(query.to ?? 2 ** 41, 0));
  const entities = candidates(source, query);
  const oldest = Math.max(query.from ?? 0, oldestOf(entities));
  const startedAt = performance.now();
  const keys = query.keys && new Set(query.keys);
  const isWanted = (entityKey: number, piece: Piece, n: number) =>
    (!keys || keys.has(entityKey)) && matches(entityKey, piece, n);
  const hits: Hit[] = walkOpenRows(source, { oldest, border, enough: query.limit + 1 }, isWanted);
  let end = Math.min(atOf(border) + 1, source.sealedThrough(), newestOf(source, entities) + 1);
  let windowMs = FIRST_WINDOW_MS;
  while (end > oldest && hits.length <= query.limit) {
    const start = Math.max(oldest, end - windowMs);
    const found = hitsIn(source, entities, { start, end, border, matches });
    hits.push(...found.sort((one, other) => other.id - one.id));
    end = start;
    windowMs = Math.min(LARGEST_WINDOW_MS, windowMs * 3);
    if (performance.now() - startedAt > LONGEST_MS) break;
  }
  const page = hits.slice(0, query.limit);
  const last = page.at(-1);
  const isMore = hits.length > query.limit || end > oldest;
  const nextId = hits.length > query.limit ? last?.id : idOf(end, 0);
  return {
    changes: toFound(source, page),
    ...(isMore && nextId !== undefined ? { nextId } : {}),
  };
}

interface Candidate {
  readonly key: number;
  readonly oldestAt: number;
  readonly newestAt: number;
}

/** Entities that may have something, with the stretch in which they have it. */
export function candidates(source: Source, { keys }: Pick<Wanted, "keys">): Candidate[] {
  const wanted = keys && new Set(keys);
  const sealed = new Map(source.entities().map((one) => [one.key, one]));
  const open = new Set(source.recent.entityKeys());
  const border = source.sealedThrough();
  const oldestLate = (key: number) =>
    source.recent.late(key).reduce((least, [id]) => Math.min(least, atOf(id)), border);
  return [...source.entityKeys()]
    .filter((key) => !wanted || wanted.has(key))
    .map((key) => ({
      key,
      oldestAt: Math.min(sealed.get(key)?.oldestAt ?? border, oldestLate(key)),
      newestAt: open.has(key) ? Number.MAX_SAFE_INTEGER : (sealed.get(key)?.newestAt ?? 0),
    }));
}

const oldestOf = (entities: readonly Candidate[]): number =>
  entities.reduce((least, { oldestAt }) => Math.min(least, oldestAt), Number.MAX_SAFE_INTEGER);

/** Past the newest thing there is, no window has to be looked through. */
function newestOf(source: Source, entities: readonly Candidate[]): number {
  const open = source.prepare("select max(id) from recent.change").raw(true).get() as [
    number | null,
  ];
  const late = source.recent.allLate().map(([id]) => atOf(id));
  return Math.max(
    open[0] === null ? 0 : atOf(open[0]),
    ...late,
    ...entities.map(({ newestAt }) => (newestAt === Number.MAX_SAFE_INTEGER ? 0 : newestAt)),
  );
}

function hitsIn(
  source: Source,
  entities: readonly Candidate[],
  window: {
    start: number;
    end: number;
    border: number;
    matches: (entityKey: number, piece: Piece, n: number) => boolean;
  },
): Hit[] {
  const { start, end, border, matches } = window;
  const hits: Hit[] = [];
  for (const { key, oldestAt, newestAt } of entities) {
    if (newestAt < start || oldestAt >= end) continue;
    for (const piece of source.piecesOf(key, start, end)) {
      for (let n = piece.count - 1; n >= 0; n -= 1) {
        const id = piece.id(n);
        if (id < border && matches(key, piece, n)) hits.push({ entityKey: key, piece, n, id });
      }
    }
  }
  return hits;
}

/** The rows with their context's ids, which lie in a table of their own once they are sealed. */
export function toFound(
  source: Source,
  hits: readonly { entityKey: number; piece: Piece; n: number }[],
): FoundChange[] {
  return hits.map(({ entityKey, piece, n }) => {
    const { contextKey, meta, ...row } = piece.row(n);
    return {
      ...row,
      entityKey,
      meta: source.metaFor(meta),
      ...(contextKey > 0 ? contextOf(source, contextKey) : {}),
    };
  });
}

interface ContextRow {
  readonly id: string;
  readonly parent: number | null;
  readonly user: string | null;
}

/** Ids of a sealed context, of its parent and its person; "" where there is none. */
export function contextOf(source: Source, key: number) {
  const read = (one: number) =>
    source
      .prepare("select id, parent_key as parent, user_id as user from context where key = ?")
      .get(one) as ContextRow | undefined;
  const row = read(key);
  const parent = row?.parent ? read(row.parent) : undefined;
  return {
    contextId: row ? contextIdOf(atOf(key), row.id) : "",
    parentId: parent && row?.parent ? contextIdOf(atOf(row.parent), parent.id) : "",
    userId: row?.user ?? "",
  };
}

/** One change by its id. */
export function readChange(source: Source, id: number): FoundChange | undefined {
  const at = atOf(id);
  for (const { key } of candidates(source, {}).filter(
    ({ oldestAt, newestAt }) => oldestAt <= at && newestAt >= at,
  )) {
    for (const piece of source.piecesOf(key, at, at + 1)) {
      for (let n = 0; n < piece.count; n += 1) {
        if (piece.id(n) === id) return toFound(source, [{ entityKey: key, piece, n }])[0];
      }
    }
  }
  return undefined;
}
