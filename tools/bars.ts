/** One promise of an issue, and what was measured. */
export interface Bar {
  /** What is promised, in words: "state changes stored per second". */
  readonly bar: string;
  /** `null` when it cannot be measured here; then `reason` says why, and the bar does not pass. */
  readonly value: number | null;
  readonly unit: string;
  readonly limit: number;
  /** `min`: the value must be at least the limit. `max`: at most. */
  readonly direction: "min" | "max";
  readonly pass: boolean;
  readonly reason?: string;
  /** The data set that it needs is not on this machine. */
  readonly noData?: true;
}

/** What `npm run bench|eval -- NAME` hands to the file it runs. */
export interface MeasureOptions {
  /** `--data DIR`: where an evaluation finds its data set. */
  readonly dataFolder?: string;
  /** `--short`: a run of seconds that shows that it works. Its bars are the same. */
  readonly short: boolean;
}

/** The default export of every `tests/bench/*.bench.ts` and `tests/eval/*.eval.ts`. */
export type Measure = (options: MeasureOptions) => Promise<{ readonly bars: readonly Bar[] }>;

type Promised = Omit<Bar, "value" | "pass" | "reason" | "noData">;

/** A bar with its value. NaN and infinity never pass. */
export function measured({ bar, unit, limit, direction }: Promised, value: number): Bar {
  if (!Number.isFinite(value)) return unmeasured({ bar, unit, limit, direction }, `it is ${value}`);
  const pass = direction === "min" ? value >= limit : value <= limit;
  return { bar, value, unit, limit, direction, pass };
}

/** A bar that cannot be measured. */
export function unmeasured({ bar, unit, limit, direction }: Promised, reason: string): Bar {
  return { bar, value: null, unit, limit, direction, pass: false, reason };
}

/** A bar whose data set is not on this machine. A short run says so and does not fail by it. */
export const withoutData = (promised: Promised, reason: string): Bar => ({
  ...unmeasured(promised, reason),
  noData: true,
});

/** One line for a person. */
export function toLine({ bar, value, unit, limit, direction, pass, reason, noData }: Bar): string {
  const shown =
    value === null ? `not measured: ${reason ?? "not a number"}` : `${round(value)} ${unit}`;
  const promise = `${direction === "min" ? "at least" : "at most"} ${round(limit)} ${unit}`;
  const missed = noData ? "----" : "FAIL";
  return `${pass ? "pass" : missed}  ${bar}: ${shown} (${promise})`;
}

function round(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 3 });
}
