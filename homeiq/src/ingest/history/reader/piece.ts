import { toNumber } from "#ingest/normalize/number.ts";
import { type Chunk, NO_STATE, type StoredChange } from "../chunk/chunk.ts";
import { fromRow, type RecentRow } from "../recent/recent.ts";

/** A row with its context: a key when it is sealed, the ids themselves when it is not. */
export interface Row extends Omit<StoredChange, "context"> {
  readonly contextKey: number;
  readonly contextId: string;
  readonly parentId: string;
  readonly userId: string;
}

/** A run of one entity's changes, oldest first, whatever it lies in. */
export interface Piece {
  readonly count: number;
  /** Where row 0 lies in the columns `ids` and `values`, for those who go through many rows. */
  readonly first: number;
  readonly ids: ArrayLike<number>;
  readonly values: ArrayLike<number>;
  /** The meta of all rows, where they have the same: so it is with nearly every sensor. */
  readonly soleMeta: number | undefined;
  id(n: number): number;
  /** NaN where the state is no number. */
  value(n: number): number;
  /** The state; `NO_STATE` when the entity vanished. */
  text(n: number): string;
  /** Key of kind, cause and unit. */
  meta(n: number): number;
  row(n: number): Row;
}

/** One row that was found, where it lies. */
export interface Hit {
  readonly entityKey: number;
  readonly piece: Piece;
  readonly n: number;
  readonly id: number;
}

/** The changes of a chunk whose ids are from `low` to before `high`. */
export function pieceOfChunk(chunk: Chunk, low: number, high: number): Piece {
  const { ids } = chunk;
  const first = lowerBound(ids, low);
  const end = lowerBound(ids, high);
  return {
    count: end - first,
    first,
    ids,
    get values() {
      return chunk.states.values;
    },
    get soleMeta() {
      const { keys } = chunk.metas;
      return keys.length === 1 ? keys[0] : undefined;
    },
    id: (n) => ids[first + n] as number,
    value: (n) => chunk.states.value(first + n),
    text: (n) => chunk.states.text(first + n),
    meta: (n) => chunk.metas.keys[chunk.metas.index[first + n] as number] as number,
    row(n) {
      const { context, ...change } = chunk.change(first + n);
      return { ...change, contextKey: context, contextId: "", parentId: "", userId: "" };
    },
  };
}

export function pieceOfRows(rows: readonly RecentRow[], moves: (meta: number) => boolean): Piece {
  const at = (n: number) => rows[n] as RecentRow;
  return {
    count: rows.length,
    first: 0,
    ids: rows.map(([id]) => id),
    values: rows.map((row) => numberOf(row[2])),
    soleMeta: undefined,
    id: (n) => at(n)[0],
    value: (n) => numberOf(at(n)[2]),
    text: (n) => at(n)[2] ?? NO_STATE,
    meta: (n) => at(n)[5],
    row: (n) => ({ ...fromRow(at(n), moves), contextKey: 0 }),
  };
}

/** First index whose id is not below the bound. */
export function lowerBound(ids: ArrayLike<number>, bound: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ids[middle] as number) < bound) low = middle + 1;
    else high = middle;
  }
  return low;
}

const numberOf = (state: string | null) =>
  (state === null ? undefined : toNumber(state)) ?? Number.NaN;
