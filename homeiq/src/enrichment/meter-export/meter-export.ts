import type { Slot } from "#enrichment/provider.ts";
import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import { wallAt } from "#foundation/wall-time.ts";
import { type Columns, findColumns } from "./columns.ts";
import { decode } from "./decode.ts";
import { addStep, findStepMs, isDescending, toMoments } from "./moments.ts";
import { readTable, refused, type Table } from "./table.ts";

export interface EnergySlot extends Slot {
  readonly kwh: number;
}

export interface MeterExport {
  /** In order of time, one per moment; what the file does not have is missing here too. */
  readonly slots: readonly EnergySlot[];
  readonly stepMs: number;
  /** Rows without a value, twice the same moment, or at a time that clocks did not show. */
  readonly leftOut: number;
  /** Whether it was only supposed that a row's single time is the start of its interval. */
  readonly isTimeSupposed: boolean;
}

interface Row {
  readonly at: number;
  readonly consumption: number | undefined;
  readonly reading: number | undefined;
}

/**
 * Reads what a grid operator's portal exports, by what stands in it and not by whose it is: any delimiter and
 * encoding, decimal comma or point, start or end of the interval or both, consumption or counter.
 *
 * Throws `invalid` `meter_export.…`: `empty`, `not_a_table`, `no_rows`, `no_time`, `no_value`, `several_meters`,
 * `too_short`.
 */
export function readMeterExport(bytes: Uint8Array, timeZone: string): MeterExport {
  const table = readTable(decode(bytes));
  const columns = findColumns(table);
  const rows = dropPlaceholders(readRows(table, columns, timeZone));
  const stepMs = findStepMs(rows.map(({ at }) => at));
  if (stepMs === undefined)
    throw refused("meter_export.too_short", "The file has fewer than two moments");
  const meaning = columns.times.length > 1 ? "start" : meaningOf(rows, columns, timeZone);
  const made = columns.consumption
    ? fromConsumption(rows, { stepMs, timeZone, isEnd: meaning === "end", columns })
    : fromReadings(rows);
  const slots = [...new Map(made.map((slot) => [slot.start, slot])).values()];
  slots.sort((one, other) => one.start - other.start);
  return {
    slots,
    stepMs,
    leftOut: table.rows.length - slots.length,
    isTimeSupposed: meaning === undefined,
  };
}

const FEED_IN = /^\d-\d+:2\.\d+\./; // OBIS: what went out of the house

function readRows(table: Table, columns: Columns, timeZone: string): readonly Row[] {
  const [readTime] = columns.times;
  const wanted = table.rows.filter((row) => !row.some((cell) => FEED_IN.test(cell)));
  const inFile = wanted.map((row) => readTime?.(row));
  const rows = isDescending(inFile) ? wanted.toReversed() : wanted;
  const moments = toMoments(
    rows.map((row) => readTime?.(row)),
    timeZone,
  );
  return rows.flatMap((row, index) => {
    const at = moments[index];
    if (at === undefined) return [];
    const consumption = columns.consumption?.(row);
    return [{ at, consumption, reading: columns.reading?.(row) }];
  });
}

/** A counter that shows nothing before it shows thousands was not read; its row's consumption neither. */
function dropPlaceholders(rows: readonly Row[]): readonly Row[] {
  const sorted = rows.toSorted((one, other) => one.at - other.at);
  const largest = Math.max(0, ...sorted.map(({ reading }) => reading ?? 0).slice(0, 100));
  const first = sorted.findIndex(({ reading }) => reading === undefined || reading > 0);
  const isPlaceholder = first > 0 && (sorted[first]?.reading ?? 0) > largest / 2;
  return isPlaceholder ? sorted.slice(first) : sorted;
}

/** What a single time is: by the counter beside it, by its column's name, or by where days begin and end. */
function meaningOf(
  rows: readonly Row[],
  { timeIs, consumption }: Columns,
  timeZone: string,
): Columns["timeIs"] {
  if (!consumption) return "end";
  const votes = { start: 0, end: 0 };
  for (const [index, row] of rows.entries()) {
    const before = rows[index - 1];
    if (before?.reading === undefined || row.reading === undefined) continue;
    const rise = row.reading - before.reading;
    const isLike = (value: number | undefined) => Math.abs((value ?? -1) - rise) < 0.0015;
    if (isLike(row.consumption) && !isLike(before.consumption)) votes.end += 1;
    if (isLike(before.consumption) && !isLike(row.consumption)) votes.start += 1;
  }
  if (votes.start !== votes.end) return votes.end > votes.start ? "end" : "start";
  if (timeIs) return timeIs;
  const isMidnight = (at: number | undefined) =>
    at !== undefined && wallAt(timeZone, at) % DAY_MS === 0;
  const [first, last] = [isMidnight(rows[0]?.at), isMidnight(rows.at(-1)?.at)];
  if (first === last) return undefined;
  return last ? "end" : "start";
}

interface Reading {
  readonly stepMs: number;
  readonly timeZone: string;
  readonly isEnd: boolean;
  readonly columns: Columns;
}

function fromConsumption(rows: readonly Row[], reading: Reading): EnergySlot[] {
  const { stepMs, timeZone, isEnd, columns } = reading;
  return rows.flatMap(({ at, consumption }) => {
    if (consumption === undefined) return [];
    const other = addStep(at, stepMs, timeZone, isEnd ? -1 : 1);
    const [start, end] = isEnd ? [other, at] : [at, other];
    const kwh = columns.isPower ? (consumption * (end - start)) / HOUR_MS : consumption;
    return [{ start, end, kwh }];
  });
}

/** What the counter rose by; a counter that fell is another one. */
function fromReadings(rows: readonly Row[]): EnergySlot[] {
  const known = rows.filter(({ reading }) => reading !== undefined);
  return known.flatMap(({ at, reading }, index) => {
    const before = known[index - 1];
    if (before?.reading === undefined || reading === undefined || reading < before.reading) {
      return [];
    }
    const kwh = Math.round((reading - before.reading) * 1e6) / 1e6;
    return before.at < at ? [{ start: before.at, end: at, kwh }] : [];
  });
}
