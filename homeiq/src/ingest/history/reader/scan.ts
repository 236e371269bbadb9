import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { atOf, idOf } from "../chunk/chunk.ts";
import { dayOf } from "../chunk-key.ts";
import { candidates, type FoundChange, toFound } from "./events.ts";
import { createMatcher, type Wanted } from "./match.ts";
import type { Piece } from "./piece.ts";
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

interface Hit {
  readonly entityKey: number;
  readonly piece: Piece;
  readonly n: number;
  readonly id: number;
}

/** Changes, oldest first, in blocks. Each block looks an hour ahead until it is full. */
export function readBlock(source: Source, query: ScanQuery): FoundBlock {
  const matches = createMatcher(source, query);
  const entities = candidates(source, query);
  const after = query.afterId ?? idOf(query.from, 0) - 1;
  let start = Math.max(query.from, atOf(after));
  const hits: Hit[] = [];
  const stop = Math.min(query.to, newest(source, entities) + 1);
  while (start < stop && hits.length < query.limit) {
    const quiet = nextBusy(entities, start, stop);
    start = Math.max(start, quiet);
    if (start >= stop) break;
    const end = Math.min(stop, dayOf(start) + DAY_MS, start + HOUR_MS);
    hits.push(...sorted(source, { entities, matches, start, end, after }));
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

interface Window {
  readonly entities: Candidates;
  readonly matches: (entityKey: number, piece: Piece, n: number) => boolean;
  readonly start: number;
  readonly end: number;
  readonly after: number;
}

function sorted(source: Source, { entities, matches, start, end, after }: Window): Hit[] {
  const hits: Hit[] = [];
  for (const { key, oldestAt, newestAt } of entities) {
    if (newestAt < start || oldestAt >= end) continue;
    for (const piece of source.piecesOf(key, start, end)) {
      for (let n = 0; n < piece.count; n += 1) {
        const id = piece.id(n);
        if (id > after && matches(key, piece, n)) hits.push({ entityKey: key, piece, n, id });
      }
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
