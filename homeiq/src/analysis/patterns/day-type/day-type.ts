import { median } from "#foundation/median.ts";
import { ALONE, discoveriesOf } from "../chance/chance.ts";
import { sumOf } from "../circle/circle.ts";
import { exchangeScore, exchangeTails } from "../exchange/exchange.ts";
import { type HouseholdPace, paceOf } from "../household-pace/household-pace.ts";
import {
  type LivedDays,
  livedDaysOf,
  type PlacedAct,
  type PlacedStream,
} from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { createDayPlaces, type DayPlaces } from "./day-places.ts";
import type { DayType, Kind } from "./day-type-habit.ts";

export type { DayType, Kind } from "./day-type-habit.ts";

const LEAST = { days: 5, ofKind: 5, seen: 8, ratio: 1.5, more: 0.25, minutes: 25, score: 2.5 };
const LEAST_BESIDE_HOUSE = 1.96; // standard deviations, that all else that is done does not explain when
const MOST_A_DAY = 4; // one day with much does not make a habit
const CLASSES = 24; // of times, by rank: as fine as chance needs it
const PAIRS: readonly [Kind, Kind][] = [
  ["workday", "weekend"],
  ["workday", "holiday"],
];

/**
 * What differs between workdays, weekends and holidays: how often it comes, or when.
 *
 * Null model: the days are exchanged (exact permutation test over whole days, of how often, or of the ranks of the first
 * or last time on each day that has it). It must differ more than the house as a whole does, which is busier, or up later,
 * on some days: of how often by an exact binomial tail as well, of the times also where they lie among all that is done
 * on a day of its type. Two sides, each measure and each pair of day types count as tests.
 */
export function findDayTypes(household: Household): DayType[] {
  const lived = livedDaysOf(household);
  const kinds = kindsOf(lived, household);
  const found: DayType[] = [];
  let tests = 0;
  for (const pair of PAIRS) {
    const days = lived.lived.filter((day) => pair.includes(kinds.get(day) as Kind));
    const isOne = days.map((day) => kinds.get(day) === pair[0]);
    const ones = isOne.filter(Boolean).length;
    if (Math.min(ones, days.length - ones) < LEAST.days) continue;
    const shared = { days, kinds, pair, pace: paceOf(household) };
    const placesBeside = createDayPlaces(lived.streams, (day) => kinds.get(day));
    for (const stream of lived.streams) {
      tests += 3;
      const asked = { ...shared, stream, placesBeside };
      found.push(...[byCount(asked), byTime(asked, "first"), byTime(asked, "last")].flat());
    }
  }
  const chances = found.map(({ chance }) => chance);
  const believed = discoveriesOf(
    chances,
    household.falseDiscoveries ?? ALONE,
    tests - found.length,
  );
  return plainest(found.filter((_, index) => believed.has(index)));
}

function kindsOf({ days, lived }: LivedDays, { isHoliday }: Household): Map<number, Kind> {
  return new Map(
    lived.map((day) => {
      const { weekday, free } = days.dayOf(day);
      if (!free) return [day, "workday"];
      const isWeekend = weekday >= 5 && !isHoliday?.(day);
      return [day, isWeekend ? "weekend" : "holiday"];
    }),
  );
}

interface Shared {
  readonly days: readonly number[];
  readonly kinds: ReadonlyMap<number, Kind>;
  readonly pair: readonly [Kind, Kind];
  readonly pace: HouseholdPace;
}

interface Asked extends Shared {
  readonly stream: PlacedStream;
  readonly placesBeside: (without: PlacedStream) => DayPlaces;
}

/** Two sides, exactly; `undefined` where it is plain that chance does as much. */
function chanceOf(values: readonly number[], chosen: readonly boolean[]): number | undefined {
  if (Math.abs(exchangeScore(values, chosen)) < LEAST.score) return undefined;
  const { atLeast, atMost } = exchangeTails(values, chosen);
  return Math.min(1, 2 * Math.min(atLeast, atMost));
}

