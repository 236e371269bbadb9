import type { LocalTime } from "./local-time.ts";

/** What a cell can hold. A moment is milliseconds since the epoch, UTC; absent is an empty cell. */
export type Cell = string | number | boolean | undefined;
export type CellType = "text" | "number" | "moment" | "flag" | "json";

export interface Column<Row> {
  /** Heads the column for programs: `entity_id`. */
  readonly key: string;
  /** Heads the column for people: "Entity". */
  readonly title: string;
  readonly type: CellType;
  /** About how wide it is, in characters. */
  readonly width: number;
  /** Also in the printed table, where only the most important columns have room. */
  readonly printed?: true;
  value(row: Row): Cell;
  /** The same for people who read it on paper; absent when `value` says it well. */
  words?(row: Row): string;
}

/** A number that sums the rows up, already in words. */
export interface Figure {
  readonly label: string;
  readonly value: string;
}

/** How much happened by local weekday (0 = Monday) and hour. */
export interface HeatChart {
  readonly kind: "heat";
  readonly title: string;
  readonly byHour: readonly (readonly number[])[];
}

export interface BarChart {
  readonly kind: "bars";
  readonly title: string;
  readonly bars: readonly { readonly name: string; readonly count: number }[];
}

export interface LineChart {
  readonly kind: "line";
  readonly title: string;
  readonly unit?: string;
  readonly from: number;
  readonly to: number;
  readonly bucketMs: number;
  readonly points: readonly {
    readonly start: number;
    readonly min: number;
    readonly mean: number;
    readonly max: number;
    /** There was no value just before: the line does not reach back. */
    readonly afterGap: boolean;
  }[];
}

export interface BandChart {
  readonly kind: "bands";
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly rows: readonly {
    readonly name: string;
    readonly spans: readonly {
      readonly start: number;
      readonly end: number;
      readonly state: string;
    }[];
  }[];
}

export type Chart = HeatChart | BarChart | LineChart | BandChart;

/** Grows with each row, in memory that does not grow with their number. */
export interface Summary<Row> {
  add(row: Row): void;
  figures(): readonly Figure[];
  charts(): readonly Chart[];
}

/** What is exported, whatever the format. */
export interface Content<Row> {
  /** Names the file and the sheet: `events`. */
  readonly name: string;
  readonly title: string;
  /** What the title leaves open: "Kitchen, only lights". */
  readonly subject: string;
  /** "2026-11-01 00:00 to 2026-11-24 18:30". */
  readonly period: string;
  readonly houseName: string;
  readonly createdAt: number;
  readonly time: LocalTime;
  readonly columns: readonly Column<Row>[];
  /** In blocks of bounded size, read once. */
  readonly rows: AsyncIterable<readonly Row[]>;
  summarize(): Summary<Row>;
}

/**
 * One kind of file.
 *
 * `write` yields bytes after work of a few milliseconds, so that whoever reads it can let others run in between,
 * and holds no more than it is about to yield. When the reader stops early, `rows` are told so.
 */
export interface ExportFormat {
  readonly name: string;
  readonly extension: string;
  readonly mediaType: string;
  write<Row>(content: Content<Row>): AsyncIterable<Uint8Array>;
}

/** Rows between two chunks: a few milliseconds of work on a Raspberry Pi. */
const SLICE_ROWS = 500;

/** The same rows in blocks that are small enough to be worked on in one go. */
export async function* slices<Row>(
  blocks: AsyncIterable<readonly Row[]>,
  most = SLICE_ROWS,
): AsyncGenerator<readonly Row[], void> {
  for await (const block of blocks) {
    if (block.length <= most) {
      yield block;
      continue;
    }
    for (let start = 0; start < block.length; start += most) {
      yield block.slice(start, start + most);
    }
  }
}
