import { ALONE, atLeast, discoveriesOf } from "../chance/chance.ts";
import { livedDaysOf, type PlacedAct, type PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { type Combinations, createCombinations, type Together } from "./combinations.ts";
import type { MultiFactor } from "./multi-factor-habit.ts";
import { type FactorUnits, factorsOf, PERIOD_COUNT, periodOf } from "./units.ts";

export type { Factor, MultiFactor } from "./multi-factor-habit.ts";

const MOST_FACTORS = 3;
const LEAST = { seen: 8, share: 0.25, lift: 1.5 };
const AROUND = 21; // days before and after, in which the season is much the same
const BY_SEASON = 0.15;
const MOST_KEPT = 12; // of one stream that may grow on: bounds the third factor
const SHIFTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].flatMap((days) => [days, -days]);

/**
 * Which two or three factors together explain an act much better than any without one of them.
 *
 * Null model: one of them says nothing, so the units in which all are so have the act as often as those of the best
 * combination without one (exact binomial tail); where how warm it is takes part, it must be beyond chance of 1 in 7 within
 * the weeks around as well, so that what changes with the season is not taken for it; where weather or presence take part, that of some days before or after
 * does as well in at most one of 24. All that is tried counts as a test.
 * Growth is guarded: at most 18 factors, so 150 pairs a stream, and only the 12 best of those grow by a third.
 */
export function findMultiFactor(household: Household): MultiFactor[] {
  const lived = livedDaysOf(household);
  const known = createCombinations(factorsOf(lived, household));
  const placeOf = new Map(lived.lived.map((day, place) => [day, place]));
  const found: MultiFactor[] = [];
  let tests = 0;
  for (const stream of lived.streams) {
    if (stream.acts.length < LEAST.seen) continue;
    const units = new Map<number, PlacedAct>();
    for (const one of stream.acts) {
      const unit = (placeOf.get(one.day) as number) * PERIOD_COUNT + periodOf(one.minute);
      if (!units.has(unit)) units.set(unit, one);
    }
    const grown = grow({ known, units });
    tests += grown.tests;
    const told = grown.found.filter((one) => !shiftedAsGood(one, units));
    found.push(...told.map((one) => toPattern(one, { stream, units, lived: lived.lived })));
  }
  const chances = found.map(({ chance }) => chance);
  const believed = discoveriesOf(
    chances,
    household.falseDiscoveries ?? ALONE,
    Math.max(0, tests - found.length),
  );
  return plainest(found.filter((_, index) => believed.has(index)));
}

interface Combination extends Together {
  readonly seen: number;
  /** The largest share of those without one factor. */
  readonly without: number;
  readonly chance: number;
}

interface Growing {
  readonly known: Combinations;
  readonly units: ReadonlyMap<number, PlacedAct>;
}

function grow({ known, units }: Growing) {
  const acts = [...units.keys()];
  const shares = new Map<string, number>();
  const found: Combination[] = [];
  let tests = 0;
  let seeds: readonly (Together | undefined)[] = [undefined];
  for (let size = 1; size <= MOST_FACTORS; size += 1) {
    const next: Combination[] = [];
    for (const seed of seeds) {
      for (const together of known.grownFrom(seed)) {
        const seen = acts.reduce((sum, unit) => sum + (together.isSo[unit] as number), 0);
        shares.set(together.name, seen / Math.max(1, together.units));
        if (size > 1) tests += 1;
        if (seen < LEAST.seen) continue;
        const without = Math.max(0, ...together.parts.map((part) => shares.get(part) ?? 0));
        next.push({ ...together, seen, without, chance: 1 });
      }
    }
    if (size === 1) {
      seeds = next;
      continue;
    }
    found.push(...next.filter(isStrong).map((one) => withChance(one, { known, units })));
    next.sort((one, other) => liftOf(other) - liftOf(one));
    seeds = next.slice(0, MOST_KEPT);
  }
  return { found, tests };
}

const shareOf = ({ seen, units }: Combination) => seen / units;
const liftOf = (one: Combination) => shareOf(one) / Math.max(one.without, 0.01);
const isStrong = (one: Combination) =>
  shareOf(one) >= LEAST.share && shareOf(one) >= LEAST.lift * one.without;

