import { DAY_MS } from "#foundation/time.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import { atOf, NO_STATE } from "../chunk/chunk.ts";
import { chunkKey, dayOf, monthOf } from "../chunk-key.ts";
import {
  type Course,
  decodeInto,
  FIELD,
  LONG_MS,
  SHORT_MS,
  type Statistic,
  StatisticTable,
  statisticsOf,
  WIDTH,
} from "../statistics/statistics.ts";
import type { Piece } from "./piece.ts";
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

/** One entity's rows before they are objects. */
export interface EntityTable {
  readonly key: number;
  readonly unit?: string;
  readonly table: StatisticTable;
}

/** `readStatisticTables` as objects. */
export const readStatistics = (source: Source, query: StatisticsQuery): EntityStatistic[] =>
  readStatisticTables(source, query).map(({ table, ...rest }) => ({
    ...rest,
    rows: table.rows(),
  }));

/**
 * Statistics of five minutes or an hour: kept ones for finished days, worked out anew for the days since.
 *
 * A stretch in which nothing changed has a row only where something was in force: its value or its state, for
 * the whole of it, with a count of 0. Where nothing is known there is no row.
 */
export function readStatisticTables(source: Source, query: StatisticsQuery): EntityTable[] {
  const compacted = compactedThrough(source);
  return query.keys.map((key) => {
    const kept = keptRows(source, key, query);
    const openFrom = Math.max(query.from, compacted);
    const open = query.to > openFrom ? freshRows(source, key, { ...query, from: openFrom }) : [];
    const late = lateDays(source, key, { ...query, to: Math.min(query.to, compacted) });
    const last = source.lastBefore(key, query.to);
    const unit = last && source.metaFor(last.piece.meta(last.n)).unit;
    return {
      key,
      ...(unit === undefined ? {} : { unit }),
      table: withQuiet(source, key, merged(kept, open, late), query),
    };
  });
}

/** All in order of time. What was kept counts more than what is open, and less than what came late. */
function merged(
  kept: StatisticTable,
  open: readonly Statistic[],
  late: readonly Statistic[],
): StatisticTable {
  const fresh = [...late, ...open];
  if (fresh.length === 0) return kept;
  const isLate = new Set(late.map(({ start }) => start));
  const rows = new StatisticTable(kept.length + fresh.length);
  let at = 0;
  for (const row of fresh) {
    while (at < kept.length && kept.start(at) < row.start) rows.pushFrom(kept, at++);
    const isKept = at < kept.length && kept.start(at) === row.start;
    if (isKept && !isLate.has(row.start)) continue;
    if (isKept) at += 1;
    rows.push(row);
  }
  while (at < kept.length) rows.pushFrom(kept, at++);
  return rows;
}

/** Finished days for which changes came late that the next seal will put there: worked out with them. */
function lateDays(source: Source, key: number, query: StatisticsQuery): Statistic[] {
  const { from, to } = query;
  const waiting = source.recent
    .late(key)
    .map(([id]) => atOf(id))
    .filter((at) => at >= from && at < to);
  return [...new Set(waiting.map(dayOf))]
    .sort((one, other) => one - other)
    .filter((day) => isSealed(source, key, day))
    .flatMap((day) => wholeDay(source, key, day, query.sizeMs))
    .filter(({ start }) => start >= from && start < to);
}

/** As it will be kept: a day begins with what its first change tells of the state before. */
function wholeDay(source: Source, key: number, day: number, sizeMs: number): Statistic[] {
  const span = { start: day, end: day + DAY_MS, sizeMs };
  const rows = rowsIn(source, key, span);
  const [first] = rows;
  const state = first?.piece.row(first.n).oldState ?? NO_STATE;
  const before = { state, value: toNumber(state) ?? Number.NaN };
  return statisticsOf(courseOf(rows, before), span);
}

/** Whether the day's own changes are there: without them the statistics know more than what came late. */
const isSealed = (source: Source, key: number, day: number): boolean =>
  source.prepare("select 1 from chunk where id = ?").get(chunkKey(key, day)) !== undefined;

const compactedThrough = (source: Source): number =>
  (
    source.prepare("select compacted_through from archive where id = 1").raw(true).get() as
      | [number]
      | undefined
  )?.[0] ?? 0;

