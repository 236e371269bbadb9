import { setImmediate as turn } from "node:timers/promises";
import type { Content, ExportFormat, Summary } from "./export.ts";
import { slices } from "./export.ts";
import { drawChart, drawFigures, drawHeader, drawHeading } from "./pdf/draw-report.ts";
import { createTable } from "./pdf/draw-table.ts";
import { createSheet, type Sheet } from "./pdf/sheet.ts";

/** A report that somebody prints or reads to the end; the rest is for the other formats. */
const MOST_PAGES = 40;
const MOST_LISTED = 2_000; // more than these pages hold
/** Counting stops there: a minute of work. */
const MOST_COUNTED = 2_000_000;

/** A report for people: what it is about, the key figures, charts, and the first rows as a table. */
export const pdf: ExportFormat = {
  name: "pdf",
  extension: "pdf",
  mediaType: "application/pdf",

  async *write<Row>(content: Content<Row>) {
    const sheet = await createSheet({
      title: `${content.title}, ${content.period}`,
      author: content.houseName,
      createdAt: content.createdAt,
    });
    // The first bytes tell whoever waits that it has begun; counting may take a while.
    yield sheet.doc.read() as Uint8Array;
    const counted = await countRows(content);
    await draw(sheet, content, counted);
    for await (const chunk of sheet.doc) yield chunk as Uint8Array;
  },
};

interface Counted<Row> {
  readonly summary: Summary<Row>;
  readonly first: readonly Row[];
  readonly total: number;
  readonly complete: boolean;
}

async function countRows<Row>({ rows, summarize }: Content<Row>): Promise<Counted<Row>> {
  const summary = summarize();
  const first: Row[] = [];
  let total = 0;
  for await (const slice of slices(rows)) {
    for (const row of slice) {
      summary.add(row);
      if (first.length < MOST_LISTED) first.push(row);
    }
    total += slice.length;
    if (total >= MOST_COUNTED) return { summary, first, total, complete: false };
    await turn();
  }
  return { summary, first, total, complete: true };
}

async function draw<Row>(sheet: Sheet, content: Content<Row>, counted: Counted<Row>) {
  drawHeader(sheet, content);
  drawFigures(sheet, counted.summary.figures());
  if (!counted.complete) {
    sheet.paragraph(`Counted are the first ${inWords(counted.total)}; there are more.`, NOTE);
  }
  for (const chart of counted.summary.charts()) {
    drawChart(sheet, chart, content.time);
    await turn();
  }
  if (counted.total === 0) {
    drawHeading(sheet, "Nothing was recorded in this period");
  } else {
    drawHeading(sheet, "In detail");
    const columns = content.columns.filter(({ printed }) => printed);
    const table = createTable(sheet, columns, { time: content.time, mostPages: MOST_PAGES });
    for (const [n, row] of counted.first.entries()) {
      if (!table.add(row)) break;
      if (n % 5 === 0) await turn();
    }
    sheet.y += 10;
    sheet.paragraph(whatIsLeftOut(table.rows(), counted), NOTE);
  }
  sheet.finish(`${content.houseName} · ${content.title} · ${content.period}`);
}

const NOTE = { size: 9, color: "#565d66" } as const;

function whatIsLeftOut(listed: number, { total, complete }: { total: number; complete: boolean }) {
  if (complete && listed === total) return "Nothing is left out.";
  const all = complete ? inWords(total) : `more than ${inWords(total)}`;
  return `Listed are the first ${inWords(listed)} of ${all}. Excel, CSV and Parquet files hold them all.`;
}

const inWords = (value: number) => value.toLocaleString("en-US");
