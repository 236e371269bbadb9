import type { Point } from "#lib/charts/scale.ts";
import type { EntityCourse, EntityRows, HistoryGap, Range } from "#lib/history-shapes.ts";

/** A numeric entity as it is drawn. */
export interface NumericLine {
  readonly entityId: string;
  readonly name: string;
  readonly unit: string;
  readonly isRaw: boolean;
  readonly points: readonly Point[];
  readonly low?: readonly Point[];
  readonly high?: readonly Point[];
}

/** The entity's values, cut where nothing was recorded, and held until `until` where they still stand. */
export function toLine(
  entity: EntityCourse,
  { gaps, from, until }: { gaps: readonly HistoryGap[]; from: number; until: number },
): NumericLine {
  const { entityId, name, unit = "" } = entity;
  const shared = { entityId, name, unit };
  if (entity.buckets) {
    const widthMs = Number(entity.resolution) || 1;
    const column = (index: 1 | 2 | 3): Point[] =>
      (entity.buckets ?? []).map((bucket) => [bucket[0], bucket[index]]);
    const cut = (points: Point[]) => breakAtHoles(points, { gaps, widthMs });
    return {
      ...shared,
      isRaw: false,
      points: cut(column(3)),
      low: cut(column(1)),
      high: cut(column(2)),
    };
  }
  const before = numberOf(entity.before);
  const first: Point[] = before === undefined ? [] : [[from, before]];
  const known: Point[] = [...first, ...(entity.points ?? [])];
  return { ...shared, isRaw: true, points: holdUntilGap(known, { gaps, until }) };
}

function numberOf(before: EntityCourse["before"]): number | undefined {
  const value = before?.value ?? Number(before?.state || Number.NaN);
  return Number.isFinite(value) ? value : undefined;
}

/** Between two buckets with an empty one or a gap between them the line is not drawn. */
function breakAtHoles(
  points: readonly Point[],
  { gaps, widthMs }: { gaps: readonly HistoryGap[]; widthMs: number },
): Point[] {
  return points.flatMap((point, index): Point[] => {
    const next = points[index + 1];
    if (!next) return [point];
    const isGap = gaps.some(
      (gap) => gap.from < next[0] && (gap.to ?? Number.POSITIVE_INFINITY) > point[0] + widthMs,
    );
    return isGap ? [point, [point[0] + widthMs, null]] : [point];
  });
}

/** Each value stands until the next, but never into a time that was not recorded. */
function holdUntilGap(
  points: readonly Point[],
  { gaps, until }: { gaps: readonly HistoryGap[]; until: number },
): Point[] {
  return points.flatMap(([at, value], index): Point[] => {
    const end = points[index + 1]?.[0] ?? until;
    const gap = gaps.find((one) => one.from >= at && one.from < end);
    if (value === null) return [[at, null]];
    if (gap) {
      return [
        [at, value],
        [gap.from, value],
        [gap.from, null],
      ];
    }
    const isLast = index === points.length - 1;
    return isLast && end > at
      ? [
          [at, value],
          [end, value],
        ]
      : [[at, value]];
  });
}

/** An entity's statistics as steps: each row stands for its own hour or day. */
export function toStatisticLine(
  { entityId, name, unit = "", rows }: EntityRows,
  gaps: readonly HistoryGap[],
): NumericLine {
  const column = (pick: (row: EntityRows["rows"][number]) => number | undefined): Point[] =>
    rows.flatMap((row, index): Point[] => {
      const value = pick(row);
      if (value === undefined) return [];
      const next = rows[index + 1];
      const isEnd = !next || next.start > row.end || gaps.some((gap) => gap.from === row.end);
      return isEnd
        ? [
            [row.start, value],
            [row.end, value],
            [row.end, null],
          ]
        : [[row.start, value]];
    });
  const mean = column((row) => row.timeWeightedMean ?? row.mean ?? row.last);
  const [low, high] = [column((row) => row.min), column((row) => row.max)];
  const isWhole = low.length === mean.length && high.length === mean.length;
  const band = isWhole ? { low, high } : {};
  return { entityId, name, unit, isRaw: true, points: mean, ...band };
}

export interface Extent {
  readonly low: number;
  readonly lowAt: number;
  readonly high: number;
  readonly highAt: number;
  readonly mean: number;
}

/** Lowest, highest and mean of what is seen; `undefined` when nothing is. */
export function extentOf(line: NumericLine, { from, to }: Range): Extent | undefined {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let [lowAt, highAt, sum, weight] = [from, from, 0, 0];
  let last: number | undefined;
  for (const [index, [at, value]] of line.points.entries()) {
    const next = line.points[index + 1]?.[0] ?? at;
    if (value === null || at > to || next < from) continue;
    const bottom = line.low?.[index]?.[1] ?? value;
    const top = line.high?.[index]?.[1] ?? value;
    if (bottom < low) [low, lowAt] = [bottom, Math.max(at, from)];
    if (top > high) [high, highAt] = [top, Math.max(at, from)];
    const stood = Math.min(next, to) - Math.max(at, from);
    sum += value * stood;
    weight += stood;
    last = value;
  }
  if (last === undefined) return undefined;
  return { low, lowAt, high, highAt, mean: weight > 0 ? sum / weight : last };
}

/** The value in force at a moment; `undefined` where there was none. */
export function valueAt({ points }: NumericLine, at: number): number | undefined {
  let [first, last] = [0, points.length - 1];
  while (first <= last) {
    const middle = (first + last) >> 1;
    if ((points[middle]?.[0] ?? 0) <= at) first = middle + 1;
    else last = middle - 1;
  }
  return points[last]?.[1] ?? undefined;
}

/** Times in which an entity gave no number although HomeIQ listened. */
export function absencesOf(entity: EntityCourse, until: number): Range[] {
  const points = entity.points ?? [];
  return points.flatMap(([at, value], index): Range[] =>
    value === null ? [{ from: at, to: points[index + 1]?.[0] ?? until }] : [],
  );
}
