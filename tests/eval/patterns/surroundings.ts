import { createLocalDays } from "#src/analysis/local-days/local-days.ts";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom, type Random } from "#src/analysis/patterns/chance/chance.ts";
import type { Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";

export const BERLIN = { latitude: 52.52, longitude: 13.4 };
const CONDITIONS = ["rainy", "rainy", "cloudy", "cloudy", "sunny", "sunny"];
const RAIN_HOURS = 8;

/** The same home with a place, weather, and two people who come and go; when both are out nothing is done. */
export function surround(household: Household, seed: number): Household {
  if (household.signals) return household;
  const random = createRandom(seed * 104_729 + 3);
  const awayDays = quietDays(household);
  const presence = ["person.one", "person.two"].map((id) =>
    comings(id, household, awayDays, random),
  );
  const signals = [...presence, temperature(household, random), condition(household, random)];
  const whole = { ...household, ...BERLIN, signals };
  return { ...whole, acts: household.acts.filter(({ at }) => isAnybodyHome(whole, at)) };
}

export const dayOf = (household: Household, at: number) =>
  createLocalDays(household.timeZone).wallTime(at).day;

/** All dates of the record, days since 1970-01-01. */
export function datesOf({ from, to, timeZone }: Household): number[] {
  const local = createLocalDays(timeZone);
  const [first, last] = [local.wallTime(from).day, local.wallTime(to - 1).day];
  return Array.from({ length: last - first + 1 }, (_, n) => first + n);
}

/** A weekend or a holiday. */
export const isFree = ({ isHoliday }: Household, date: number): boolean =>
  (date + 3) % 7 >= 5 || (isHoliday?.(date) ?? false);

export function momentOf(household: Household, date: number, minute: number): number | undefined {
  const local = createLocalDays(household.timeZone);
  const [at] = local.momentsOf(
    date + Math.floor(minute / 1440),
    Math.round((((minute % 1440) + 1440) % 1440) * MINUTE_MS),
  );
  return at;
}

export function valueAt({ steps }: Signal, at: number): string | number | undefined {
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle]?.at ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return steps[low - 1]?.value;
}

export const isAnybodyHome = ({ signals = [] }: Household, at: number): boolean =>
  signals.some((one) => one.of === "presence" && valueAt(one, at) === "home");

export const withActs = (household: Household, more: readonly Act[]): Household => ({
  ...household,
  acts: [...household.acts, ...more].sort((one, other) => one.at - other.at),
});

export const normal = (random: Random) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

export const oneOf = <T>(random: Random, some: readonly T[]): T =>
  some[Math.floor(random() * some.length)] as T;

function quietDays(household: Household): Set<number> {
  const busy = new Set(household.acts.map(({ at }) => dayOf(household, at)));
  return new Set(datesOf(household).filter((date) => !busy.has(date)));
}

function comings(id: string, household: Household, away: Set<number>, random: Random): Signal {
  const steps: { at: number; value: string }[] = [{ at: household.from - DAY_MS, value: "home" }];
  const goes = (date: number, from: number, until: number) => {
    const [left, back] = [momentOf(household, date, from), momentOf(household, date, until)];
    if (left === undefined || back === undefined) return;
    if (left <= (steps.at(-1)?.at as number)) return;
    steps.push({ at: left, value: "not_home" }, { at: back, value: "home" });
  };
  for (const date of datesOf(household)) {
    const free = isFree(household, date);
    if (away.has(date)) {
      goes(date, 5, 1439);
      continue;
    }
    if (!free && random() < 0.85) goes(date, 490 + normal(random) * 25, 1050 + normal(random) * 50);
    if (free && random() < 0.6) goes(date, 680 + normal(random) * 60, 850 + normal(random) * 40);
    if (random() < 0.2) goes(date, 1180 + random() * 30, 1290 + random() * 60);
  }
  return { id, of: "presence", steps };
}

function temperature({ from, to }: Household, random: Random): Signal {
  const steps: { at: number; value: number }[] = [];
  let front = 0;
  for (let at = from; at < to; at += HOUR_MS) {
    front = front * 0.985 + normal(random) * 0.7;
    const hour = (at % DAY_MS) / HOUR_MS;
    const season = 12 - 11 * Math.cos((2 * Math.PI * (at / DAY_MS - 18)) / 365.25);
    const value = season + front - 5 * Math.cos((2 * Math.PI * (hour - 2)) / 24);
    steps.push({ at, value: Math.round(value * 10) / 10 });
  }
  return { id: "weather.temperature", of: "weather", steps };
}

function condition({ from, to }: Household, random: Random): Signal {
  const steps: { at: number; value: string }[] = [];
  for (let at = from; at < to; at += (0.3 + random() * 2) * RAIN_HOURS * HOUR_MS) {
    steps.push({ at: Math.round(at), value: oneOf(random, CONDITIONS) });
  }
  return { id: "weather.condition", of: "weather", steps };
}
