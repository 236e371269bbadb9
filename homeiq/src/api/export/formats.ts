import { csv } from "./csv.ts";
import type { ExportFormat } from "./export.ts";
import { ndjson } from "./ndjson.ts";
import { parquet } from "./parquet.ts";
import { pdf } from "./pdf.ts";
import { xlsx } from "./xlsx.ts";

/** Every kind of file. One more is one file and one line here. */
export const FORMATS = { csv, ndjson, xlsx, pdf, parquet } as const satisfies Record<
  string,
  ExportFormat
>;
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as [FormatName, ...FormatName[]];
