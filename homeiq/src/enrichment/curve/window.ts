import type { Slot } from "../provider.ts";
import { type Step, within } from "./step.ts";

const EQUAL = 1e-9; // of the largest value; sums of the same numbers in another order differ by less

export interface Wanted {
  /** Whole or not: `1.25` is an hour and a quarter. */
  readonly hours: number;
  /** The window lies in here; the whole curve when absent. */
  readonly range?: Slot;
  readonly most: "lowest" | "highest";
}

export interface FoundWindow extends Slot {
  /** The mean over the window. Times the hours it is what one kW through it costs. */
  readonly mean: number;
}

/**
 * The stretch of so many hours with the lowest (or highest) mean; of equal ones the earliest.
 *
 * It begins or ends where a slot does, or the range: in between the mean is a straight line and never better. Slots
 * that are used in part count by their exact part. It never crosses a gap; `undefined` when no stretch is long
 * enough. `steps` are in order, without overlaps.
 */
export function findWindow(
  steps: readonly Step[],
  { hours, range, most }: Wanted,
): FoundWindow | undefined {
  const lengthMs = Math.round(hours * 3_600_000);
  if (!(lengthMs > 0)) return undefined;
  const sign = most === "lowest" ? 1 : -1;
  const { start = -Infinity, end = Infinity } = range ?? {};
  const tolerance = EQUAL * steps.reduce((most, { value }) => Math.max(most, Math.abs(value)), 0);
  let best: FoundWindow | undefined;
  for (const run of toRuns(within(steps, { start, end }))) {
    for (const from of startsIn(run, lengthMs)) {
      const mean = run.sumTo(from + lengthMs, from) / lengthMs;
      if (best && sign * mean >= sign * best.mean - tolerance) continue;
      best = { start: from, end: from + lengthMs, mean };
    }
  }
  return best;
}

/** Slots that follow one another without a gap. */
interface Run extends Slot {
  readonly edges: readonly number[];
  /** Value times milliseconds between two moments of it. */
  sumTo(end: number, start: number): number;
}

function toRuns(steps: readonly Step[]): Run[] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    if (group?.at(-1)?.end === step.start) group.push(step);
    else groups.push([step]);
  }
  return groups.map(toRun);
}

function toRun(steps: readonly Step[]): Run {
  const [first, last] = [steps[0], steps.at(-1)];
  return {
    start: first?.start ?? 0,
    end: last?.end ?? 0,
    edges: [...steps.map(({ start }) => start), last?.end ?? 0],
    sumTo: (end, start) =>
      within(steps, { start, end }).reduce(
        (sum, step) => sum + step.value * (step.end - step.start),
        0,
      ),
  };
}

/** Every start that can be the best, in order. */
function startsIn({ start, end, edges }: Run, lengthMs: number): number[] {
  const starts = new Set(edges.flatMap((edge) => [edge, edge - lengthMs]));
  return [...starts]
    .filter((from) => from >= start && from + lengthMs <= end)
    .sort((one, other) => one - other);
}
