import type Sqlite from "better-sqlite3";
import { DAY_MS } from "#foundation/time.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import { atOf, type StoredChange } from "../chunk/chunk.ts";
import { type Chunks, changesOf } from "./chunks.ts";
import { keepStatistics } from "./statistics.ts";

const SAME_MS = 2; // two records of one change may be rounded differently

export interface Merged {
  readonly added: readonly StoredChange[];
  readonly known: number;
}

export interface MergeSpan {
  readonly entityKey: number;
  /** Start of the UTC day. */
  readonly day: number;
  readonly sealedThrough: number;
  readonly compactedThrough: number;
}

/**
 * Puts changes into a day that is sealed, in one transaction.
 *
 * A change that is there already is not kept twice: what somebody else recorded when it has the same state
 * within 2 ms, what we heard ourselves only when all of it is the same. What stands next to a new
 * change gets its old state and its duration anew: both were told without knowledge of what lay between.
 */
export function mergeDay(
  database: Sqlite.Database,
  chunks: Chunks,
  span: MergeSpan,
  additions: readonly StoredChange[],
): Merged {
  // A seal that was killed may have left chunks past the border; they are made again.
  const stored = chunks
    .ofDay(span.entityKey, span.day)
    .filter(({ start }) => start < span.sealedThrough);
  const before = changesOf(stored);
  const { found, replaced } = unknownOf(chunks, before, additions);
  const present = before.filter(({ id }) => !replaced.has(id));
  const taken = new Set(present.map(({ id }) => id));
  const added = found.map((one) => withOwnId(one, taken));
  if (added.length === 0) return { added, known: additions.length };
  const fresh = new Set(added.map(({ id }) => id));
  const all = withNeighbors(
    [...present, ...added].sort((one, other) => one.id - other.id),
    fresh,
  );
  const isWhole = span.day + DAY_MS <= span.compactedThrough;
  const until = isWhole ? span.day + DAY_MS : Math.min(span.day + DAY_MS, span.sealedThrough);
  const made = chunks.make(span.entityKey, { start: span.day, until }, all);
  database
    .transaction(() => {
      chunks.remove(
        span.entityKey,
        stored.map(({ key }) => key),
      );
      chunks.write(made);
      if (isWhole) keepStatistics(chunks, { ...span, changes: all });
    })
    .immediate();
  return { added, known: additions.length - added.length };
}

/** Two changes of one entity in one millisecond still have two ids. */
function withOwnId(change: StoredChange, taken: Set<number>): StoredChange {
  let { id } = change;
  while (taken.has(id)) id += 1;
  taken.add(id);
  return { ...change, id };
}

function unknownOf(
  chunks: Chunks,
  present: readonly StoredChange[],
  additions: readonly StoredChange[],
): { found: StoredChange[]; replaced: ReadonlySet<number> } {
  const isPast = ({ meta }: StoredChange) => chunks.metaFor(meta).source !== undefined;
  const found: StoredChange[] = [];
  const replaced = new Set<number>();
  for (const one of additions.toSorted((one, other) => one.id - other.id)) {
    const twins = near(present, one);
    if (isPast(one)) {
      if (twins.length === 0 && near(found, one).length === 0) found.push(one);
      continue;
    }
    if (twins.some((other) => !isPast(other) && isEqual(one, other))) continue;
    // What we heard ourselves was published with its id and its cause: it stays as it was told.
    for (const other of twins) {
      if (isPast(other) && other.moved === one.moved) replaced.add(other.id);
    }
    found.push(one);
  }
  return { found, replaced };
}

/** A late change that was merged before a kill, and is merged again. */
const isEqual = (one: StoredChange, other: StoredChange) =>
  atOf(one.id) === atOf(other.id) && one.meta === other.meta && one.attributes === other.attributes;

/** A database of numbers gives 21 where Home Assistant wrote 21.0. */
const sayTheSame = (one: string, other: string) =>
  one === other || (toNumber(one) !== undefined && toNumber(one) === toNumber(other));

/** Those of the same state within 2 ms. */
function near(present: readonly StoredChange[], { id, state }: StoredChange): StoredChange[] {
  const at = atOf(id);
  let low = 0;
  let high = present.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (atOf((present[middle] as StoredChange).id) < at - SAME_MS) low = middle + 1;
    else high = middle;
  }
  const found: StoredChange[] = [];
  for (let n = low; n < present.length; n += 1) {
    const one = present[n] as StoredChange;
    if (atOf(one.id) > at + SAME_MS) break;
    if (sayTheSame(one.state, state)) found.push(one);
  }
  return found;
}

function withNeighbors(all: StoredChange[], fresh: ReadonlySet<number>): StoredChange[] {
  let movedAt = Number.NaN;
  let before: StoredChange | undefined;
  return all.map((one) => {
    const isNext = before !== undefined && fresh.has(before.id);
    let mended = one;
    if (before && (fresh.has(one.id) || isNext)) {
      mended = {
        ...one,
        oldState: before.state,
        heldMs: one.moved && !Number.isNaN(movedAt) ? atOf(one.id) - movedAt : -1,
      };
    }
    if (one.moved) movedAt = atOf(one.id);
    before = mended;
    return mended;
  });
}
