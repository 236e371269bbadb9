import { createRandom, intervalOf } from "#analysis/patterns/patterns.ts";
import type { Benefit, BenefitKind, Estimate, Measured, Score } from "./synergy.ts";

const RESAMPLES = 500;
const SEED = 20_260;
const DAYS_OF_WEEK = 7;

/**
 * Of how much a week people say that it is worth something: half of the worth is reached there.
 *
 * One act a day, half a kWh a day, one unit of money, a kilogram of CO2, an hour a day.
 */
const HALF: Readonly<Record<BenefitKind, number>> = {
  acts: 7,
  kwh: 3.5,
  cost: 1,
  co2_grams: 1_000,
  hours: 7,
};

/** What was spared on each of the days that were looked at; days that are not listed had none. */
export interface ByDay {
  readonly kind: BenefitKind;
  readonly days: number;
  /** By day, days since 1970-01-01. */
  readonly amounts: ReadonlyMap<number, number>;
}

/** A week of it, with a bootstrap over the days; the same days give the same range. Absent without a day. */
export function benefitOf({ kind, days, amounts }: ByDay): Benefit | undefined {
  const some = [...amounts.values()];
  if (days < 1 || some.length === 0) return undefined;
  const total = Math.max(days, some.length);
  const weekOf = (sum: number) => (sum / total) * DAYS_OF_WEEK;
  const random = createRandom(SEED);
  const weeks = Array.from({ length: RESAMPLES }, () => {
    let sum = 0;
    for (let day = 0; day < total; day += 1) sum += some[Math.floor(random() * total)] ?? 0;
    return weekOf(sum);
  }).sort((one, other) => one - other);
  const at = (share: number) => weeks[Math.floor(share * (RESAMPLES - 1))] as number;
  const value = weekOf(some.reduce((sum, one) => sum + one, 0));
  const perWeek: Estimate = { value, low: at(0.025), high: at(0.975) };
  return { kind, perWeek, days: total, daysWithSome: some.filter((one) => one !== 0).length };
}

export function scoreOf(
  { n, of }: Pick<Measured, "n" | "of">,
  benefits: readonly Benefit[],
): Score {
  const sure = intervalOf(n, of).low;
  const worths = benefits.map(({ kind, perWeek: { value } }) => {
    const half = HALF[kind];
    return { worth: value > 0 ? value / (value + half) : 0, by: { kind, perWeek: value, half } };
  });
  const [best] = worths.sort((one, other) => other.worth - one.worth);
  const said = { sure: of === 0 ? 0 : sure, n, of };
  if (!best) return { value: 0, ...said, worth: 0 };
  return { value: said.sure * best.worth, ...said, ...best };
}
