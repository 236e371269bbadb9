import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import { atOf, idOf } from "../chunk/chunk.ts";
import { dayOf } from "../chunk-key.ts";
import { candidates, type FoundChange, toFound } from "./events.ts";
import { createMatcher, type Wanted } from "./match.ts";
import type { Hit, Piece } from "./piece.ts";
import type { Source } from "./source.ts";

export interface ScanQuery extends Wanted {
  readonly from: number;
  readonly to: number;
  /** Only changes with a larger id: where the last block ended. */
  readonly afterId?: number;
  readonly limit: number;
}

export interface FoundBlock {
  readonly changes: readonly FoundChange[];
  /** Give it as `afterId` for the next block; absent when this was the last. */
  readonly nextAfterId?: number;
}

/** More changes than this are not looked through at once: a burst of an hour would not fit into memory. */
const MOST_AT_ONCE = 4_000;

/** Changes, oldest first, in blocks. Each block looks ahead, in steps that hold about as much as it needs. */
export function readBlock(source: Source, query: ScanQuery): FoundBlock {
  const matches = createMatcher(source, query);
  const entities = candidates(source, query);
  const after = query.afterId ?? idOf(query.from, 0) - 1;
  let start = Math.max(query.from, atOf(after));
  let step = usualStep(source, entities, query.limit);
  const hits: Hit[] = [];
  const stop = Math.min(query.to, newest(source, entities) + 1);
  while (start < stop && hits.length < query.limit) {
    const quiet = nextBusy(entities, start, stop);
    start = Math.max(start, quiet);
    if (start >= stop) break;
    const end = Math.min(stop, dayOf(start) + DAY_MS, start + step);
    const pieces = piecesIn(source, entities, { start, end });
    const waiting = pieces.reduce((sum, { piece }) => sum + piece.count, 0);
    if (waiting > MOST_AT_ONCE && end - start > 1) {
      step = Math.max(1, Math.floor(((end - start) * MOST_AT_ONCE) / waiting / 2));
      continue;
    }
    const before = hits.length;
    for (const hit of sorted(pieces, { matches, after })) hits.push(hit);
    if (hits.length - before < query.limit / 4) step = Math.min(DAY_MS, step * 2);
    start = end;
  }
  // A scan through years would otherwise fill the cache with days that it has passed.
  source.forgetBefore(Math.max(query.from, atOf(after)));
  const block = hits.slice(0, query.limit);
  const isLast = hits.length <= query.limit && start >= stop;
  const last = block.at(-1)?.id ?? idOf(start, 0) - 1;
  return {
    changes: toFound(source, block),
    ...(isLast ? {} : { nextAfterId: hits.length > query.limit ? last : idOf(start, 0) - 1 }),
  };
}

type Candidates = ReturnType<typeof candidates>;

/** The time in which these entities usually make so many changes. */
function usualStep(source: Source, entities: Candidates, limit: number): number {
  const wanted = new Set(entities.map(({ key }) => key));
  const perMs = source
    .entities()
    .filter(({ key }) => wanted.has(key))
    .map(({ count, oldestAt, newestAt }) => count / Math.max(HOUR_MS, newestAt - oldestAt))
    .reduce((sum, one) => sum + one, 0);
  if (perMs === 0) return HOUR_MS;
  return Math.min(DAY_MS, Math.max(MINUTE_MS, Math.ceil(limit / perMs)));
}

interface PieceOf {
  readonly key: number;
  readonly piece: Piece;
}

function piecesIn(
  source: Source,
  entities: Candidates,
  { start, end }: { start: number; end: number },
): PieceOf[] {
  return entities
    .filter(({ oldestAt, newestAt }) => newestAt >= start && oldestAt < end)
    .flatMap(({ key }) => source.piecesOf(key, start, end).map((piece) => ({ key, piece })));
}

interface Wish {
  readonly matches: (entityKey: number, piece: Piece, n: number) => boolean;
  readonly after: number;
}

function sorted(pieces: readonly PieceOf[], { matches, after }: Wish): Hit[] {
  const hits: Hit[] = [];
  for (const { key, piece } of pieces) {
    for (let n = 0; n < piece.count; n += 1) {
      const id = piece.id(n);
      if (id > after && matches(key, piece, n)) hits.push({ entityKey: key, piece, n, id });
    }
  }
  return hits.sort((one, other) => one.id - other.id);
}

/** Start of the next stretch in which any of the entities has something: years of nothing cost nothing. */
function nextBusy(entities: Candidates, from: number, to: number): number {
  return entities
    .filter(({ newestAt }) => newestAt >= from)
    .reduce((least, { oldestAt }) => Math.min(least, oldestAt), to);
}

function newest(source: Source, entities: Candidates): number {
  const ends = entities.map(({ newestAt }) => newestAt);
  const late = source.recent.allLate().map(([id]) => atOf(id));
  return [...ends, ...late].reduce((most, at) => Math.max(most, at), 0);
}
