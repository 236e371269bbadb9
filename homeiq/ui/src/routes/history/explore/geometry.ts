import type { Range } from "#lib/history-shapes.ts";

/** Where time begins and ends in every plot of the page, so that one moment is one column. */
export interface Geometry {
  readonly width: number;
  readonly left: number;
  readonly right: number;
  toX(at: number): number;
  toAt(x: number): number;
}

const NARROW = 480;

export function geometryOf(width: number, { from, to }: Range): Geometry {
  const isNarrow = width < NARROW;
  const left = isNarrow ? 40 : 52;
  const right = isNarrow ? 4 : 12;
  const room = Math.max(1, width - left - right);
  const perMs = room / Math.max(1, to - from);
  return {
    width,
    left,
    right,
    toX: (at) => left + (at - from) * perMs,
    toAt: (x) => from + (Math.min(width - right, Math.max(left, x)) - left) / perMs,
  };
}
