import { expect, test } from "vitest";
import {
  findBestStart,
  findCycles,
  type SavingsQuestion,
  savingsSince,
  usualCycle,
  verifySavings,
} from "#src/analysis/load-shifting/load-shifting.ts";
import { createLocalDays } from "#src/analysis/local-days/local-days.ts";

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const START = Date.UTC(2026, 2, 2);

/** A dishwasher: heats, washes, heats, each with its minutes and watts. */
const dishwasher = (starts: readonly number[]) => {
  const rows = starts.flatMap((start) => [
    [start, 2_000],
    [start + 20 * MINUTE_MS, 60],
    [start + 50 * MINUTE_MS, 2_000],
    [start + 65 * MINUTE_MS, 1],
  ]);
  return {
    at: Float64Array.from(rows, ([at = 0]) => at),
    powerW: Float64Array.from(rows, ([, watts = 0]) => watts),
  };
};

const hourly = (prices: readonly number[]) =>
  prices.map((value, n) => ({ start: START + n * HOUR_MS, end: START + (n + 1) * HOUR_MS, value }));

test("runs are found with their energy and its course", () => {
  const cycles = findCycles(dishwasher([START, START + 30 * HOUR_MS]));
  expect(cycles.map(({ start }) => start)).toEqual([START, START + 30 * HOUR_MS]);
  expect(cycles[0]?.kwh).toBeCloseTo(0.667 + 0.03 + 0.5, 2);
  expect(cycles[0]?.profileKwh).toHaveLength(13);
  expect(cycles[0]?.profileKwh[0]).toBeCloseTo(2 / 12, 3);
});

test("a moment of power is no run", () => {
  const power = { at: Float64Array.of(START, START + 60_000), powerW: Float64Array.of(2_000, 0) };
  expect(findCycles(power)).toEqual([]);
});

test("the best start is the cheapest that is done in time", () => {
  const usual = usualCycle(findCycles(dishwasher([START])));
  const profileKwh = usual?.profileKwh ?? [];
  const slots = hourly([0.5, 0.4, 0.3, 0.1, 0.1, 0.4, 0.02, 0.02]);
  const best = findBestStart({ profileKwh, slots, now: START, deadline: START + 6 * HOUR_MS });
  expect(best?.start).toBe(START + 3 * HOUR_MS);
  expect(best?.cost).toBeCloseTo(0.12, 2);
  expect(best?.costNow).toBeGreaterThan(best?.cost ?? 0);
  const late = findBestStart({ profileKwh, slots, now: START, deadline: START + 8 * HOUR_MS });
  expect(late?.start).toBe(START + 6 * HOUR_MS);
});

test("it keeps to the hours that are allowed, and says nothing when no start is in time", () => {
  const profileKwh = usualCycle(findCycles(dishwasher([START])))?.profileKwh ?? [];
  const slots = hourly([0.5, 0.4, 0.3, 0.1, 0.1, 0.4, 0.02, 0.02]);
  const question = { profileKwh, slots, now: START };
  const allowed = { fromHour: 0, toHour: 3, timeZone: "UTC" };
  expect(
    findBestStart({ ...question, deadline: START + 8 * HOUR_MS, allowed })?.end,
  ).toBeLessThanOrEqual(START + 3 * HOUR_MS);
  expect(findBestStart({ ...question, deadline: START + HOUR_MS })).toBeUndefined();
  expect(findBestStart({ ...question, slots: [], deadline: START + 8 * HOUR_MS })).toBeUndefined();
});

test("of negative prices the lowest is taken", () => {
  const slots = hourly([0.1, -0.05, -0.2, -0.2, 0.1]);
  const best = findBestStart({ profileKwh: [1], slots, now: START, deadline: START + 5 * HOUR_MS });
  expect(best).toMatchObject({ start: START + 2 * HOUR_MS, cost: -0.2 });
});

const NOON = 12 * HOUR_MS;
const NIGHT = 2 * HOUR_MS;
/** 0.40 by day, 0.10 by night. */
const costAt: SavingsQuestion["costAt"] = (_day, msOfDay, kwh) =>
  kwh * (msOfDay < 6 * HOUR_MS ? 0.1 : 0.4);
const days = (first: number, count: number, msOfDay: number, isFree = false) =>
  Array.from({ length: count }, (_, n) => ({
    ...{
      day: first + n,
      weekday: n % 5,
      isFree,
      meanTemperatureC: 8 + (n % 3),
      otherKwh: 6 + (n % 2),
    },
    runs: [{ msOfDay, kwh: 1.2, cost: costAt(first + n, msOfDay, 1.2) ?? 0 }],
  }));

test("savings are those against days like them, with an interval", () => {
  const savings = verifySavings({ before: days(0, 15, NOON), after: days(30, 10, NIGHT), costAt });
  if (savings.verdict !== "verified") throw new Error("There are enough days");
  expect(savings.saved.value).toBeCloseTo(10 * 1.2 * 0.3, 5);
  expect(savings.saved.low).toBeLessThanOrEqual(savings.saved.value);
  expect(savings.saved.high).toBeGreaterThanOrEqual(savings.saved.value);
  expect(savings.days).toBe(10);
});

test("who ran it at night before has saved nothing, whatever the prices", () => {
  const savings = verifySavings({ before: days(0, 15, NIGHT), after: days(30, 10, NIGHT), costAt });
  if (savings.verdict !== "verified") throw new Error("There are enough days");
  expect(savings.saved.value).toBeCloseTo(0, 9);
  expect(savings.saved.high).toBeCloseTo(0, 9);
});

test("a few days, or days like none before, are not enough", () => {
  const before = days(0, 15, NOON);
  expect(verifySavings({ before, after: days(30, 3, NIGHT), costAt })).toMatchObject({
    ...{ verdict: "not_enough_days", days: 3, neededDays: 5, unmatchedDays: 0 },
  });
  expect(verifySavings({ before, after: days(30, 8, NIGHT, true), costAt })).toMatchObject({
    ...{ verdict: "not_enough_days", days: 0, unmatchedDays: 8 },
  });
});

test("from an appliance's runs and the prices of their hours comes what shifting saved", () => {
  const day = (n: number) => START + n * 24 * HOUR_MS;
  const starts = Array.from({ length: 33 }, (_, n) => day(n) + (n < 21 ? 18 : 2) * HOUR_MS);
  const slots = Array.from({ length: 34 * 24 }, (_, n) => {
    const start = START + n * HOUR_MS;
    return { start, end: start + HOUR_MS, value: n % 24 < 6 ? 0.1 : 0.4 };
  });
  const savings = savingsSince({
    ...{ cycles: findCycles(dishwasher(starts)), since: day(21), slots },
    days: createLocalDays("UTC"),
  });
  if (savings.verdict !== "verified") throw new Error("There are enough days");
  expect(savings.days).toBe(12);
  expect(savings.saved.value).toBeCloseTo(12 * 1.197 * 0.3, 1);
});
