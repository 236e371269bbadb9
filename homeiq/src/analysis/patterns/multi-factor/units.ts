import { MINUTES } from "../house-days/house-days.ts";
import type { LivedDays } from "../lived-days/lived-days.ts";
import type { Household } from "../pattern.ts";
import { gridsOf, isHome, type SignalGrid, SLOTS, type Value } from "../signal-grid/signal-grid.ts";
import type { Factor } from "./multi-factor-habit.ts";

/** From 04:00 on, four hours each. */
const PERIODS = ["early", "morning", "midday", "afternoon", "evening", "night"];
export const PERIOD_COUNT = PERIODS.length;
const MOST_WEATHERS = 5;
const LEAST_UNITS = 8;

export const periodOf = (minute: number): number =>
  Math.min(PERIOD_COUNT - 1, Math.floor((minute * PERIOD_COUNT) / MINUTES));

/** A factor, and in which units it was so: a unit is a part of a lived day. */
export interface FactorUnits {
  readonly factor: Factor;
  readonly isSo: Uint8Array;
}

/** Unit by unit, by day and part of the day; only units in which somebody was there. */
export function factorsOf(lived: LivedDays, household: Household): FactorUnits[] {
  const units = lived.lived.flatMap((day, place) =>
    PERIODS.map((_, period) => ({ day, place, period })),
  );
  const make = (factor: Factor, fits: (unit: (typeof units)[number]) => boolean) => ({
    factor,
    isSo: Uint8Array.from(units, (unit) => (fits(unit) ? 1 : 0)),
  });
  const periods = PERIODS.map((is, period) =>
    make({ of: "day_period", is }, (unit) => unit.period === period),
  );
  const types = [false, true].map((free) =>
    make(
      { of: "day_type", is: free ? "free" : "workday" },
      ({ day }) => lived.days.dayOf(day).free === free,
    ),
  );
  const { signals = [], timeZone } = household;
  const grids = gridsOf(signals, lived.lived, timeZone);
  const around = [
    ...presence(grids, units.length),
    ...temperature(grids, units.length),
    ...weather(grids, units.length),
  ];
  const isEmpty = emptyUnits(grids, units.length);
  return [...periods, ...types, ...around]
    .map(({ factor, isSo }) => ({
      factor,
      isSo: isSo.map((so, unit) => so & ~(isEmpty[unit] as number)),
    }))
    .filter(({ isSo }) => isSo.reduce((sum, one) => sum + one, 0) >= LEAST_UNITS);
}

const PER_UNIT = SLOTS / PERIOD_COUNT;

/** What a signal was in the half hours of a unit. */
const valuesIn = ({ values }: SignalGrid, unit: number): readonly Value[] =>
  values.slice(unit * PER_UNIT, (unit + 1) * PER_UNIT);

const unitsWhere = (units: number, fits: (unit: number) => boolean) =>
  Uint8Array.from({ length: units }, (_, unit) => (fits(unit) ? 1 : 0));

/** One alone at home for most of the time, or several together. */
function presence(grids: readonly SignalGrid[], units: number): FactorUnits[] {
  const people = grids.filter(({ signal }) => signal.of === "presence");
  if (people.length < 2) return [];
  const company = (is: string, fits: (present: number) => boolean): FactorUnits => ({
    factor: { of: "presence", is },
    isSo: unitsWhere(units, (unit) => {
      const slots = slotsOf(unit).filter((slot) => fits(presentIn(people, slot)));
      return slots.length * 2 > PER_UNIT;
    }),
  });
  return [company("alone", (present) => present === 1), company("together", (one) => one > 1)];
}

const slotsOf = (unit: number) => Array.from({ length: PER_UNIT }, (_, n) => unit * PER_UNIT + n);
const presentIn = (people: readonly SignalGrid[], slot: number) =>
  people.filter(({ values }) => isHome(values[slot]) === true).length;

/** Units in which all were away for most of the time: that somebody has to be there to do a thing is no finding. */
function emptyUnits(grids: readonly SignalGrid[], units: number): Uint8Array {
  const people = grids.filter(({ signal }) => signal.of === "presence");
  const isEmpty = (slot: number) => people.every(({ values }) => isHome(values[slot]) === false);
  return unitsWhere(units, (unit) => {
    const empty = slotsOf(unit).filter(isEmpty);
    return people.length > 0 && empty.length * 2 > PER_UNIT;
  });
}

/** Thirds of what was measured. */
function temperature(grids: readonly SignalGrid[], units: number): FactorUnits[] {
  const measured = grids.find(
    ({ signal, values }) =>
      signal.of === "weather" && values.some((one) => typeof one === "number"),
  );
  if (!measured) return [];
  const means = Array.from({ length: units }, (_, unit) => {
    const known = valuesIn(measured, unit).filter((one) => typeof one === "number");
    return known.length === 0 ? undefined : known.reduce((sum, one) => sum + one, 0) / known.length;
  });
  const sorted = means.filter((one) => one !== undefined).sort((one, other) => one - other);
  const [low, high] = [1, 2].map((n) => sorted[Math.floor((n * sorted.length) / 3)] ?? 0) as [
    number,
    number,
  ];
  const band = (is: string, fits: (mean: number) => boolean): FactorUnits => ({
    factor: { of: "temperature", is },
    isSo: unitsWhere(units, (unit) => {
      const mean = means[unit];
      return mean !== undefined && fits(mean);
    }),
  });
  return [
    band("cold", (mean) => mean < low),
    band("mild", (mean) => mean >= low && mean < high),
    band("warm", (mean) => mean >= high),
  ];
}

/** What it is called for most of the time. */
function weather(grids: readonly SignalGrid[], units: number): FactorUnits[] {
  const told = grids.find(
    ({ signal, values }) =>
      signal.of === "weather" && values.some((one) => typeof one === "string"),
  );
  if (!told) return [];
  const names = Array.from({ length: units }, (_, unit) => {
    const counts = Map.groupBy(valuesIn(told, unit), (one) => one);
    return [...counts].find(([, some]) => some.length * 2 > PER_UNIT)?.[0];
  });
  const counts = [...Map.groupBy(names, (one) => one)].filter(([name]) => typeof name === "string");
  return counts
    .sort(
      (one, other) =>
        other[1].length - one[1].length || String(one[0]).localeCompare(`${other[0]}`),
    )
    .slice(0, MOST_WEATHERS)
    .map(([name]) => ({
      factor: { of: "weather", is: String(name) },
      isSo: unitsWhere(units, (unit) => names[unit] === name),
    }));
}
