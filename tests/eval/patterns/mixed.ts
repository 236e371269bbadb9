import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import type { Pattern } from "#src/analysis/patterns/any-pattern.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { makeHome } from "./homes.ts";
import { plantPairs } from "./plant-co-activation.ts";
import { plantContextual } from "./plant-contextual.ts";
import { plantDayType } from "./plant-day-type.ts";
import { plantDuration } from "./plant-duration.ts";
import { plantFrequency } from "./plant-frequency.ts";
import { plantMultiFactor } from "./plant-multi-factor.ts";
import { plantPerson } from "./plant-person.ts";
import { plantRooms } from "./plant-room-based.ts";
import { plantRoutines } from "./plant-routine.ts";
import { plantSeasonal } from "./plant-seasonal.ts";
import { plantSequences } from "./plant-sequence.ts";
import { surround } from "./surroundings.ts";
import * as truths from "./truths.ts";

/** Something that was put into a home on purpose. */
export interface Planted {
  /** Absent where it is true, but too slight to be asked for. */
  readonly kind?: Pattern["kind"];
  readonly entityIds: readonly string[];
  /** Whether a pattern tells it. */
  tells(pattern: Pattern): boolean;
  /** Whether what a pattern claims of these things is so, beside when it was seen. */
  allows(pattern: Pattern): boolean;
}

export interface MixedHome {
  readonly household: Household;
  readonly planted: readonly Planted[];
  /** What people did because of what was planted. */
  readonly acts: ReadonlySet<Act>;
}

interface Wish {
  readonly days: number;
  readonly onlyNoise?: boolean;
}

interface Layer {
  readonly household: Household;
  readonly planted: readonly Planted[];
  /** What is done when all leave. */
  readonly going?: readonly string[];
}

/** What is planted into a home in which the base lives; `seed` differs from layer to layer. */
type Plant = (base: Household, asked: Required<Wish> & { readonly seed: number }) => Layer;

/** Told from others by surroundings: people who come and go, weather. */
const SURROUNDED: readonly Plant[] = [
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantContextual(seed, days, onlyNoise, home);
    const going = planted.filter(({ bound }) => bound === "going");
    return {
      ...{ household, planted: planted.map(truths.ofContext) },
      going: going.map(({ entityId }) => entityId),
    };
  },
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantDuration(seed, days, onlyNoise, home);
    const going = planted.map(({ entityId }) => entityId).filter((id) => id.startsWith("light."));
    return { household, planted: planted.map(truths.ofDuration), going };
  },
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantMultiFactor(seed, days, onlyNoise, home);
    return { household, planted: planted.map(truths.ofFactors) };
  },
];

const PLAIN: readonly Plant[] = [
  (base, { seed, onlyNoise }) => {
    const { household, pairs } = plantPairs(base, seed, { onlyNoise });
    const planted = onlyNoise ? [] : [...pairs.map(truths.ofPair), ...truths.clockBound];
    const bound = new Set(truths.clockBound.flatMap(({ entityIds }) => entityIds));
    const acts = household.acts.filter(({ entityId }) => !onlyNoise || !bound.has(entityId));
    return { household: { ...household, acts }, planted };
  },
  (base, { seed, onlyNoise }) => {
    const { household, sequences } = plantSequences(base, seed, { onlyNoise });
    const planted = [...sequences.map(truths.ofSequence), truths.twoPairs];
    return { household, planted: onlyNoise ? [] : planted };
  },
  (base, { seed, onlyNoise }) => {
    const { household, rooms } = plantRooms(base, seed, { onlyNoise });
    return { household, planted: rooms.map(truths.ofRoom) };
  },
  (base, { seed, onlyNoise }) => {
    const { household, routines } = plantRoutines(base, seed, { onlyNoise });
    return { household, planted: routines.map(truths.ofRoutine) };
  },
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantDayType(seed, days, onlyNoise, home);
    return { household, planted: planted.map(truths.ofDayType) };
  },
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantFrequency(seed, days, onlyNoise, home);
    return { household, planted: planted.map(truths.ofFrequency) };
  },
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantPerson(seed, days, onlyNoise, home);
    return { household, planted: planted.map(truths.ofPerson) };
  },
  (base, { seed, days, onlyNoise }) => {
    const home = { household: base, times: [] };
    const { household, planted } = plantSeasonal(seed, days, onlyNoise, home);
    return { household, planted: planted.map(truths.ofSeason) };
  },
];
const MIX = { surrounded: 2, plain: 4 };

/** The same home for the same seed: habits of the clock and six other kinds, a week away, holidays, a change of clocks. */
export function makeMixedHome(seed: number, { days, onlyNoise = false }: Wish): MixedHome {
  const random = createRandom(seed * 6_007 + 101);
  const some = (plants: readonly Plant[], n: number) =>
    plants
      .map((plant) => ({ plant, place: random() }))
      .sort((one, other) => one.place - other.place)
      .slice(0, n)
      .map(({ plant }) => plant);
  const plants = onlyNoise
    ? [...SURROUNDED, ...PLAIN]
    : [...some(SURROUNDED, MIX.surrounded), ...some(PLAIN, MIX.plain)];
  const home = makeHome(seed, { days, onlyNoise, withHolidays: true });
  let household = surround(home.household, seed);
  const base = new Set(household.acts);
  const planted: Planted[] = home.times.map(truths.ofTime);
  const going: string[] = [];
  for (const [n, plant] of plants.entries()) {
    const layer = plant(household, { seed: seed + 1_000 * (n + 1), days, onlyNoise });
    household = layer.household;
    going.push(...(layer.going ?? []));
    planted.push(...layer.planted);
  }
  planted.push(truths.ofAllGoing(going));
  const own = new Set(planted.flatMap(({ entityIds }) => entityIds));
  // Habits of the clock are among the base's acts; what else the same things do there is noise among them.
  const isPlanted = (act: Act) =>
    !base.has(act) || (home.times.length > 0 && own.has(act.entityId));
  return { household, planted, acts: new Set(household.acts.filter(isPlanted)) };
}