function byCount({ stream, days, kinds, pair, pace }: Asked): DayType[] {
  if (stream.acts.length < LEAST.seen) return [];
  const counts = days.map((day) => Math.min(MOST_A_DAY, stream.byDay.get(day)?.length ?? 0));
  const isOne = days.map((day) => kinds.get(day) === pair[0]);
  const byDays = chanceOf(counts, isOne);
  if (byDays === undefined) return [];
  const [one, other] = [true, false].map((side) =>
    mean(counts.filter((_, place) => isOne[place] === side)),
  ) as [number, number];
  const [on, than] = one > other ? pair : ([pair[1], pair[0]] as const);
  const [value, otherValue] = [Math.max(one, other), Math.min(one, other)];
  const chosen = isOne.map((is) => is === one > other);
  const compared = { stream, days, chosen, counts };
  if (value < LEAST.ratio * otherValue || value - otherValue < LEAST.more) return [];
  const chance = Math.max(byDays, pace.atLeast(compared));
  const here = days.filter((day) => kinds.get(day) === on);
  const seen = here.flatMap((day) => stream.byDay.get(day)?.[0] ?? []);
  const missed = here.filter((day) => !stream.byDay.has(day));
  return [
    {
      ...named(stream, "count", { on, than }),
      ...{ value, otherValue, missed, chance, seen: seen.map(({ act }) => act) },
      confidence: (seen.length + 1) / (here.length + 2),
      lift: value / Math.max(otherValue, 1 / days.length),
    },
  ];
}

const mean = (values: readonly number[]) => sumOf(values) / values.length;

function byTime(
  { stream, days, kinds, pair, placesBeside }: Asked,
  differs: "first" | "last",
): DayType[] {
  const placed = days.flatMap((day) => {
    const acts = stream.byDay.get(day);
    return acts ? [(differs === "first" ? acts[0] : acts.at(-1)) as PlacedAct] : [];
  });
  const isOne = placed.map(({ day }) => kinds.get(day) === pair[0]);
  const ones = isOne.filter(Boolean).length;
  if (Math.min(ones, placed.length - ones) < LEAST.ofKind) return [];
  const chance = chanceOf(ranksOf(placed.map(({ minute }) => minute)), isOne);
  if (chance === undefined) return [];
  const placeIn = placesBeside(stream);
  const inDay = placed.map(({ day, minute }) => placeIn(kinds.get(day) as Kind, minute));
  if (Math.abs(exchangeScore(ranksOf(inDay), isOne)) < LEAST_BESIDE_HOUSE) return [];
  const [one, other] = [true, false].map((side) =>
    median(placed.filter((_, place) => isOne[place] === side).map(({ minute }) => minute)),
  ) as [number, number];
  if (Math.abs(one - other) < LEAST.minutes) return [];
  const [on, than] = one > other ? pair : ([pair[1], pair[0]] as const);
  const here = placed.filter(({ day }) => kinds.get(day) === on);
  const middle = (one + other) / 2;
  const isSeen = ({ minute }: PlacedAct) => minute > middle;
  const seen = here.filter(isSeen);
  const share = placed.filter(isSeen).length / placed.length;
  return [
    {
      ...named(stream, differs, { on, than }),
      ...{ value: Math.max(one, other), otherValue: Math.min(one, other), chance },
      seen: seen.map(({ act }) => act),
      missed: here.filter((act) => !isSeen(act)).map(({ day }) => day),
      confidence: (seen.length + 1) / (here.length + 2),
      lift: seen.length / here.length / share,
    },
  ];
}

/** From 0 to below `CLASSES`, each as large as the others. */
function ranksOf(values: readonly number[]): number[] {
  const order = values.map((_, place) => place);
  order.sort((one, other) => (values[one] as number) - (values[other] as number));
  const ranks = new Array<number>(values.length);
  for (const [rank, place] of order.entries()) {
    ranks[place] = Math.floor((rank * CLASSES) / values.length);
  }
  return ranks;
}

interface Sides {
  readonly on: Kind;
  readonly than: Kind;
}

function named({ entityId, to }: PlacedStream, differs: DayType["differs"], sides: Sides) {
  const key = ["day_type", entityId, to, differs, sides.on, sides.than].join("|");
  return { key, kind: "day_type", entityIds: [entityId], entityId, to, differs, ...sides } as const;
}

/** First and last say the same where it comes once a day: the less likely chance of both is told. */
function plainest(found: readonly DayType[]): DayType[] {
  const kept = new Map<string, DayType>();
  const order = [...found].sort(
    (one, other) => one.chance - other.chance || one.key.localeCompare(other.key),
  );
  for (const one of order) {
    const what = one.differs === "count" ? "count" : "time";
    const name = [one.entityId, one.to, what, ...[one.on, one.than].sort()].join(" ");
    if (!kept.has(name)) kept.set(name, one);
  }
  return [...kept.values()].sort(
    (one, other) => other.confidence - one.confidence || one.chance - other.chance,
  );
}
