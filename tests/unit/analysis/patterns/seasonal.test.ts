import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { findSeasonal } from "#src/analysis/patterns/seasonal/seasonal.ts";
import { HOUR_MS } from "#src/foundation/time.ts";
import { isSeason, plantSeasonal } from "../../../eval/patterns/plant-seasonal.ts";
import { BERLIN, datesOf, momentOf } from "../../../eval/patterns/surroundings.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 120_000 };
/** From September 2024 to the end of 2025. */
const EMPTY: Household = {
  ...{ acts: [], timeZone: "Europe/Berlin", ...BERLIN },
  from: Date.UTC(2024, 8, 1) - 2 * HOUR_MS,
  to: Date.UTC(2025, 11, 31) - HOUR_MS,
};
const DATES = datesOf(EMPTY);
const monthOf = (date: number) => new Date(date * 86_400_000).getUTCMonth() + 1;
const done = (entityId: string, isDone: (date: number, n: number) => boolean): Act[] =>
  DATES.filter(isDone).map((date) => ({
    ...{ entityId, to: "on" },
    at: momentOf(EMPTY, date, 700) as number,
  }));
const inHome = (...acts: readonly Act[]): Household => ({
  ...EMPTY,
  acts: [...done("cover.door", () => true), ...acts].sort((one, other) => one.at - other.at),
});

function judge(days: number) {
  let [planted, right, found, told] = [0, 0, 0, 0];
  for (const seed of SEEDS) {
    const home = plantSeasonal(seed, days);
    const habits = findSeasonal(home.household);
    planted += home.planted.length;
    right += home.planted.filter((one) => habits.some((own) => isSeason(own, one))).length;
    found += habits.filter((own) => home.planted.some((one) => isSeason(own, one))).length;
    told += habits.length;
  }
  return { recall: right / planted, precision: found / told };
}

test(
  "of what belongs to a season most is found after a year and a quarter, and hardly anything else",
  SLOW,
  () => {
    const { recall, precision } = judge(460);
    expect(recall).toBeGreaterThan(0.85);
    expect(precision).toBeGreaterThan(0.9);
  },
);

test("after five months most of what goes by the length of the day is found", SLOW, () => {
  const { recall, precision } = judge(150);
  expect(recall).toBeGreaterThan(0.7);
  expect(precision).toBeGreaterThan(0.9);
});

test("where every month is alike, no time of the year is told", SLOW, () => {
  for (const days of [90, 150, 460]) {
    const found = SEEDS.flatMap((seed) => findSeasonal(plantSeasonal(seed, days, true).household));
    expect(found.length).toBeLessThanOrEqual(1);
  }
});

test("a heater of the winter is told as winter, and as summer on the other half of the globe", () => {
  const heater = done("switch.heater", (date) => [12, 1, 2].includes(monthOf(date)));
  expect(findSeasonal(inHome(...heater))).toEqual([
    expect.objectContaining({
      entityId: "switch.heater",
      when: { tentative: false, season: "winter" },
      ...{ perDay: expect.any(Number), missed: [] },
    }),
  ]);
  const [southern] = findSeasonal({ ...inHome(...heater), latitude: -33.9 });
  expect(southern?.when).toEqual({ tentative: false, season: "summer" });
});

test("what began in autumn for good is no season", () => {
  const began = done("switch.new", (date) => date > (DATES.at(-110) as number));
  expect(findSeasonal(inHome(...began))).toEqual([]);
});

test("in half a year nothing is told as a season, only as tentative", () => {
  const heater = done(
    "switch.heater",
    (date, n) => [11, 12, 1].includes(monthOf(date)) || n % 7 < [10, 2].indexOf(monthOf(date)) + 2,
  );
  const whole = inHome(...heater);
  const half = { ...whole, to: momentOf(EMPTY, DATES[180] as number, 0) as number };
  const found = findSeasonal({ ...half, acts: whole.acts.filter(({ at }) => at < half.to) });
  expect(found).toEqual([expect.objectContaining({ entityId: "switch.heater" })]);
  expect(found[0]?.when).toMatchObject({ tentative: true, days: "short" });
});
