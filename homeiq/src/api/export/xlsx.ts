import { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { ZipFile } from "yazl";
import { DAY_MS } from "#foundation/time.ts";
import type { Column, Content, ExportFormat } from "./export.ts";
import { slices } from "./export.ts";
import { escapeXml, toParts } from "./xlsx-parts.ts";

/** Excel's own limit, the head included. */
const MOST_ROWS = 1_048_576;
const MOST_CHARACTERS = 32_767; // in one cell, Excel's own limit
const EXCEL_EPOCH_DAYS = 25_569; // 1970-01-01 as Excel counts days
/** Fast: the file is written once and read on a desktop. */
const COMPRESSION_LEVEL = 3;
const STYLE = { head: 1, moment: 2 } as const; // places in `styles.xml`

/**
 * Excel's workbook, written by hand as SpreadsheetML and zipped while it is sent.
 *
 * Numbers are numbers, moments are Excel dates in the house's time zone, texts are inline: nothing must be known
 * before it is written. exceljs (4.4.0, 2023) was weighed and not taken: its streaming writer ignores back-pressure
 * (https://github.com/exceljs/exceljs/issues/734).
 */
export const xlsx: ExportFormat = {
  name: "xlsx",
  extension: "xlsx",
  mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",

  write: (content) => zipped((zip, ending) => fill(zip, content, MOST_ROWS, ending)),
};

/** The same with sheets of another length; a test cannot wait for a million rows. */
export const writeXlsx = <Row>(content: Content<Row>, mostRows: number) =>
  zipped((zip, ending) => fill(zip, content, mostRows, ending));

/** The bytes of a zip that is filled meanwhile. A fault in filling is a fault in reading. */
async function* zipped(fillZip: (zip: ZipFile, ending: AbortSignal) => Promise<void>) {
  const { default: yazl } = await import("yazl"); // CommonJS
  const zip = new yazl.ZipFile();
  const out = zip.outputStream as Readable; // it is a PassThrough; the declaration is wider
  const ending = new AbortController();
  zip.on("error", (error) => out.destroy(error));
  const filled = fillZip(zip, ending.signal).catch((error) => void out.destroy(error));
  try {
    for await (const chunk of out) yield chunk as Uint8Array;
    await filled;
  } finally {
    ending.abort();
    await filled;
  }
}

async function fill<Row>(
  zip: ZipFile,
  content: Content<Row>,
  mostRows: number,
  ending: AbortSignal,
): Promise<void> {
  const cursor = slices(content.rows);
  const add = async (name: string, text: AsyncIterable<string>) => {
    const source = Readable.from(text, { objectMode: false, signal: ending });
    zip.addReadStream(source, name, { compressionLevel: COMPRESSION_LEVEL });
    await finished(source);
  };
  try {
    const sheets: string[] = [];
    let rest: readonly Row[] = [];
    let more = true;
    while (more) {
      const sheet = sheetOf(content, cursor, { rest, mostRows });
      sheets.push(sheets.length === 0 ? content.title : `${content.title} ${sheets.length + 1}`);
      await add(`xl/worksheets/sheet${sheets.length}.xml`, sheet.text());
      ({ rest, more } = sheet.left());
    }
    for (const { name, text } of toParts(sheets, content)) {
      zip.addBuffer(Buffer.from(text), name);
    }
    zip.end();
  } finally {
    await cursor.return();
  }
}

/** One sheet: as many rows as fit, and what was read and did not fit. */
function sheetOf<Row>(
  { columns, time }: Content<Row>,
  cursor: AsyncGenerator<readonly Row[], void>,
  { rest, mostRows }: { rest: readonly Row[]; mostRows: number },
) {
  const writers = columns.map((column, n) => toCell(column, letters(n), time.offsetMs));
  let written = 1;
  let unwritten: readonly Row[] = [];
  let more = true;

  function toXml(rows: readonly Row[]): string {
    let xml = "";
    for (const row of rows) {
      written += 1;
      xml += `<row r="${written}">`;
      for (const write of writers) xml += write(row, written);
      xml += "</row>";
    }
    return xml;
  }

  return {
    left: () => ({ rest: unwritten, more }),
    async *text() {
      yield headOf(columns, time.timeZone);
      let rows = rest;
      for (;;) {
        const room = mostRows - written;
        yield toXml(rows.slice(0, room));
        if (rows.length > room) {
          unwritten = rows.slice(room);
          break;
        }
        const next = await cursor.next();
        if (next.done) {
          more = false;
          break;
        }
        rows = next.value;
      }
      yield `</sheetData><autoFilter ref="A1:${letters(columns.length - 1)}${written}"/></worksheet>`;
    },
  };
}

function headOf(columns: readonly Column<never>[], timeZone: string): string {
  const widths = columns
    .map(({ width }, n) => `<col min="${n + 1}" max="${n + 1}" width="${width}" customWidth="1"/>`)
    .join("");
  const cells = columns
    .map(({ title, type }, n) => {
      const text = type === "moment" ? `${title} (${timeZone})` : title;
      return `<c r="${letters(n)}1" s="${STYLE.head}" t="inlineStr"><is><t>${escapeXml(text)}</t></is></c>`;
    })
    .join("");
  return (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>' +
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" ' +
    'state="frozen"/></sheetView></sheetViews>' +
    `<cols>${widths}</cols><sheetData><row r="1">${cells}</row>`
  );
}

function toCell<Row>(
  { type, value }: Column<Row>,
  letter: string,
  offsetMs: (at: number) => number,
): (row: Row, n: number) => string {
  return (row, n) => {
    const cell = value(row);
    if (cell === undefined || cell === "") return "";
    const at = `<c r="${letter}${n}"`;
    if (typeof cell === "boolean") return `${at} t="b"><v>${cell ? 1 : 0}</v></c>`;
    if (type === "moment" && typeof cell === "number") {
      const days = (cell + offsetMs(cell)) / DAY_MS + EXCEL_EPOCH_DAYS;
      return `${at} s="${STYLE.moment}"><v>${days}</v></c>`;
    }
    if (typeof cell === "number") return Number.isFinite(cell) ? `${at}><v>${cell}</v></c>` : "";
    const text = escapeXml(cell.slice(0, MOST_CHARACTERS));
    return `${at} t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`;
  };
}

/** 0 is A, 26 is AA. */
function letters(n: number): string {
  const last = String.fromCharCode(65 + (n % 26));
  return n < 26 ? last : letters(Math.floor(n / 26) - 1) + last;
}
