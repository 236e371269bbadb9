import { atLeast } from "../chance/chance.ts";
import type { LivedDays, PlacedAct, PlacedStream } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { gridsOf, type SignalGrid, SLOTS, slotOf } from "../signal-grid/signal-grid.ts";
import type { Contextual, Looks, WeatherContext } from "./contextual-habit.ts";

const LEAST = { days: 8, lift: 1.4, confidence: 0.3, score: 2 };
const QUARTILES = [0.25, 0.5, 0.75];
const VALUES = { most: 6, from: 0.03, until: 0.7 };
const SHIFTED_AS_GOOD = 0.05; // one of the 24;
/** The whole day, or four hours of it: what is done on a hot afternoon is lost among the acts of a day. */
const PERIODS: readonly Period[] = [
  { from: 0, until: SLOTS },
  ...Array.from({ length: 9 }, (_, n) => ({ from: 4 + n * 4, until: 12 + n * 4 })),
];
/** Days: the weather of the day after is much the same, and that of a month later is that of another season. */
const SHIFTS = [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14].flatMap((days) => [days, -days]);

/** Half hours of the day. */
interface Period {
  readonly from: number;
  readonly until: number;
}

/** A state of the weather, and when it was so: by day and half hour. */
interface Weather {
  readonly signalId: string;
  readonly when: WeatherContext["when"];
  readonly isSo: Uint8Array;
  /** Of each half hour, on which share of the days it is so. */
  readonly share: Float64Array;
}

/**
 * Acts that come in a certain weather.
 *
 * Null model: the same acts by the clock only, so each day's in the weather of any day at that half hour (exact tail of
 * Poisson-binomial, one act a day; each period counts as a look); and with the weather of some days before or after hardly any
 * does as well, so that two things which change with the season are not taken for one.
 */
export function findWeatherHabits(lived: LivedDays, household: Household): Looks {
  const signals = (household.signals ?? []).filter(({ of }) => of === "weather");
  const grids = gridsOf(signals, lived.lived, household.timeZone);
  const weathers = grids.flatMap((grid) => weathersOf(grid, lived.lived.length));
  const placeOf = new Map(lived.lived.map((day, place) => [day, place]));
  const found = lived.streams.flatMap((stream) => {
    const days = PERIODS.map((period) => daysIn(stream, period, placeOf));
    return weathers.flatMap((weather) => bestOf(stream, weather, { days, lived: lived.lived }));
  });
  return { found, tests: weathers.length * lived.streams.length };
}

interface Placed {
  readonly acts: readonly PlacedAct[];
  readonly slots: readonly number[];
  /** Of the day, among those lived. */
  readonly place: number;
}

function daysIn(
  { byDay }: PlacedStream,
  { from, until }: Period,
  placeOf: ReadonlyMap<number, number>,
): Placed[] {
  return [...byDay].flatMap(([day, some]) => {
    const acts = some.filter(({ minute }) => slotOf(minute) >= from && slotOf(minute) < until);
    const place = placeOf.get(day) as number;
    return acts.length > 0
      ? [{ acts, place, slots: acts.map(({ minute }) => slotOf(minute)) }]
      : [];
  });
}

interface Days {
  /** Of each period. */
  readonly days: readonly Placed[][];
  readonly lived: readonly number[];
}

function bestOf(stream: PlacedStream, weather: Weather, { days, lived }: Days): Contextual[] {
  const ways = PERIODS.flatMap((period, n) => {
    const way = wayOf({ days: days[n] as Placed[], weather, period, lived });
    return way ? [way] : [];
  });
  const best = ways.sort((one, other) => one.chance - other.chance)[0];
  if (!best) return [];
  const { entityId, to } = stream;
  const name = Object.entries(weather.when).flat();
  return [
    {
      key: ["contextual", entityId, to, "weather", weather.signalId, ...name].join("|"),
      kind: "contextual",
      ...{ entityIds: [entityId], entityId, to, ...best },
      context: { of: "weather", signalId: weather.signalId, when: weather.when },
    },
  ];
}

