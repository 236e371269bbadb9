import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { findMultiFactor } from "#src/analysis/patterns/multi-factor/multi-factor.ts";
import type { Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import { isFactors, plantMultiFactor } from "../../../eval/patterns/plant-multi-factor.ts";
import { datesOf, momentOf } from "../../../eval/patterns/surroundings.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 60_000 };
/** Half a year from Monday, 2 March 2026; the clocks are changed on 29 March. */
const EMPTY: Household = {
  ...{ acts: [], timeZone: "Europe/Berlin" },
  from: Date.UTC(2026, 2, 2) - HOUR_MS,
  to: Date.UTC(2026, 7, 31) - 2 * HOUR_MS,
};
const DATES = datesOf(EMPTY);
const isFree = (date: number) => (date + 3) % 7 >= 5;
const isRainy = (n: number) => (n * 7919) % 97 < 40;

const done = (
  entityId: string,
  minute: number,
  isDone: (date: number, n: number) => boolean,
): Act[] =>
  DATES.flatMap((date, n): Act[] =>
    isDone(date, n) ? [{ entityId, to: "on", at: momentOf(EMPTY, date, minute) as number }] : [],
  );

const rain: Signal = {
  ...{ id: "weather.home", of: "weather" },
  steps: DATES.map((date, n) => ({
    at: date * DAY_MS,
    value: isRainy(n) ? "rainy" : "sunny",
  })),
};

const inHome = (...acts: readonly Act[]): Household => ({
  ...{ ...EMPTY, signals: [rain] },
  acts: [...done("cover.door", 420, () => true), ...acts].sort((one, other) => one.at - other.at),
});

test(
  "nearly all that takes two things together is found with both, and hardly anything else",
  SLOW,
  () => {
    let [planted, right, found, told] = [0, 0, 0, 0];
    for (const seed of SEEDS) {
      const home = plantMultiFactor(seed, 90);
      const habits = findMultiFactor(home.household);
      planted += home.planted.length;
      right += home.planted.filter((one) => habits.some((habit) => isFactors(habit, one))).length;
      const judged = habits.filter(({ entityId }) => !home.alsoTrue.includes(entityId));
      found += judged.filter((habit) => home.planted.some((one) => isFactors(habit, one))).length;
      told += judged.length;
    }
    expect(right / planted).toBeGreaterThan(0.8);
    expect(found / told).toBeGreaterThan(0.9);
  },
);

test("where acts follow nothing, no combination is told", SLOW, () => {
  const found = SEEDS.flatMap((seed) =>
    findMultiFactor(plantMultiFactor(seed, 90, true).household),
  );
  expect(found.length).toBeLessThanOrEqual(1);
});

test("a film on rainy evenings is told with both, and how much less either alone says", () => {
  const film = [
    ...done("media_player.film", 1230, (_, n) => isRainy(n)),
    ...done("media_player.film", 700, (_, n) => n % 9 === 0),
  ];
  const [found, ...more] = findMultiFactor(inHome(...film));
  expect(found).toMatchObject({ entityId: "media_player.film", share: 1, missed: [] });
  expect(found?.factors).toEqual([
    { of: "day_period", is: "evening" },
    { of: "weather", is: "rainy" },
  ]);
  expect(found?.shareWithout).toBeLessThan(0.6);
  expect(more).toEqual([]);
});

test("what is done every evening takes one thing only, and is no combination", () => {
  expect(findMultiFactor(inHome(...done("light.sofa", 1230, () => true)))).toEqual([]);
});

test("three things together are told as three", () => {
  const swim = [
    ...done("switch.sauna", 1230, (date, n) => isFree(date) && isRainy(n)),
    ...done("switch.sauna", 700, (date, n) => isFree(date) && n % 3 === 0),
  ];
  const [found] = findMultiFactor(inHome(...swim));
  expect(found?.factors.map(({ of }) => of)).toEqual(["day_period", "day_type", "weather"]);
});
