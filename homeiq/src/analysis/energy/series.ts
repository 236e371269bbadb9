/** Power over time: each value holds until the next; NaN where the sensor was away. */
export interface PowerSeries {
  /** Ascending, milliseconds since the epoch. */
  readonly at: Float64Array;
  readonly powerW: Float64Array;
}

export interface Held {
  readonly value: number;
  readonly heldMs: number;
}

const MOST_HOLD_MS = 10 * 60_000; // recorders keep changes only, and a quiet house changes seldom

/** The first row at or after a moment. */
export function rowAt({ at }: PowerSeries, moment: number): number {
  let low = 0;
  let high = at.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((at[middle] as number) < moment) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What the series said in a stretch, each value with how long it held there. */
export function heldIn(series: PowerSeries, start: number, end: number): Held[] {
  const { at, powerW } = series;
  const found: Held[] = [];
  for (let row = Math.max(0, rowAt(series, start) - 1); row < at.length; row += 1) {
    const from = at[row] as number;
    if (from >= end) break;
    const until = Math.min(at[row + 1] ?? from + MOST_HOLD_MS, from + MOST_HOLD_MS);
    const heldMs = Math.min(until, end) - Math.max(from, start);
    const value = powerW[row] as number;
    if (heldMs > 0 && !Number.isNaN(value)) found.push({ value, heldMs });
  }
  return found;
}

/** The value below which a share of the time lies; NaN for none. */
export function quantileOfHeld(held: readonly Held[], share: number): number {
  const sorted = held.toSorted((one, other) => one.value - other.value);
  const wanted = sorted.reduce((sum, { heldMs }) => sum + heldMs, 0) * share;
  let sum = 0;
  for (const { value, heldMs } of sorted) {
    sum += heldMs;
    if (sum >= wanted) return value;
  }
  return Number.NaN;
}

export const medianOf = (values: readonly number[]): number => quantileOf(values, 0.5);

/** Between the two nearest values; NaN for none. */
export function quantileOf(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  const place = (sorted.length - 1) * share;
  const low = sorted[Math.floor(place)] ?? Number.NaN;
  const high = sorted[Math.ceil(place)] ?? Number.NaN;
  return low + (high - low) * (place - Math.floor(place));
}

/** The usual time between two values. */
export function intervalOf({ at }: PowerSeries): number {
  const gaps: number[] = [];
  const stride = Math.max(1, Math.floor(at.length / 5_000));
  for (let row = 1; row < at.length; row += stride) {
    gaps.push((at[row] as number) - (at[row - 1] as number));
  }
  return gaps.length > 0 ? medianOf(gaps) : Number.NaN;
}

/** Kilowatt hours of a stretch, and how much of it was covered by values. */
export function energyIn(series: PowerSeries, start: number, end: number) {
  const held = heldIn(series, start, end);
  const kwh = held.reduce((sum, { value, heldMs }) => sum + value * heldMs, 0) / 3.6e9;
  return { kwh, coveredMs: held.reduce((sum, { heldMs }) => sum + heldMs, 0) };
}
