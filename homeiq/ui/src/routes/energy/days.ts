import type { PlotLine } from "#lib/charts/line-plot.ts";
import type { Point } from "#lib/charts/scale.ts";
import type { Format } from "#lib/format.ts";
import type { Step } from "./curves.ts";

/** From midnight on for so many days of the house, whatever their length. */
export function daysFrom(now: number, count: number, { zone }: Format) {
  const wall = { ...zone.toWall(now), hour: 0, minute: 0 };
  return { from: zone.fromWall(wall), to: zone.fromWall({ ...wall, day: wall.day + count }) };
}

/** A line that holds each value through its slot and is broken where nothing is known. */
export function stepLine(steps: readonly Step[], look: Pick<PlotLine, "id" | "color">): PlotLine {
  const points = steps.flatMap(({ start, end, value }, index): Point[] => {
    const next = steps[index + 1];
    const isLast = next?.start !== end;
    return isLast
      ? [
          [start, value],
          [end, value],
          [end, null],
        ]
      : [[start, value]];
  });
  return { ...look, points, step: true, dash: false };
}
