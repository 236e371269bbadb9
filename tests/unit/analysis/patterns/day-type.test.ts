import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { type DayType, findDayTypes } from "#src/analysis/patterns/day-type/day-type.ts";
import { exchangeTails } from "#src/analysis/patterns/exchange/exchange.ts";
import type { Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS } from "#src/foundation/time.ts";
import { isDayType, plantDayType } from "../../../eval/patterns/plant-day-type.ts";
import { datesOf, momentOf } from "../../../eval/patterns/surroundings.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 60_000 };
/** Ten weeks from Monday, 2 March 2026; the clocks are changed on 29 March. */
const EMPTY: Household = {
  ...{ acts: [], timeZone: "Europe/Berlin" },
  from: Date.UTC(2026, 2, 2) - HOUR_MS,
  to: Date.UTC(2026, 4, 11) - 2 * HOUR_MS,
};
const isFree = (date: number) => (date + 3) % 7 >= 5;
const wobble = (n: number) => ((n * 7) % 11) - 5;

function done(entityId: string, minuteOn: (date: number) => number | undefined): Act[] {
  return datesOf(EMPTY).flatMap((date, n): Act[] => {
    const minute = minuteOn(date);
    if (minute === undefined) return [];
    return [{ entityId, to: "on", at: momentOf(EMPTY, date, minute + wobble(n)) as number }];
  });
}

const inOrder = (acts: readonly Act[]) => [...acts].sort((one, other) => one.at - other.at);

test(
  "nearly all that differs between workdays and the weekend is found, and hardly anything else",
  SLOW,
  () => {
    let [planted, right, found, told] = [0, 0, 0, 0];
    for (const seed of SEEDS) {
      const home = plantDayType(seed, 90);
      const habits = findDayTypes(home.household);
      planted += home.planted.length;
      right += home.planted.filter((one) => habits.some((own) => isDayType(own, one))).length;
      found += habits.filter((own) => home.planted.some((one) => isDayType(own, one))).length;
      told += habits.length;
    }
    expect(right / planted).toBeGreaterThan(0.85);
    expect(found / told).toBeGreaterThan(0.9);
  },
);

test("where all days are alike, none is told to differ", SLOW, () => {
  const found = SEEDS.flatMap((seed) => findDayTypes(plantDayType(seed, 90, true).household));
  expect(found.length).toBeLessThanOrEqual(1);
});

test("coffee that is later at the weekend, and a saw only then, are told; what is done after midnight counts to its evening", () => {
  const coffee = done("switch.coffee", (date) => (isFree(date) ? 560 : 400));
  const saw = done("switch.saw", (date) => (isFree(date) ? 900 : undefined));
  // Half past midnight: on the date of a Saturday it still is Friday's.
  const lamp = done("light.lamp", (date) => (isFree(date) ? 1470 : 1330));
  const found = findDayTypes({ ...EMPTY, acts: inOrder([...coffee, ...saw, ...lamp]) });
  const of = (entityId: string) => found.filter((one) => one.entityId === entityId);
  expect(of("switch.coffee")).toEqual([
    expect.objectContaining({
      on: "weekend",
      than: "workday",
      missed: [],
      seen: expect.any(Array),
    }),
  ]);
  expect(of("switch.coffee")[0]?.value).toBeCloseTo(320, -1); // 09:20
  expect(of("switch.coffee")[0]?.otherValue).toBeCloseTo(160, -1); // 06:40
  expect(of("switch.saw")).toEqual([
    expect.objectContaining({ differs: "count", on: "weekend", value: 1, otherValue: 0 }),
  ]);
  expect(of("light.lamp").map(({ on }: DayType) => on)).toEqual(["weekend"]);
});

test("a holiday in the week is held against workdays only, and is no weekend", () => {
  const holidays = new Set(datesOf(EMPTY).filter((date) => (date + 3) % 7 === 2));
  const grill = done("switch.grill", (date) => (holidays.has(date) ? 1100 : undefined));
  const door = done("cover.door", () => 600);
  const acts = inOrder([...door, ...grill]);
  const found = findDayTypes({ ...EMPTY, acts, isHoliday: (day) => holidays.has(day) });
  expect(found).toEqual([
    expect.objectContaining({ entityId: "switch.grill", on: "holiday", than: "workday" }),
  ]);
});

test("a week away is no week on which things are not done", () => {
  const start = Math.floor(EMPTY.from / DAY_MS) + 20;
  const coffee = done("switch.coffee", (date) =>
    date >= start && date < start + 7 ? undefined : 400,
  );
  expect(findDayTypes({ ...EMPTY, acts: coffee })).toEqual([]);
});

test("the exchange of days counts every choice", () => {
  // Of six days four have one; two chosen days have both one in 6 of 15 ways.
  const both = exchangeTails([1, 1, 1, 1, 0, 0], [true, true, false, false, false, false]);
  expect(both.atLeast).toBeCloseTo(6 / 15);
  expect(both.atMost).toBeCloseTo(1);
  const many = exchangeTails([1, 1, 1, 1, 0, 0], [false, false, true, true, true, true]);
  expect(many.atMost).toBeCloseTo(6 / 15);
});

test("what comes more often at weekends only because its people are home longer then is not told", () => {
  const workdays = datesOf(EMPTY).filter((date) => !isFree(date));
  const comings = workdays.flatMap((date) => [
    { at: momentOf(EMPTY, date, 480) as number, value: "not_home" },
    { at: momentOf(EMPTY, date, 1080) as number, value: "home" },
  ]);
  const anna: Signal = {
    ...{ id: "person.anna", of: "presence" },
    steps: [{ at: EMPTY.from, value: "home" }, ...comings],
  };
  const radio = [600, 840, 1140, 1260].flatMap((minute) =>
    done("media_player.radio", (date) => (minute > 1080 || isFree(date) ? minute : undefined)),
  );
  // Somebody of whom nothing is recorded is there all day, and does as much on each.
  const others = Array.from({ length: 20 }, (_, n) => done(`light.of_${n}`, () => 430 + 46 * n));
  const household = { ...EMPTY, acts: inOrder([...radio, ...others.flat()]) };
  const counted = (house: Household) =>
    findDayTypes(house).filter(({ differs }) => differs === "count");
  expect(counted(household).map(({ entityId }) => entityId)).toEqual(["media_player.radio"]);
  expect(counted({ ...household, signals: [anna] })).toEqual([]);
});
