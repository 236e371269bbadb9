import type { Chart, Content, Figure } from "../export.ts";
import type { LocalTime } from "../local-time.ts";
import { drawBars, drawHeat, heightOfBars, heightOfHeat } from "./draw-counts.ts";
import { drawBands, drawLine, heightOfBands, heightOfLine } from "./draw-courses.ts";
import { INK, type Sheet } from "./sheet.ts";

/** What it is, whose house, which time, what was chosen. */
export function drawHeader<Row>(sheet: Sheet, content: Content<Row>): void {
  const { doc, left, width } = sheet;
  doc.rect(left, sheet.y, 28, 4).fill(INK.accent);
  sheet.y += 12;
  sheet.line(content.houseName, { x: left, y: sheet.y, width }, { size: 11, color: INK.faint });
  sheet.y += 16;
  sheet.line(content.title, { x: left, y: sheet.y, width }, { size: 24, font: "bold" });
  sheet.y += 34;
  sheet.paragraph(content.period, { size: 12 });
  sheet.paragraph(content.subject, { size: 10, color: INK.faint, most: 4 });
  const made = `Made ${content.time.clock(content.createdAt).slice(0, 16)} by HomeIQ. Times are those of ${content.time.timeZone}.`;
  sheet.paragraph(made, { size: 9, color: INK.faint });
  sheet.y += 10;
}

const CARD = { height: 48, gap: 10 } as const;

export function drawFigures(sheet: Sheet, figures: readonly Figure[]): void {
  const { doc, left } = sheet;
  const width = (sheet.width - CARD.gap * (figures.length - 1)) / figures.length;
  for (const [n, { label, value }] of figures.entries()) {
    const x = left + n * (width + CARD.gap);
    doc.roundedRect(x, sheet.y, width, CARD.height, 8).fill(INK.tone);
    const inner = { x: x + 10, width: width - 20 };
    sheet.line(label, { ...inner, y: sheet.y + 9 }, { size: 8, color: INK.faint });
    const size = fittingSize(sheet, value, inner.width);
    sheet.line(value, { ...inner, y: sheet.y + 23 + (16 - size) / 2 }, { size, font: "bold" });
  }
  sheet.y += CARD.height + 16;
}

function fittingSize(sheet: Sheet, text: string, width: number): number {
  return (
    [16, 14, 12, 11].find((size) => sheet.widthOf(text, { size, font: "bold" }) <= width) ?? 10
  );
}

export function drawHeading(sheet: Sheet, text: string): void {
  sheet.ensure(60); // never alone at the end of a page
  sheet.line(text, { x: sheet.left, y: sheet.y, width: sheet.width }, { size: 12, font: "bold" });
  sheet.y += 20;
}

export function drawChart(sheet: Sheet, chart: Chart, time: LocalTime): void {
  sheet.ensure(heightOf(chart) + 20);
  drawHeading(sheet, chart.title);
  if (chart.kind === "heat") drawHeat(sheet, chart);
  if (chart.kind === "bars") drawBars(sheet, chart);
  if (chart.kind === "line") drawLine(sheet, chart, time);
  if (chart.kind === "bands") drawBands(sheet, chart, time);
  sheet.y += 8;
}

function heightOf(chart: Chart): number {
  if (chart.kind === "heat") return heightOfHeat;
  if (chart.kind === "bars") return heightOfBars(chart);
  return chart.kind === "line" ? heightOfLine : heightOfBands(chart);
}
