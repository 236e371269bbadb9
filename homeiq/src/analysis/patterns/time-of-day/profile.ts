import { MINUTES } from "../house-days/house-days.ts";

/** Five minutes each. */
export const BINS = 288;
export const BIN_MINUTES = MINUTES / BINS;
const SPREAD_BINS = 30; // standard deviation, 150 minutes: wider than what counts as a habit
const ANY_TIME = 0.1; // of what happens at no particular time

/** When something would happen that is bound to no time, only to being awake: sums of shares, from 04:00 on. */
export interface Profile {
  /** The share before a bin; `BINS + 1` of them, from 0 to 1. */
  readonly before: Float64Array;
  /** The share of bins from `start` on, over the end of the day as well. */
  share(start: number, length: number): number;
}

const KERNEL = Float64Array.from({ length: BINS }, (_, distance) => {
  const near = Math.min(distance, BINS - distance);
  return Math.exp(-(near ** 2) / (2 * SPREAD_BINS ** 2));
});
const KERNEL_SUM = KERNEL.reduce((sum, one) => sum + one, 0);

/** `counts`: how often in each bin; `taken`: bins that were taken out of the days with all that came in them. */
export function profileOf(counts: ArrayLike<number>, taken: ReadonlySet<number>): Profile {
  const density = new Float64Array(BINS).fill(ANY_TIME / BINS);
  let total = 0;
  for (let bin = 0; bin < BINS; bin += 1) total += counts[bin] as number;
  for (let bin = 0; bin < BINS; bin += 1) {
    const count = counts[bin] as number;
    if (count === 0) continue;
    const weight = ((1 - ANY_TIME) * count) / (total * KERNEL_SUM);
    for (let other = 0; other < BINS; other += 1) {
      density[other] =
        (density[other] as number) + weight * (KERNEL[Math.abs(other - bin)] as number);
    }
  }
  for (const bin of taken) density[bin] = 0;
  const before = new Float64Array(BINS + 1);
  for (let bin = 0; bin < BINS; bin += 1) {
    before[bin + 1] = (before[bin] as number) + (density[bin] as number);
  }
  const sum = before[BINS] as number;
  for (let bin = 0; bin <= BINS; bin += 1) before[bin] = (before[bin] as number) / sum;
  const until = (bin: number) => before[bin] as number;
  return {
    before,
    share(start, length) {
      const from = ((start % BINS) + BINS) % BINS;
      const end = from + length;
      if (end <= BINS) return until(end) - until(from);
      return 1 - until(from) + until(end - BINS);
    },
  };
}
