export type Point = readonly [at: number, value: number | null];

export interface Scale {
  readonly min: number;
  readonly max: number;
  readonly interval: number;
}

const ROUND = [1, 2, 2.5, 5, 10];

/** Round ends and steps for an axis that shows all from `low` to `high`. */
export function niceScale({ low, high }: { low: number; high: number }, steps: number): Scale {
  if (!(low <= high)) return { min: 0, max: 1, interval: 1 };
  const isNearZero = low >= 0 && low < high * 0.35;
  const bottom = isNearZero ? 0 : low;
  const room = high - bottom || Math.max(Math.abs(high) * 0.02, 1);
  const raw = room / steps;
  const power = 10 ** Math.floor(Math.log10(raw));
  const interval = (ROUND.find((one) => one * power >= raw * 0.999) ?? 10) * power;
  const isFlat = high === bottom;
  return {
    min: Math.floor((isFlat ? bottom - interval : bottom) / interval) * interval,
    max: Math.ceil((isFlat ? high + interval : high) / interval - 0.001) * interval,
    interval,
  };
}
