import { MINUTES } from "../house-days/house-days.ts";

/** The shorter way round the clock, minutes: from -720 to below 720. */
export const around = (minutes: number): number =>
  ((((minutes + MINUTES / 2) % MINUTES) + MINUTES) % MINUTES) - MINUTES / 2;

export const sumOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0);

/** 0 of nothing. */
export function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort(); // by number, and much faster than with a function
  const middle = Math.floor(sorted.length / 2);
  if (sorted.length === 0) return 0;
  if (sorted.length % 2 === 1) return sorted[middle] as number;
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The sum of how far each is from the median. */
export function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  return sumOf(values.map((one) => Math.abs(one - middle)));
}
