import { DAY_MS, HOUR_MS } from "#foundation/time.ts";
import type { LocalTime } from "../local-time.ts";
import { INK, type Sheet } from "./sheet.ts";

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

const LABEL = { size: 7.5, color: INK.faint } as const;
const STEPS = [1, 2, 3, 6, 12, 24, 48, 96, 168, 336, 720, 1440, 2160, 4320, 8760].map(
  (hours) => hours * HOUR_MS,
);
const MOST_TICKS = 8;

/** Where a moment is between the sides of the box. */
export const placeOf =
  ({ x, width }: Box, { from, to }: Span) =>
  (at: number) =>
    x + (width * (Math.min(to, Math.max(from, at)) - from)) / Math.max(1, to - from);

/** Local times below the box, at full hours or midnights, with a hairline up. */
export function drawTimeAxis(sheet: Sheet, box: Box, span: Span & { time: LocalTime }): void {
  const { from, to, time } = span;
  const step =
    STEPS.find((one) => (to - from) / one <= MOST_TICKS) ?? Math.ceil((to - from) / MOST_TICKS);
  const place = placeOf(box, span);
  let local = Math.ceil((from + time.offsetMs(from)) / step) * step;
  for (; ; local += step) {
    const at = local - time.offsetMs(local - time.offsetMs(local));
    if (at > to) return;
    const x = place(at);
    hairline(sheet, { x, y: box.y }, { x, y: box.y + box.height });
    if (x + 40 > box.x + box.width) continue;
    sheet.line(
      toLabel(time.clock(at), step),
      { x: x + 1, y: box.y + box.height + 3, width: 60 },
      LABEL,
    );
  }
}

function toLabel(clock: string, step: number): string {
  if (step < DAY_MS) return clock.endsWith("00:00:00") ? clock.slice(5, 10) : clock.slice(11, 16);
  return step < 300 * DAY_MS ? clock.slice(5, 10) : clock.slice(0, 7);
}

/** Round numbers that hold all values, each with a hairline and a label at the left; answers where a value is. */
export function drawValueAxis(
  sheet: Sheet,
  box: Box,
  { min, max, unit }: { min: number; max: number; unit?: string },
): (value: number) => number {
  const step = roundStep((max - min || Math.abs(max) || 1) / 4);
  const low = Math.floor(min / step) * step;
  const high = Math.max(low + step, Math.ceil(max / step) * step);
  const place = (value: number) => box.y + box.height * (1 - (value - low) / (high - low));
  const format = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });
  for (let value = low; value <= high + step / 2; value += step) {
    const y = place(value);
    hairline(sheet, { x: box.x, y }, { x: box.x + box.width, y });
    const at = { x: sheet.left, y: y - 4, width: box.x - sheet.left - 5 };
    sheet.line(format.format(value), at, { ...LABEL, align: "right" });
  }
  if (unit) sheet.line(unit, { x: box.x + 3, y: box.y - 11, width: 80 }, LABEL);
  return place;
}

function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= wanted) ?? 10) * power;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

function hairline({ doc }: Sheet, from: Point, to: Point): void {
  doc.moveTo(from.x, from.y).lineTo(to.x, to.y).lineWidth(0.5).strokeColor(INK.line).stroke();
}
