import { zstdCompressSync } from "node:zlib";
import type { CellType, Column, ExportFormat } from "./export.ts";
import { slices } from "./export.ts";

/** Encoding a group takes about 20 ms: longer groups would pack a little better and hold up everyone else. */
const GROUP_ROWS = 2_048;
/** What a reader skips groups by. Of texts the extremes cost more than they save. */
const WITH_EXTREMES = new Set<CellType>(["moment", "number"]);

/**
 * Apache Parquet, group of rows after group of rows, zstd.
 *
 * Moments are UTC, milliseconds. Until the end only the places of the groups are kept.
 */
export const parquet: ExportFormat = {
  name: "parquet",
  extension: "parquet",
  mediaType: "application/vnd.apache.parquet",

  async *write({ columns, rows, time }) {
    const { ByteWriter, ParquetWriter } = await import("hyparquet-writer");
    const bytes = new ByteWriter();
    const writer = new ParquetWriter({
      writer: bytes,
      schema: [
        { name: "root", num_children: columns.length },
        ...columns.map(({ key, type }) => ({
          name: key,
          repetition_type: "OPTIONAL" as const,
          ...PHYSICAL[type],
        })),
      ],
      codec: "ZSTD",
      compressors: { ZSTD: (input) => zstdCompressSync(input) },
      createdBy: "HomeIQ",
      kvMetadata: [{ key: "time_zone", value: time.timeZone }],
    });
    /** What was written since the last time. Its offset goes on: places in the file are counted from the start. */
    const take = () => {
      const taken = bytes.getBytes().slice();
      bytes.index = 0;
      return taken;
    };
    for await (const group of gathered(slices(rows), GROUP_ROWS)) {
      await writer.write({
        columnData: columns.map((column) => ({
          name: column.key,
          data: toData(column, group),
          statistics: WITH_EXTREMES.has(column.type),
          offsetIndex: false, // a group is one page
        })),
        rowGroupSize: group.length,
      });
      yield take();
    }
    await writer.finish();
    yield take();
  },
};

const PHYSICAL = {
  text: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  json: { type: "BYTE_ARRAY", converted_type: "UTF8" },
  number: { type: "DOUBLE" },
  flag: { type: "BOOLEAN" },
  moment: { type: "INT64", converted_type: "TIMESTAMP_MILLIS" },
} as const satisfies Record<CellType, object>;

function toData<Row>({ type, value }: Column<Row>, rows: readonly Row[]): unknown[] {
  return rows.map((row) => {
    const cell = value(row) ?? null;
    return type === "moment" && typeof cell === "number" ? new Date(cell) : cell;
  });
}

/** The same rows in blocks of exactly `size`, but for the last one. */
async function* gathered<Row>(
  blocks: AsyncIterable<readonly Row[]>,
  size: number,
): AsyncGenerator<readonly Row[], void> {
  let group: Row[] = [];
  for await (const block of blocks) {
    for (const row of block) {
      group.push(row);
      if (group.length < size) continue;
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
