import type { BandChart, LineChart } from "../export.ts";
import type { LocalTime } from "../local-time.ts";
import { OFTEN } from "../series-charts.ts";
import { type Box, drawTimeAxis, drawValueAxis, placeOf } from "./axes.ts";
import { HUES, INK, type Sheet } from "./sheet.ts";

const LINE_HEIGHT = 110;
const BAND = { row: 24, bar: 14, label: 120 } as const;
const AXIS_HEIGHT = 24;
const ABSENT = new Set(["unavailable", "unknown"]);
const OFF = new Set(["off", "closed", "not_home", "idle", "standby", "clear", "locked"]);

export const heightOfLine = LINE_HEIGHT + AXIS_HEIGHT + 12;

/** The mean as a line, from the lowest to the highest as a band, nothing where there was nothing. */
export function drawLine(sheet: Sheet, chart: LineChart, time: LocalTime): void {
  const { doc, left, width } = sheet;
  const box = { x: left + 46, y: sheet.y + 12, width: width - 46, height: LINE_HEIGHT };
  const { points, bucketMs, from, to } = chart;
  const min = Math.min(...points.map((point) => point.min));
  const max = Math.max(...points.map((point) => point.max));
  drawTimeAxis(sheet, box, { from, to, time });
  const y = drawValueAxis(sheet, box, { min, max, ...(chart.unit ? { unit: chart.unit } : {}) });
  const x = placeOf(box, chart);
  for (const piece of pieces(points)) {
    const middle = piece.map((point) => ({ ...point, x: x(point.start + bucketMs / 2) }));
    const [first] = middle;
    if (!first) continue;
    doc.moveTo(first.x - 0.5, y(first.max));
    for (const point of middle) doc.lineTo(point.x, y(point.max));
    for (const point of middle.toReversed()) doc.lineTo(point.x, y(point.min));
    doc
      .lineTo(first.x - 0.5, y(first.min))
      .fillColor(INK.accent, 0.2)
      .fill();
    doc.moveTo(first.x - 0.5, y(first.mean));
    for (const point of middle) doc.lineTo(point.x, y(point.mean));
    doc.lineWidth(1.1).lineJoin("round").strokeColor(INK.accent, 1).stroke();
  }
  doc.fillColor(INK.text, 1);
  sheet.y += heightOfLine;
}

function pieces(points: LineChart["points"]): LineChart["points"][number][][] {
  const all: LineChart["points"][number][][] = [];
  for (const point of points) {
    const last = all.at(-1);
    if (!last || point.afterGap) all.push([point]);
    else last.push(point);
  }
  return all;
}

export const heightOfBands = ({ rows }: BandChart) => rows.length * BAND.row + AXIS_HEIGHT + 30;

/** One bar for each entity, colored by its state; hatched where it had none. */
export function drawBands(sheet: Sheet, chart: BandChart, time: LocalTime): void {
  const { left, width } = sheet;
  const { rows, from, to } = chart;
  const box: Box = {
    x: left + BAND.label,
    y: sheet.y,
    width: width - BAND.label,
    height: rows.length * BAND.row,
  };
  const place = placeOf(box, chart);
  const colors = colorStates(rows.flatMap(({ spans }) => spans.map(({ state }) => state)));
  for (const [n, { name, spans }] of rows.entries()) {
    const y = box.y + n * BAND.row;
    const most = { size: 8.5, most: 2 };
    for (const [line, text] of sheet.wrap(name, BAND.label - 8, most).entries()) {
      sheet.line(text, { x: left, y: y + 2 + line * 10, width: BAND.label - 8 }, { size: 8.5 });
    }
    for (const { start, end, state } of spans) {
      const x = place(start);
      const bar = { x, y: y + 3, width: Math.max(0.4, place(end) - x), height: BAND.bar };
      drawSpan(sheet, bar, colors.get(state));
    }
  }
  drawTimeAxis(sheet, box, { from, to, time });
  drawStates(sheet, box.y + box.height + AXIS_HEIGHT - 4, colors);
  sheet.y += heightOfBands(chart);
}

/** Off is pale, what is missing has no color, and the rest is told apart. */
function colorStates(states: readonly string[]): ReadonlyMap<string, string | undefined> {
  const colors = new Map<string, string | undefined>();
  let next = 0;
  for (const state of states) {
    if (colors.has(state)) continue;
    if (ABSENT.has(state)) colors.set(state, undefined);
    else if (OFF.has(state)) colors.set(state, "#d5d1c8");
    else if (state === OFTEN) colors.set(state, "#8fafd3");
    else {
      colors.set(state, HUES[next % HUES.length]);
      next += 1;
    }
  }
  return colors;
}

function drawSpan({ doc }: Sheet, { x, y, width, height }: Box, color: string | undefined): void {
  if (color) {
    doc.rect(x, y, width, height).fill(color);
    return;
  }
  doc.save().rect(x, y, width, height).clip();
  for (let at = x - height; at < x + width; at += 4) {
    doc.moveTo(at, y + height).lineTo(at + height, y);
  }
  doc.lineWidth(0.7).strokeColor(INK.faint).stroke().restore();
}

const MOST_NAMED_STATES = 12;

function drawStates(
  sheet: Sheet,
  y: number,
  colors: ReadonlyMap<string, string | undefined>,
): void {
  let x = sheet.left;
  for (const [state, color] of [...colors].slice(0, MOST_NAMED_STATES)) {
    const width = Math.min(110, sheet.widthOf(state, { size: 8 }) + 1);
    if (x + width + 26 > sheet.left + sheet.width) return;
    drawSpan(sheet, { x, y: y + 1, width: 9, height: 9 }, color);
    sheet.line(state, { x: x + 13, y: y + 1, width }, { size: 8, color: INK.faint });
    x += width + 26;
  }
}
