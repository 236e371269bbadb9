/** A value that holds through its slot. */
export interface Step {
  readonly start: number;
  readonly end: number;
  readonly value: number;
}

export interface Window {
  readonly from: number;
  readonly to: number;
  readonly mean: number;
}

/**
 * The stretch of this length with the lowest mean, of equal ones the earliest; never across a gap.
 *
 * It begins or ends with a slot, or begins at `from`: in between the mean is a straight line and never better.
 */
export function findLowest(
  steps: readonly Step[],
  { from, lengthMs }: { readonly from: number; readonly lengthMs: number },
): Window | undefined {
  const known = steps
    .filter(({ end }) => end > from)
    .map((step) => ({ ...step, start: Math.max(step.start, from) }));
  const starts = known
    .flatMap(({ start, end }) => [start, end - lengthMs])
    .filter((start) => start >= from)
    .sort((one, other) => one - other);
  let best: Window | undefined;
  for (const start of starts) {
    const mean = meanBetween(known, { from: start, to: start + lengthMs });
    if (mean !== undefined && (!best || mean < best.mean - 1e-9)) {
      best = { from: start, to: start + lengthMs, mean };
    }
  }
  return best;
}

/** Absent where a part of it is not known. */
export function meanBetween(
  steps: readonly Step[],
  { from, to }: { readonly from: number; readonly to: number },
): number | undefined {
  let [ms, sum] = [0, 0];
  for (const { start, end, value } of steps) {
    const part = Math.max(0, Math.min(end, to) - Math.max(start, from));
    ms += part;
    sum += part * value;
  }
  return ms === to - from ? sum / ms : undefined;
}

export const stepAt = (steps: readonly Step[], at: number): Step | undefined =>
  steps.find(({ start, end }) => start <= at && at < end);
