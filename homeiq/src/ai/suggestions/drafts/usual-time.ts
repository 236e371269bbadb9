import { createLocalDays } from "#analysis/local-days/local-days.ts";
import { MINUTE_MS } from "#foundation/time.ts";

const DAY_MINUTES = 1_440;
const DAY_BEGINS_MINUTE = 240; // habits' days begin at 04:00
const FEWEST = 6;
const MOST_SCATTER = 40; // minutes: half of the times are nearer; what comes at any hour has no usual one

/** The minute of a habit's day, since 04:00, at which something is usually done; `undefined`: at no certain one. */
export function usualMinuteOf(
  seen: readonly { readonly at: number }[],
  timeZone: string,
): number | undefined {
  if (seen.length < FEWEST) return undefined;
  const local = createLocalDays(timeZone);
  const minutes = seen.map(({ at }) => {
    const minute = local.wallTime(at).msOfDay / MINUTE_MS;
    return (minute - DAY_BEGINS_MINUTE + DAY_MINUTES) % DAY_MINUTES;
  });
  const usual = median(minutes);
  const scatter = median(minutes.map((minute) => Math.abs(minute - usual)));
  return scatter <= MOST_SCATTER ? usual : undefined;
}

const median = (values: readonly number[]): number => {
  const order = values.toSorted((one, other) => one - other);
  return order[order.length >> 1] ?? 0;
};
