import type { Night } from "./past.ts";

const HOURS = 24;
const NIGHT_HOURS = 5; // most people sleep longer: these are asleep for sure
const LEAST_ACTS = 50; // fewer say nothing of when people sleep

/** The hours in a row in which people do least, of a week's acts by weekday and hour. */
export function quietHours(byHour: readonly (readonly number[])[]): Night | undefined {
  const acts = Array.from({ length: HOURS }, (_, hour) =>
    byHour.reduce((sum, day) => sum + (day[hour] ?? 0), 0),
  );
  if (acts.reduce((sum, one) => sum + one, 0) < LEAST_ACTS) return undefined;
  const inRow = (first: number) =>
    Array.from({ length: NIGHT_HOURS }, (_, n) => acts[(first + n) % HOURS] as number);
  const sums = acts.map((_, first) => inRow(first).reduce((sum, one) => sum + one, 0));
  const least = Math.min(...sums);
  const equal = sums.flatMap((sum, hour) => (sum === least ? [hour] : []));
  // Of several the middle of the longest row, counted from noon, so that midnight does not part it.
  const order = equal.toSorted(
    (one, other) => ((one + HOURS / 2) % HOURS) - ((other + HOURS / 2) % HOURS),
  );
  const fromHour = order[Math.floor((order.length - 1) / 2)] as number;
  return { fromHour, toHour: (fromHour + NIGHT_HOURS) % HOURS };
}
