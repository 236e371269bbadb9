import { DAY_MS } from "#foundation/time.ts";

export interface Level {
  readonly at: number;
  readonly percent: number;
}

/** How fast a battery empties, as measured. */
export interface BatteryCourse {
  readonly entityId: string;
  readonly percent: number;
  /** Percentage points a day: the estimate, and between which it lies in 95 of 100 cases. */
  readonly perDay: number;
  readonly perDayLow: number;
  readonly perDayHigh: number;
  /** Over which it was measured. */
  readonly days: number;
}

const MIN_DAYS = 7; // a week has its warm and its cold days
const MIN_FALL = 3; // points; less is rounding and temperature
const RISE = 8; // points at once: it was changed, or charged
const RECHARGED_TIMES = 3; // what is charged every few days says so itself

/** From what it showed, one value a day, oldest first; absent when it does not fall measurably. */
export function courseOf(entityId: string, levels: readonly Level[]): BatteryCourse | undefined {
  const rises = levels.flatMap(({ percent }, n) =>
    percent - (levels[n - 1]?.percent ?? percent) >= RISE ? [n] : [],
  );
  if (rises.length >= RECHARGED_TIMES) return undefined;
  const since = levels.slice(rises.at(-1) ?? 0);
  const [first, last] = [since[0], since.at(-1)];
  if (!first || !last) return undefined;
  const days = (last.at - first.at) / DAY_MS;
  if (days < MIN_DAYS || first.percent - last.percent < MIN_FALL) return undefined;
  const slope = fallOf(since);
  if (!slope || slope.perDay - slope.margin <= 0) return undefined;
  return {
    ...{ entityId, percent: last.percent, perDay: slope.perDay, days: Math.round(days) },
    perDayLow: slope.perDay - slope.margin,
    perDayHigh: slope.perDay + slope.margin,
  };
}

/** Least squares, with the margin of 95 of 100. Neighboring days err alike: it is widened for that. */
function fallOf(levels: readonly Level[]): { perDay: number; margin: number } | undefined {
  const n = levels.length;
  if (n < MIN_DAYS) return undefined;
  const xs = levels.map(({ at }) => at / DAY_MS);
  const meanX = mean(xs);
  const meanY = mean(levels.map(({ percent }) => percent));
  const sxx = xs.reduce((sum, x) => sum + (x - meanX) ** 2, 0);
  const sxy = levels.reduce(
    (sum, { percent }, k) => sum + ((xs[k] ?? 0) - meanX) * (percent - meanY),
    0,
  );
  const slope = sxy / sxx;
  const residuals = levels.map(
    ({ percent }, k) => percent - meanY - slope * ((xs[k] ?? 0) - meanX),
  );
  const variance = residuals.reduce((sum, r) => sum + r * r, 0) / Math.max(1, n - 2);
  const lag = residuals.slice(1).reduce((sum, r, k) => sum + r * (residuals[k] ?? 0), 0);
  const rho = Math.min(0.9, Math.max(0, variance > 0 ? lag / (variance * (n - 2)) : 0));
  const margin = 2.1 * Math.sqrt((variance / sxx) * ((1 + rho) / (1 - rho)));
  return { perDay: -slope, margin };
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Days until it is empty: the estimate, and the soonest and latest of the interval. */
export const daysLeft = ({ percent, perDay, perDayLow, perDayHigh }: BatteryCourse) => ({
  days: percent / perDay,
  soonest: percent / perDayHigh,
  latest: percent / perDayLow,
});