function weathersOf({ signal, values }: SignalGrid, days: number): Weather[] {
  const make = (when: WeatherContext["when"], fits: (value: string | number) => boolean) => {
    const isSo = Uint8Array.from(values, (value) => (value !== undefined && fits(value) ? 1 : 0));
    const share = new Float64Array(SLOTS);
    for (const [place, so] of isSo.entries()) {
      share[place % SLOTS] = (share[place % SLOTS] as number) + so / days;
    }
    return { signalId: signal.id, when, isSo, share };
  };
  const numbers = values.filter((value) => typeof value === "number").sort((a, b) => a - b);
  if (numbers.length > values.length / 2) {
    const bounds = QUARTILES.map((part) => numbers[Math.floor(part * numbers.length)] as number);
    return [...new Set(bounds)].flatMap((bound) => [
      make({ above: bound }, (value) => typeof value === "number" && value > bound),
      make({ below: bound }, (value) => typeof value === "number" && value < bound),
    ]);
  }
  const counts = new Map<string, number>();
  for (const one of values) {
    if (typeof one === "string") counts.set(one, (counts.get(one) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, n]) => n >= VALUES.from * values.length && n <= VALUES.until * values.length)
    .sort((one, other) => other[1] - one[1] || one[0].localeCompare(other[0]))
    .slice(0, VALUES.most)
    .map(([is]) => make({ is }, (value) => value === is));
}

interface Asked {
  readonly days: readonly Placed[];
  readonly weather: Weather;
  readonly period: Period;
  readonly lived: readonly number[];
}

function wayOf(asked: Asked) {
  const { days, weather } = asked;
  if (days.length < LEAST.days) return undefined;
  const hits = days.map((day) => hitOf(day, weather, 0));
  const seen = hits.filter((one) => one !== undefined);
  if (seen.length < LEAST.days) return undefined;
  const chances = days.map(({ slots }) => {
    const never = slots.map((slot) => 1 - (weather.share[slot] as number));
    return 1 - never.reduce((product, one) => product * one, 1);
  });
  const expected = chances.reduce((sum, one) => sum + one, 0);
  const lift = seen.length / Math.max(expected, 1e-9);
  if (lift < LEAST.lift || seen.length - expected < LEAST.score * Math.sqrt(expected)) return;
  const missed = missedOf(asked, new Set(seen.map(({ day }) => day)));
  const confidence = (seen.length + 1) / (seen.length + missed.length + 2);
  if (confidence < LEAST.confidence) return undefined;
  if (shiftedAsGood(days, weather, seen.length)) return undefined;
  const chance = Math.min(1, PERIODS.length * atLeast(seen.length, chances));
  return { seen: seen.map(({ act }) => act), missed, confidence, lift, chance };
}

/** The first act of a day in that weather, or in that of some days later. */
function hitOf({ acts, slots, place }: Placed, { isSo }: Weather, shift: number) {
  const from = ((place + shift) * SLOTS + isSo.length) % isSo.length;
  return acts[slots.findIndex((slot) => isSo[from + slot] === 1)];
}

/** Days on which it was so for most of the hours at which this is done, and it was not done then. */
function missedOf({ days, weather, lived }: Asked, seen: ReadonlySet<number>): number[] {
  const usual = usualSlots(days);
  return lived.filter((day, place) => {
    if (seen.has(day)) return false;
    const so = usual.filter((slot) => weather.isSo[place * SLOTS + slot] === 1).length;
    return so * 2 > usual.length;
  });
}

/** The half hours in which the middle half of the acts lies. */
function usualSlots(days: readonly Placed[]): number[] {
  const slots = days.flatMap((day) => day.slots).sort((one, other) => one - other);
  const [from, until] = [0.25, 0.75].map(
    (part) => slots[Math.floor(part * (slots.length - 1))] as number,
  ) as [number, number];
  return Array.from({ length: until - from + 1 }, (_, n) => from + n);
}

function shiftedAsGood(days: readonly Placed[], weather: Weather, seen: number): boolean {
  const asGood = SHIFTS.filter(
    (shift) => days.filter((day) => hitOf(day, weather, shift)).length >= seen,
  );
  return asGood.length > SHIFTED_AS_GOOD * SHIFTS.length;
}
