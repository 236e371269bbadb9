import { present } from "#foundation/absent.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import { atOf, END_OF_TIME, NO_STATE } from "../chunk/chunk.ts";
import { candidates } from "./events.ts";
import type { Piece } from "./piece.ts";
import type { Source } from "./source.ts";

/** How many changes one entity had in one bucket from one cause. */
export interface CountedRow {
  readonly start: number;
  readonly cause: string;
  readonly key: number;
  readonly n: number;
}

const COUNTED_KINDS = new Set(["state", "attributes", "availability"]);

/** Changes per bucket, cause and entity. What merely appeared or vanished is left out. */
export function countChanges(
  source: Source,
  { from, to, bucketMs }: { from: number; to: number; bucketMs: number },
): CountedRow[] {
  const first = Math.floor(from / bucketMs);
  const buckets = Math.ceil(to / bucketMs) - first;
  const found: CountedRow[] = [];
  for (const { key, oldestAt, newestAt } of candidates(source, {})) {
    if (newestAt < from || oldestAt >= to) continue;
    const counts = new Map<number, Int32Array>();
    for (const piece of source.piecesOf(key, from, to)) {
      for (let n = 0; n < piece.count; n += 1) {
        const meta = piece.meta(n);
        let column = counts.get(meta);
        if (!column) {
          column = new Int32Array(buckets);
          counts.set(meta, column);
        }
        const bucket = Math.floor(atOf(piece.ids[piece.first + n] as number) / bucketMs) - first;
        column[bucket] = (column[bucket] as number) + 1;
      }
    }
    for (const [meta, column] of counts) {
      const { kind, cause } = source.metaFor(meta);
      if (!COUNTED_KINDS.has(kind)) continue;
      column.forEach((n, bucket) => {
        if (n > 0) found.push({ start: (first + bucket) * bucketMs, cause: cause.kind, key, n });
      });
    }
  }
  return found;
}

/** How many changes each entity had since a moment. */
export function countSince(source: Source, since: number): [key: number, n: number][] {
  return candidates(source, {})
    .filter(({ newestAt }) => newestAt >= since)
    .map(({ key }) => {
      const pieces = source.piecesOf(key, since, END_OF_TIME);
      return [key, pieces.reduce((sum, { count }) => sum + count, 0)];
    });
}

export interface LastState {
  readonly key: number;
  readonly state: string;
  readonly at: number;
  /** Moment of the last change of any kind. */
  readonly updatedAt: number;
  readonly contextId: string;
}

/** The last state of each entity, from the last change that moved it. */
export function lastStates(source: Source): LastState[] {
  return [...source.entityKeys()].flatMap((key) => {
    const found = lastMove(source, key, END_OF_TIME);
    if (!found) return [];
    const row = found.piece.row(found.n);
    if (row.state === NO_STATE) return [];
    const last = source.lastBefore(key, END_OF_TIME);
    const at = atOf(row.id);
    const updatedAt = last ? atOf(last.piece.id(last.n)) : at;
    return [{ key, state: row.state, at, updatedAt, contextId: row.contextId }];
  });
}

export interface StateThen {
  readonly key: number;
  readonly at: number;
  readonly state: string;
  readonly value?: number;
  readonly unit?: string;
}

/** What was in force at a moment; entities that did not exist then are left out. */
export function statesAt(
  source: Source,
  { at, keys }: { at: number; keys?: readonly number[] },
): StateThen[] {
  return candidates(source, keys ? { keys } : {}).flatMap(({ key, oldestAt }) => {
    if (oldestAt > at) return [];
    const found = source.lastBefore(key, at + 1);
    if (!found) return [];
    const { piece, n } = found;
    const state = piece.text(n);
    if (state === NO_STATE) return [];
    return [
      {
        key,
        at: atOf(piece.id(n)),
        state,
        ...present("value", toNumber(state)),
        ...present("unit", source.metaFor(piece.meta(n)).unit),
      },
    ];
  });
}

/** The last change that moved the state: attributes that changed after it do not count. */
function lastMove(
  source: Source,
  key: number,
  before: number,
): { piece: Piece; n: number } | undefined {
  let at = before;
  for (let step = 0; step < 50; step += 1) {
    const found = source.lastBefore(key, at);
    if (!found) return undefined;
    for (let { n } = found; n >= 0; n -= 1) {
      if (source.metaFor(found.piece.meta(n)).kind !== "attributes") {
        return { piece: found.piece, n };
      }
    }
    at = atOf(found.piece.id(0));
  }
  return source.lastBefore(key, before); // nothing but attributes in long: their state is the state, too
}
