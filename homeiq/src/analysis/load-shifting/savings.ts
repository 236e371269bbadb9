/** A day with one or more runs of an appliance. */
export interface ApplianceDay {
  readonly day: number;
  readonly weekday: number;
  readonly isFree: boolean;
  readonly meanTemperatureC?: number;
  /** What the house drew without the appliance, kWh of the day. */
  readonly otherKwh: number;
  readonly runs: readonly {
    readonly msOfDay: number;
    readonly kwh: number;
    /** What it really cost. */
    readonly cost: number;
  }[];
}

export interface SavingsQuestion {
  /** Before anything was shifted. */
  readonly before: readonly ApplianceDay[];
  /** With shifted runs. */
  readonly after: readonly ApplianceDay[];
  /** What a run of so many kWh costs that starts so late on a day; absent where no price was known. */
  readonly costAt: (day: number, msOfDay: number, kwh: number) => number | undefined;
}

export type Savings =
  | {
      readonly verdict: "verified";
      /** Of all shifted days together; negative when it cost more. 95 of 100 lie between. */
      readonly saved: { readonly value: number; readonly low: number; readonly high: number };
      readonly days: number;
      /** How many days were matched with each, on average. */
      readonly matches: number;
    }
  | {
      readonly verdict: "not_enough_days";
      readonly days: number;
      readonly neededDays: number;
      /** Shifted days for which there are too few days like them. */
      readonly unmatchedDays: number;
    };

const NEEDED_DAYS = 5;
const NEEDED_MATCHES = 3;
const MOST_DEGREES = 4;
const MOST_LOAD_RATIO = 1.5;
const RESAMPLES = 1_000;

/**
 * What shifting saved: each shifted day against what its runs would have cost at the times of days like it before.
 *
 * The price is the shifted day's own, so that a cheap week is not taken for a success. The interval is a bootstrap over
 * days and, within, over their matches, with a fixed seed.
 */
export function verifySavings({ before, after, costAt }: SavingsQuestion): Savings {
  const shifted = after.filter(({ runs }) => runs.length > 0);
  const compared = shifted.flatMap((day) => {
    const usual = before
      .filter((one) => one.runs.length > 0 && isAlike(one, day))
      .flatMap((one) => usualCost(one, day, costAt) ?? []);
    const cost = day.runs.reduce((sum, run) => sum + run.cost, 0);
    return usual.length >= NEEDED_MATCHES ? [{ cost, usual }] : [];
  });
  if (compared.length < NEEDED_DAYS) {
    return {
      verdict: "not_enough_days",
      days: compared.length,
      neededDays: NEEDED_DAYS,
      unmatchedDays: shifted.length - compared.length,
    };
  }
  const value = compared.reduce((sum, { cost, usual }) => sum + mean(usual) - cost, 0);
  const sums = resample(compared).toSorted((one, other) => one - other);
  const at = (share: number) => sums[Math.floor(share * (RESAMPLES - 1))] ?? value;
  return {
    verdict: "verified",
    saved: { value, low: at(0.025), high: at(0.975) },
    days: compared.length,
    matches: mean(compared.map(({ usual }) => usual.length)),
  };
}

function isAlike(one: ApplianceDay, other: ApplianceDay): boolean {
  const [warm, warmToo] = [one.meanTemperatureC, other.meanTemperatureC];
  const isSameWeather =
    warm === undefined || warmToo === undefined || Math.abs(warm - warmToo) <= MOST_DEGREES;
  const ratio = (one.otherKwh + 0.1) / (other.otherKwh + 0.1);
  return (
    one.isFree === other.isFree &&
    isSameWeather &&
    ratio < MOST_LOAD_RATIO &&
    ratio > 1 / MOST_LOAD_RATIO
  );
}

/** This day's energy, bought on this day, at that day's times. */
function usualCost(
  before: ApplianceDay,
  { day, runs }: ApplianceDay,
  costAt: SavingsQuestion["costAt"],
): number | undefined {
  const kwh = runs.reduce((sum, run) => sum + run.kwh, 0);
  const total = before.runs.reduce((sum, run) => sum + run.kwh, 0);
  if (total <= 0) return undefined;
  let cost = 0;
  for (const run of before.runs) {
    const one = costAt(day, run.msOfDay, (kwh * run.kwh) / total);
    if (one === undefined) return undefined;
    cost += one;
  }
  return cost;
}

function resample(
  compared: readonly { readonly cost: number; readonly usual: readonly number[] }[],
): number[] {
  const chance = createChance();
  const pick = <T>(some: readonly T[]): T => some[Math.floor(chance() * some.length)] as T;
  return Array.from({ length: RESAMPLES }, () =>
    compared.reduce((sum) => {
      const { cost, usual } = pick(compared);
      return sum + mean(usual.map(() => pick(usual))) - cost;
    }, 0),
  );
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** The same numbers each time, so that the same days give the same interval (mulberry32). */
function createChance(): () => number {
  let state = 0x9e3779b9;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
