import { median } from "#foundation/median.ts";
import { MINUTES } from "../house-days/house-days.ts";

/** The shorter way round the clock, minutes: from -720 to below 720. */
export const around = (minutes: number): number =>
  ((((minutes + MINUTES / 2) % MINUTES) + MINUTES) % MINUTES) - MINUTES / 2;

export const sumOf = (values: readonly number[]): number =>
  values.reduce((sum, one) => sum + one, 0);

/** The sum of how far each is from the median. */
export function spreadOf(values: readonly number[]): number {
  const middle = median(values);
  return sumOf(values.map((one) => Math.abs(one - middle)));
}
