import { atOf, NO_STATE } from "../chunk/chunk.ts";
import { chunkKey, dayOf, monthOf } from "../chunk-key.ts";
import {
  decodeStatistics,
  LONG_MS,
  SHORT_MS,
  type Statistic,
  statisticsOf,
} from "../statistics/statistics.ts";
import { beforeOf } from "./series.ts";
import type { Source } from "./source.ts";

export interface StatisticsQuery {
  readonly keys: readonly number[];
  readonly from: number;
  readonly to: number;
  readonly sizeMs: number;
  /** What is in force now says nothing of the time to come. */
  readonly now: number;
}

export interface EntityStatistic {
  readonly key: number;
  readonly unit?: string;
  readonly rows: readonly Statistic[];
}

/**
 * Statistics of five minutes or an hour: kept ones for finished days, worked out anew for the days since.
 *
 * A stretch in which nothing changed has a row only where something was in force: its value or its state, for
 * the whole of it, with a count of 0. Where nothing is known there is no row.
 */
export function readStatistics(source: Source, query: StatisticsQuery): EntityStatistic[] {
  const compacted = compactedThrough(source);
  return query.keys.map((key) => {
    const kept = keptRows(source, key, query);
    const openFrom = Math.max(query.from, compacted);
    const fresh = query.to > openFrom ? freshRows(source, key, { ...query, from: openFrom }) : [];
    const known = new Set(kept.map(({ start }) => start));
    const rows = [...kept, ...fresh.filter(({ start }) => !known.has(start))].sort(
      (one, other) => one.start - other.start,
    );
    const last = source.lastBefore(key, query.to);
    const unit = last && source.metaFor(last.piece.meta(last.n)).unit;
    return {
      key,
      ...(unit === undefined ? {} : { unit }),
      rows: withQuiet(source, key, rows, query),
    };
  });
}

const compactedThrough = (source: Source): number =>
  (
    source.prepare("select compacted_through from archive where id = 1").raw(true).get() as
      | [number]
      | undefined
  )?.[0] ?? 0;

function keptRows(source: Source, key: number, { from, to, sizeMs }: StatisticsQuery): Statistic[] {
  const isShort = sizeMs === SHORT_MS;
  const table = isShort ? "statistic_short" : "statistic_long";
  const first = isShort ? dayOf(from) : monthOf(from);
  const bodies = source
    .prepare(`select body from ${table} where id >= ? and id <= ? order by id`)
    .raw(true)
    .all(chunkKey(key, first), chunkKey(key, to - 1)) as [Uint8Array][];
  return bodies
    .flatMap(([body]) => decodeStatistics(body, isShort ? SHORT_MS : LONG_MS))
    .filter(({ start }) => start >= from && start < to);
}

function freshRows(
  source: Source,
  key: number,
  { from, to, sizeMs, now }: StatisticsQuery,
): Statistic[] {
  const start = Math.floor(from / sizeMs) * sizeMs;
  const rows = source
    .piecesOf(key, start, to)
    .flatMap((piece) => Array.from({ length: piece.count }, (_, n) => ({ piece, n })));
  if (rows.length === 0) return [];
  const at = (n: number) => rows[n] as (typeof rows)[number];
  const { before } = beforeOf(source, key, start);
  const course = {
    count: rows.length,
    at: (n: number) => atOf(at(n).piece.id(at(n).n)),
    state: (n: number) => at(n).piece.text(at(n).n),
    value: (n: number) => at(n).piece.value(at(n).n),
    stateBefore: before?.state ?? NO_STATE,
    valueBefore: before?.value ?? Number.NaN,
  };
  return statisticsOf(course, { start, end: Math.min(to, now), sizeMs }).filter(
    (row) => row.start >= from && row.start < to,
  );
}

/** Rows for stretches in which something was in force and nothing changed. */
function withQuiet(
  source: Source,
  key: number,
  rows: readonly Statistic[],
  { from, to, sizeMs, now }: StatisticsQuery,
): Statistic[] {
  const first = Math.ceil(from / sizeMs) * sizeMs;
  const end = Math.min(to, now);
  const filled: Statistic[] = [];
  const { before } = beforeOf(source, key, first);
  let held = before ? { state: before.state, value: before.value ?? Number.NaN } : undefined;
  let at = 0;
  for (let start = first; start + sizeMs <= end || at < rows.length; start += sizeMs) {
    const row = rows[at];
    if (row && row.start <= start) {
      filled.push(row);
      at += 1;
      held = heldAfter(row);
      start = row.start;
    } else if (held && start + sizeMs <= end) {
      filled.push(quiet(start, sizeMs, held));
    } else if (row && !held) {
      start = row.start - sizeMs; // nothing is known until then
    }
  }
  return filled;
}

interface Held {
  readonly state: string;
  readonly value: number;
}

function heldAfter(row: Statistic): Held | undefined {
  if (row.imported) return undefined; // theirs have a row for every hour; where there is none, they had none
  if (!Number.isNaN(row.last) && row.states.size === 0) return { state: "", value: row.last };
  const last = [...row.states.keys()].at(-1);
  return last === undefined ? undefined : { state: last, value: Number.NaN };
}

function quiet(start: number, sizeMs: number, { state, value }: Held): Statistic {
  const isNumber = !Number.isNaN(value);
  return {
    start,
    count: 0,
    mean: value,
    timeWeightedMean: value,
    min: value,
    max: value,
    last: value,
    rise: isNumber ? 0 : Number.NaN,
    states: isNumber ? new Map() : new Map([[state, sizeMs]]),
    imported: false,
  };
}
