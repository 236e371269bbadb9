import { DAY_MS } from "#foundation/time.ts";
import { momentOfWall, momentsOfWall, wallAt } from "#foundation/wall-time.ts";
import type { CellTime } from "./cells.ts";

/**
 * The moments of a column's times, in the order of the rows. What clocks show twice at the end of summer time is the
 * earlier moment where it stands first and the later where it stands again; what they never show has none.
 */
export function toMoments(
  times: readonly (CellTime | undefined)[],
  timeZone: string,
): (number | undefined)[] {
  const seen = new Map<number, number>();
  return times.map((time) => {
    if (time === undefined) return undefined;
    if (time.offsetMs !== undefined) return time.wall - time.offsetMs;
    const moments = momentsOfWall(timeZone, time.wall);
    const before = seen.get(time.wall) ?? 0;
    seen.set(time.wall, before + 1);
    return moments[Math.min(before, moments.length - 1)];
  });
}

/** The distance of neighbors that most have; of days their number on the wall. */
export function findStepMs(moments: readonly number[]): number | undefined {
  const sorted = [...new Set(moments)].sort((one, other) => one - other);
  const counts = new Map<number, number>();
  for (const [index, at] of sorted.entries()) {
    const before = sorted[index - 1];
    if (before !== undefined) counts.set(at - before, (counts.get(at - before) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/** One step later, or earlier with `times` -1; days are counted on the wall, where they may have 23 hours. */
export function addStep(at: number, stepMs: number, timeZone: string, times: 1 | -1 = 1): number {
  if (stepMs < DAY_MS) return at + times * stepMs;
  return momentOfWall(
    timeZone,
    wallAt(timeZone, at) + times * Math.round(stepMs / DAY_MS) * DAY_MS,
  );
}

/** Whether rows stand the latest first. */
export function isDescending(times: readonly (CellTime | undefined)[]): boolean {
  let down = 0;
  for (const [index, time] of times.entries()) {
    const before = times[index - 1];
    if (time && before) down += Math.sign(before.wall - time.wall);
  }
  return down > 0;
}
