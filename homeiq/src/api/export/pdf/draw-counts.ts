import type { BarChart, HeatChart } from "../export.ts";
import { INK, type Sheet } from "./sheet.ts";

const LABEL = { size: 8, color: INK.faint } as const;
const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"] as const;
const HEAT = { label: 30, row: 15, head: 12 } as const;
const BAR = { row: 16, label: 150, count: 56 } as const;

export const heightOfHeat = 7 * HEAT.row + HEAT.head + 26;

/** Weekdays by hours; the darker, the more. */
export function drawHeat(sheet: Sheet, { byHour }: HeatChart): void {
  const { doc, left, width } = sheet;
  const most = Math.max(1, ...byHour.flat());
  const cell = (width - HEAT.label) / 24;
  const top = sheet.y + HEAT.head;
  for (let hour = 0; hour < 24; hour += 3) {
    const x = left + HEAT.label + hour * cell;
    sheet.line(`${String(hour).padStart(2, "0")}:00`, { x, y: sheet.y, width: 3 * cell }, LABEL);
  }
  for (const [weekday, hours] of byHour.entries()) {
    const y = top + weekday * HEAT.row;
    sheet.line(WEEKDAYS[weekday] ?? "", { x: left, y: y + 3, width: HEAT.label }, LABEL);
    for (const [hour, count] of hours.entries()) {
      doc
        .rect(left + HEAT.label + hour * cell + 0.5, y + 0.5, cell - 1, HEAT.row - 1)
        .fill(shade(count / most));
    }
  }
  drawLegend(sheet, top + 7 * HEAT.row + 7, most);
  sheet.y += heightOfHeat;
}

function drawLegend(sheet: Sheet, y: number, most: number): void {
  const { doc, left } = sheet;
  const steps = 5;
  const x = left + HEAT.label;
  sheet.line("0", { x, y, width: 12 }, LABEL);
  for (let step = 0; step < steps; step += 1) {
    doc.rect(x + 10 + step * 14, y, 13, 9).fill(shade(step / (steps - 1)));
  }
  const text = `${most.toLocaleString("en-US")} in the busiest hour`;
  sheet.line(text, { x: x + 14 + steps * 14, y, width: 200 }, LABEL);
}

export const heightOfBars = ({ bars }: BarChart) => bars.length * BAR.row + 8;

export function drawBars(sheet: Sheet, { bars }: BarChart): void {
  const { doc, left, width } = sheet;
  const most = Math.max(1, ...bars.map(({ count }) => count));
  const room = width - BAR.label - BAR.count;
  for (const { name, count } of bars) {
    const y = sheet.y;
    sheet.line(name, { x: left, y: y + 3, width: BAR.label - 8 }, { size: 8.5 });
    const length = Math.max(1, (room * count) / most);
    doc.roundedRect(left + BAR.label, y + 2, length, BAR.row - 5, 2).fill(INK.accent);
    const at = { x: left + BAR.label + length + 5, y: y + 3, width: BAR.count };
    sheet.line(count.toLocaleString("en-US"), at, { size: 8.5, color: INK.faint });
    sheet.y += BAR.row;
  }
  sheet.y += 8;
}

/** From the paper's tone to the accent; a little is seen as a little, not as nothing. */
function shade(share: number): string | [number, number, number] {
  if (share === 0) return INK.tone;
  const deep = 0.15 + 0.85 * share;
  const mix = (from: number, to: number) => Math.round(from + (to - from) * deep);
  return [mix(0xe3, 0x1f), mix(0xed, 0x5f), mix(0xf8, 0xa8)];
}
