import { DAY_MS } from "#foundation/time.ts";
import { toNumber } from "#ingest/normalize/number.ts";
import { atOf, type StoredChange } from "../chunk/chunk.ts";
import { chunkKey, dayOf, monthOf } from "../chunk-key.ts";
import {
  decodeStatistics,
  encodeStatistics,
  LONG_MS,
  SHORT_MS,
  type Statistic,
  statisticsOf,
} from "../statistics/statistics.ts";
import type { Chunks } from "./chunks.ts";

export interface DayOfEntity {
  readonly entityKey: number;
  readonly day: number;
  readonly changes: readonly StoredChange[];
}

/** Works out the statistics of one entity's day and keeps them. Inside a transaction of the caller. */
export function keepStatistics(chunks: Chunks, { entityKey, day, changes }: DayOfEntity): void {
  const first = changes[0];
  if (!first) return;
  const before = first.oldState;
  const course = {
    count: changes.length,
    at: (n: number) => atOf((changes[n] as StoredChange).id),
    state: (n: number) => (changes[n] as StoredChange).state,
    value: (n: number) => numberOf((changes[n] as StoredChange).state),
    stateBefore: before,
    valueBefore: numberOf(before),
  };
  const span = { start: day, end: day + DAY_MS };
  keepShort(chunks, entityKey, day, statisticsOf(course, { ...span, sizeMs: SHORT_MS }));
  keepLong(chunks, entityKey, statisticsOf(course, { ...span, sizeMs: LONG_MS }), day);
}

const numberOf = (state: string) => toNumber(state) ?? Number.NaN;

function keepShort(chunks: Chunks, entityKey: number, day: number, rows: Statistic[]): void {
  chunks
    .prepare("insert or replace into statistic_short (id, count, body) values (?, ?, ?)")
    .run(chunkKey(entityKey, day), rows.length, encodeStatistics(rows, SHORT_MS));
}

/** Hours of a month lie in one row; those of the day replace what was there for it. */
function keepLong(chunks: Chunks, entityKey: number, rows: Statistic[], day: number): void {
  const known = readLong(chunks, entityKey, monthOf(day));
  const kept = known.filter(
    ({ start, imported }) =>
      dayOf(start) !== day || (imported && !rows.some((row) => row.start === start)),
  );
  writeLong(chunks, entityKey, monthOf(day), [...kept, ...rows]);
}

/** Hours that somebody else worked out, for which there is none of our own. Answers how many were new. */
export function keepImported(
  chunks: Chunks,
  entityKey: number,
  month: number,
  rows: readonly Statistic[],
): number {
  const known = readLong(chunks, entityKey, month);
  const starts = new Set(known.map(({ start }) => start));
  const fresh = rows.filter(({ start }) => !starts.has(start));
  if (fresh.length > 0) writeLong(chunks, entityKey, month, [...known, ...fresh]);
  return fresh.length;
}

function readLong(chunks: Chunks, entityKey: number, month: number): Statistic[] {
  const row = chunks
    .prepare("select body from statistic_long where id = ?")
    .get(chunkKey(entityKey, month)) as { body: Uint8Array } | undefined;
  return row ? decodeStatistics(row.body, LONG_MS) : [];
}

function writeLong(chunks: Chunks, entityKey: number, month: number, rows: Statistic[]): void {
  const sorted = rows.sort((one, other) => one.start - other.start);
  chunks
    .prepare("insert or replace into statistic_long (id, count, body) values (?, ?, ?)")
    .run(chunkKey(entityKey, month), sorted.length, encodeStatistics(sorted, LONG_MS));
}
