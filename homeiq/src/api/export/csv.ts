import type { Cell, Column, ExportFormat } from "./export.ts";
import { slices } from "./export.ts";
import type { LocalTime } from "./local-time.ts";

const BOM = "\ufeff"; // ingress cuts the charset off the content type, and Excel asks for it anyway
const MUST_QUOTE = /[",\r\n]/;
const NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
/** What a spreadsheet would run as a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** RFC 4180. Moments are local with their offset; texts that look like a formula begin with an apostrophe. */
export const csv: ExportFormat = {
  name: "csv",
  extension: "csv",
  mediaType: "text/csv; charset=utf-8",

  async *write(content) {
    const encoder = new TextEncoder();
    const { columns, time } = content;
    const writers = columns.map((column) => toWriter(column, time));
    yield encoder.encode(`${BOM}${columns.map(({ key }) => key).join(",")}\r\n`);
    for await (const slice of slices(content.rows)) {
      let text = "";
      for (const row of slice) {
        let separator = "";
        for (const write of writers) {
          text += separator + write(row);
          separator = ",";
        }
        text += "\r\n";
      }
      yield encoder.encode(text);
    }
  },
};

function toWriter<Row>(column: Column<Row>, time: LocalTime): (row: Row) => string {
  const { value } = column;
  if (column.type === "moment") {
    return (row) => {
      const at = value(row);
      return typeof at === "number" ? time.iso(at) : "";
    };
  }
  if (column.type === "text") return (row) => toText(value(row));
  return (row) => quoted(value(row) ?? "");
}

function toText(cell: Cell): string {
  if (cell === undefined) return "";
  const text = String(cell);
  return quoted(FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);
}

function quoted(cell: string | number | boolean): string {
  if (typeof cell !== "string") return String(cell);
  return MUST_QUOTE.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
