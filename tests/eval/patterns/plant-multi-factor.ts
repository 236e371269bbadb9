import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { MultiFactor } from "#src/analysis/patterns/multi-factor/multi-factor.ts";
import type { Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { type MadeHome, makeHome } from "./homes.ts";
import {
  datesOf,
  dayOf,
  isAnybodyHome,
  isFree,
  momentOf,
  surround,
  valueAt,
  withActs,
} from "./surroundings.ts";

export interface PlantedFactors {
  readonly entityId: string;
  readonly to: string;
  /** Kinds of factors that have to be told. */
  readonly of: readonly MultiFactor["factors"][number]["of"][];
}

interface Made {
  readonly household: Household;
  readonly planted: readonly PlantedFactors[];
  /** Which by the home's own habits are done on some days only. */
  readonly alsoTrue: readonly string[];
}

const KINDS: readonly PlantedFactors["of"][] = [
  ["day_period", "day_type"],
  ["day_period", "temperature"],
  ["day_period", "weather"],
];

/** A made home with surroundings, and three things that are done when two of them come together. */
export function plantMultiFactor(
  seed: number,
  days: number,
  onlyNoise = false,
  home: MadeHome = makeHome(seed, { days, onlyNoise }),
): Made {
  const household = surround(home.household, seed);
  if (onlyNoise) return { household, planted: [], alsoTrue: [] };
  const random = createRandom(seed * 89 + 41);
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  const acts: Act[] = [];
  const planted = KINDS.map((of, n): PlantedFactors => {
    const what = { entityId: `fan.planted_${n}`, to: "on" };
    const begins = 980 + random() * 60; // late in the afternoon, when people are in
    const kind = of[1];
    for (const date of datesOf(household)) {
      const at = momentOf(household, date, begins + random() * 150);
      if (at === undefined || !busy.has(date) || !isAnybodyHome(household, at)) continue;
      const isSo = {
        day_type: isFree(household, date),
        temperature: Number(toldBy(household, "temperature", at)) > 12,
        weather: toldBy(household, "condition", at) === "rainy",
      }[kind as "day_type" | "temperature" | "weather"];
      if (isSo && random() < 0.85) acts.push({ at, ...what });
      const other = momentOf(household, date, 420 + random() * 900) as number;
      if (random() < 0.08 && isAnybodyHome(household, other)) acts.push({ at: other, ...what });
    }
    return { ...what, of };
  });
  const alsoTrue = home.times.filter(({ on }) => on !== "all").map(({ entityId }) => entityId);
  return { household: withActs(household, acts), planted, alsoTrue };
}

function toldBy({ signals = [] }: Household, name: string, at: number) {
  const signal = signals.find(({ id }) => id === `weather.${name}`) as Signal;
  return valueAt(signal, at);
}

export const isFactors = (
  { entityId, to, factors }: MultiFactor,
  planted: PlantedFactors,
): boolean =>
  entityId === planted.entityId &&
  to === planted.to &&
  planted.of.every((of) => factors.some((one) => one.of === of));
