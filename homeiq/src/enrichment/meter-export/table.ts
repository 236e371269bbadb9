import { parse } from "csv-parse/sync";
import { AppError } from "#foundation/errors.ts";
import { hasMonthFirst, readClock, readDay, readNumber, readTime } from "./cells.ts";

/** The rows with a time and a number, and the names of their columns. */
export interface Table {
  readonly names: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly isMonthFirst: boolean;
}

const DELIMITERS = [";", ",", "\t", "|"];
const SAMPLE_CHARACTERS = 40_000;

/** Throws `invalid`: `meter_export.empty`, `meter_export.not_a_table`, `meter_export.no_rows`. */
export function readTable(text: string): Table {
  if (text.trim() === "") throw refused("meter_export.empty", "The file is empty");
  if (/^\s*[<{[]/.test(text))
    throw refused("meter_export.not_a_table", "The file is not a table in CSV");
  const sample = text.slice(0, SAMPLE_CHARACTERS);
  const counts = DELIMITERS.map((delimiter) => ({
    delimiter,
    count: split(sample, delimiter).filter(hasTimeAndNumber).length,
  }));
  const [best] = counts.sort((one, other) => other.count - one.count);
  if (!best || best.count === 0) {
    throw refused("meter_export.no_rows", "No row of the file has a time and a number");
  }
  const all = split(text, best.delimiter);
  const first = all.findIndex(hasTimeAndNumber);
  const rows = all.slice(first).filter(hasTimeAndNumber);
  return {
    names: findNames(all.slice(0, first), rows[0]?.length ?? 0),
    rows,
    isMonthFirst: rows.some((row) => row.some(hasMonthFirst)),
  };
}

function split(text: string, delimiter: string): string[][] {
  return parse(text, {
    delimiter,
    bom: true,
    trim: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    skip_records_with_error: true, // a quote that is not closed, at the end of a file that was cut off
  });
}

const isTime = (cell: string) =>
  [false, true].some(
    (isMonthFirst) =>
      readTime(cell, isMonthFirst) !== undefined || readDay(cell, isMonthFirst) !== undefined,
  );

const hasTimeAndNumber = (row: readonly string[]) =>
  row.some(isTime) &&
  row.some(
    (cell) => readNumber(cell) !== undefined && !isTime(cell) && readClock(cell) === undefined,
  );

/** The line above the first row that has as many names; lines about the contract stand further up. */
function findNames(above: readonly (readonly string[])[], columns: number): readonly string[] {
  const names = above.findLast((row) => row.length >= Math.min(columns, 2));
  return (names ?? []).map((name) => name.toLowerCase());
}

export const refused = (code: string, message: string, facts: Record<string, unknown> = {}) =>
  new AppError("invalid", code, message, { facts });