function keptRows(
  source: Source,
  key: number,
  { from, to, sizeMs }: StatisticsQuery,
): StatisticTable {
  const isShort = sizeMs === SHORT_MS;
  const name = isShort ? "statistic_short" : "statistic_long";
  const first = isShort ? dayOf(from) : monthOf(from);
  const bodies = source
    .prepare(`select body from ${name} where id >= ? and id <= ? order by id`)
    .raw(true)
    .all(chunkKey(key, first), chunkKey(key, to - 1)) as [Uint8Array][];
  const table = new StatisticTable(Math.min(MOST_EXPECTED, Math.ceil((to - from) / sizeMs)));
  const wanted = { sizeMs: isShort ? SHORT_MS : LONG_MS, from, to };
  for (const [body] of bodies) decodeInto(table, body, wanted);
  return table;
}

const MOST_EXPECTED = 10_000; // rows to make room for; a range may be long and hold little

function freshRows(
  source: Source,
  key: number,
  { from, to, sizeMs, now }: StatisticsQuery,
): Statistic[] {
  const start = Math.floor(from / sizeMs) * sizeMs;
  const rows = rowsIn(source, key, { start, end: to });
  if (rows.length === 0) return [];
  const { before } = beforeOf(source, key, start);
  const held = { state: before?.state ?? NO_STATE, value: before?.value ?? Number.NaN };
  return statisticsOf(courseOf(rows, held), { start, end: Math.min(to, now), sizeMs }).filter(
    (row) => row.start >= from && row.start < to,
  );
}

interface Place {
  readonly piece: Piece;
  readonly n: number;
}

const rowsIn = (source: Source, key: number, { start, end }: { start: number; end: number }) =>
  source
    .piecesOf(key, start, end)
    .flatMap((piece) => Array.from({ length: piece.count }, (_, n): Place => ({ piece, n })));

function courseOf(rows: readonly Place[], before: Held): Course {
  const at = (n: number) => rows[n] as Place;
  return {
    count: rows.length,
    at: (n) => atOf(at(n).piece.id(at(n).n)),
    state: (n) => at(n).piece.text(at(n).n),
    value: (n) => at(n).piece.value(at(n).n),
    stateBefore: before.state,
    valueBefore: before.value,
  };
}

/** Rows for stretches in which something was in force and nothing changed. */
function withQuiet(
  source: Source,
  key: number,
  rows: StatisticTable,
  { from, to, sizeMs, now }: StatisticsQuery,
): StatisticTable {
  const first = Math.ceil(from / sizeMs) * sizeMs;
  const end = Math.min(to, now);
  if (isWhole(rows, { first, end, sizeMs })) return rows;
  const filled = new StatisticTable(rows.length);
  const { before } = beforeOf(source, key, first);
  let held = before ? { state: before.state, value: before.value ?? Number.NaN } : undefined;
  let at = 0;
  for (let start = first; start + sizeMs <= end || at < rows.length; start += sizeMs) {
    const isThere = at < rows.length;
    const next = isThere ? rows.start(at) : Number.NaN;
    if (isThere && next <= start) {
      filled.pushFrom(rows, at);
      held = heldAfter(rows, at);
      at += 1;
      start = next;
    } else if (held && start + sizeMs <= end) {
      filled.push(quiet(start, sizeMs, held));
    } else if (isThere && !held) {
      start = next - sizeMs; // nothing is known until then
    }
  }
  return filled;
}

interface Grid {
  readonly first: number;
  readonly end: number;
  readonly sizeMs: number;
}

/** There is a row for every stretch, and none beside them. */
function isWhole(rows: StatisticTable, { first, end, sizeMs }: Grid): boolean {
  const wanted = Math.floor((end - first) / sizeMs);
  const isAsMany = wanted > 0 && rows.length === wanted;
  if (!isAsMany || rows.start(0) !== first) return false;
  for (let n = 1; n < rows.length; n += 1) {
    if (rows.start(n) - rows.start(n - 1) !== sizeMs) return false;
  }
  return true;
}

interface Held {
  readonly state: string;
  readonly value: number;
}

function heldAfter(rows: StatisticTable, n: number): Held | undefined {
  const of = (field: number) => rows.numbers[n * WIDTH + field] as number;
  // Theirs have a row for every hour; where there is none, they had none.
  if (of(FIELD.imported) === 1) return undefined;
  const states = rows.states(n);
  const last = of(FIELD.last);
  if (!Number.isNaN(last) && states.size === 0) return { state: "", value: last };
  const state = [...states.keys()].at(-1);
  return state === undefined ? undefined : { state, value: Number.NaN };
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