function withChance(one: Combination, { known, units }: Growing): Combination {
  const chance = atLeast(one.seen, new Array(one.units).fill(one.without));
  const others = one.factors.filter(({ factor }) => factor.of !== "temperature");
  if (others.length === one.factors.length) return { ...one, chance };
  const around = atLeast(one.seen, sharesAround(one, known.isSoFor(others), units));
  return { ...one, chance: around > BY_SEASON ? 1 : chance };
}

/** For each unit of a combination, how often the act came in those without a factor in the weeks around it. */
function sharesAround(
  one: Combination,
  isSo: Uint8Array,
  acts: ReadonlyMap<number, PlacedAct>,
): number[] {
  const [all, seen] = [new Int32Array(isSo.length + 1), new Int32Array(isSo.length + 1)];
  for (let unit = 0; unit < isSo.length; unit += 1) {
    const own = isSo[unit] as number;
    all[unit + 1] = (all[unit] as number) + own;
    seen[unit + 1] = (seen[unit] as number) + (acts.has(unit) ? own : 0);
  }
  const shares: number[] = [];
  for (let unit = 0; unit < isSo.length; unit += 1) {
    if (one.isSo[unit] === 0) continue;
    const [from, until] = [
      Math.max(0, unit - AROUND * PERIOD_COUNT),
      Math.min(isSo.length, unit + AROUND * PERIOD_COUNT + 1),
    ];
    const count = (counts: Int32Array) => (counts[until] as number) - (counts[from] as number);
    shares.push(count(seen) / Math.max(1, count(all)));
  }
  return shares;
}

/** Whether the surroundings of other days do as well, so that these do not matter. */
function shiftedAsGood(one: Combination, units: ReadonlyMap<number, PlacedAct>): boolean {
  const around = ["presence", "temperature", "weather"];
  const [moving, fixed] = [true, false].map((is) =>
    one.factors.filter(({ factor }) => around.includes(factor.of) === is),
  ) as [FactorUnits[], FactorUnits[]];
  if (moving.length === 0) return false;
  const asGood = SHIFTS.filter((days) => {
    const shift = days * PERIOD_COUNT;
    let seen = 0;
    for (const unit of units.keys()) {
      const size = one.isSo.length;
      const other = (unit + shift + size) % size;
      const isSo =
        fixed.every((factor) => factor.isSo[unit] === 1) &&
        moving.every((factor) => factor.isSo[other] === 1);
      if (isSo) seen += 1;
    }
    return seen >= one.seen;
  });
  return asGood.length > 1;
}

interface Told {
  readonly stream: PlacedStream;
  readonly units: ReadonlyMap<number, PlacedAct>;
  readonly lived: readonly number[];
}

function toPattern(one: Combination, { stream, units, lived }: Told): MultiFactor {
  const { entityId, to } = stream;
  const share = shareOf(one);
  const seen: PlacedAct[] = [];
  const missed = new Set<number>();
  for (const [unit, so] of one.isSo.entries()) {
    if (so === 0) continue;
    const act = units.get(unit);
    if (act) seen.push(act);
    else missed.add(lived[Math.floor(unit / PERIOD_COUNT)] as number);
  }
  return {
    key: ["multi_factor", entityId, to, one.name].join("|"),
    kind: "multi_factor",
    ...{ entityIds: [entityId], entityId, to, share, shareWithout: one.without },
    factors: one.factors.map(({ factor }) => factor),
    seen: seen.map(({ act }) => act),
    missed: [...missed],
    confidence: (one.seen + 1) / (one.units + 2),
    lift: liftOf(one),
    chance: one.chance,
  };
}

/** Of each stream that which chance explains least, and what shares no factor with it. */
function plainest(found: readonly MultiFactor[]): MultiFactor[] {
  const order = [...found].sort(
    (one, other) => one.chance - other.chance || one.key.localeCompare(other.key),
  );
  const kept: MultiFactor[] = [];
  for (const one of order) {
    const isTold = kept.some(
      (other) =>
        other.entityId === one.entityId &&
        other.to === one.to &&
        other.factors.some((a) => one.factors.some((b) => a.of === b.of && a.is === b.is)),
    );
    if (!isTold) kept.push(one);
  }
  return kept.sort((one, other) => other.confidence - one.confidence || one.chance - other.chance);
}
