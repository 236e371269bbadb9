import { expect, test } from "vitest";
import { createLocalDays } from "#src/analysis/local-days/local-days.ts";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { createRandom } from "#src/analysis/patterns/chance/chance.ts";
import { createHouseDays } from "#src/analysis/patterns/house-days/house-days.ts";
import { findTimesOfDay } from "#src/analysis/patterns/time-of-day/time-of-day.ts";
import { DAY_MS, MINUTE_MS } from "#src/foundation/time.ts";

const ZONE = "Europe/Berlin";
const local = createLocalDays(ZONE);
const days = createHouseDays({ timeZone: ZONE });
const FIRST = Date.UTC(2026, 2, 2) / DAY_MS; // a Monday; the clocks are changed on the 29th
const LIGHT = { entityId: "light.kitchen", to: "on" };

interface Habit {
  readonly minuteOf: (day: number, random: () => number) => number | undefined;
  readonly lasts?: number;
  readonly what?: Omit<Act, "at">;
}

/** Acts at minutes since midnight on each day, and now and then at any waking hour. */
function home(habits: readonly Habit[], { seed = 1, stray = 0.3 } = {}) {
  const random = createRandom(seed);
  const acts: Act[] = [];
  const lasts = habits[0]?.lasts ?? 42;
  const add = (day: number, minute: number, what: Omit<Act, "at">) => {
    const [at] = local.momentsOf(day + Math.floor(minute / 1440), (minute % 1440) * MINUTE_MS);
    if (at !== undefined) acts.push({ at, ...what });
  };
  for (let day = FIRST; day < FIRST + lasts; day += 1) {
    for (const { minuteOf, what = LIGHT } of habits) {
      const minute = minuteOf(day, random);
      if (minute !== undefined) add(day, Math.round(minute), what);
      if (random() < stray) add(day, Math.round(420 + random() * 960), what);
    }
    add(day, Math.round(420 + random() * 960), { entityId: "switch.any", to: "on" });
  }
  acts.sort((one, other) => one.at - other.at);
  const [from] = local.momentsOf(FIRST, 4 * 60 * MINUTE_MS);
  const [to] = local.momentsOf(FIRST + lasts, 4 * 60 * MINUTE_MS);
  return { acts, from: from as number, to: (to as number) + MINUTE_MS, timeZone: ZONE };
}

const near = (minute: number, spread: number, random: () => number) =>
  minute + (random() + random() - 1) * spread;

test("an evening habit is found at its hour by the wall's clock, over the change of the clocks", () => {
  const found = findTimesOfDay(home([{ minuteOf: (_day, random) => near(1140, 20, random) }]));
  expect(found).toHaveLength(1);
  const [habit] = found;
  expect(habit).toMatchObject({ ...LIGHT, on: "all", first: false });
  expect(days.clockOf(habit?.minute ?? 0)).toMatch(/^(18:5|19:0)/);
  expect(habit?.scatter).toBeLessThan(15);
  expect(habit?.seen.length).toBe(42);
  expect(habit?.confidence).toBeGreaterThan(0.9);
});

test("around midnight it is one habit and not two", () => {
  const found = findTimesOfDay(home([{ minuteOf: (_day, random) => near(1440, 25, random) }]));
  expect(found).toHaveLength(1);
  expect(days.clockOf(found[0]?.minute ?? 0)).toMatch(/^(23:5|00:0)/);
});

test("a morning and an evening habit of one light are two", () => {
  const what = { minuteOf: (_day: number, random: () => number) => near(400, 15, random) };
  const evening = { minuteOf: (_day: number, random: () => number) => near(1260, 15, random) };
  const found = findTimesOfDay(home([what, evening]));
  expect(found.map(({ minute }) => days.clockOf(minute).slice(0, 2)).sort()).toEqual(
    expect.arrayContaining([expect.stringMatching(/06/), expect.stringMatching(/20|21/)]),
  );
  expect(found).toHaveLength(2);
});

test("what is done on workdays only is said of workdays, and what is missed names the day", () => {
  const skipped = FIRST + 9;
  const minuteOf = (day: number, random: () => number) =>
    days.dayOf(day).free || day === skipped ? undefined : near(390, 10, random);
  const [habit] = findTimesOfDay(home([{ minuteOf }], { stray: 0 }));
  expect(habit).toMatchObject({ on: "workdays", missed: [skipped] });
});

test("one weekday's habit is found, and a week away does not count against it", () => {
  const minuteOf = (day: number, random: () => number) =>
    days.dayOf(day).weekday === 5 ? near(600, 15, random) : undefined;
  const world = home([{ minuteOf, lasts: 63 }], { stray: 0 });
  const away = (at: number) => at >= world.from + 20 * DAY_MS && at < world.from + 27 * DAY_MS;
  const [habit] = findTimesOfDay({ ...world, acts: world.acts.filter(({ at }) => !away(at)) });
  expect(habit).toMatchObject({ on: 5, missed: [] });
  expect(habit?.seen.length).toBe(8);
});

test("a habit that moved is told as it is now", () => {
  const minuteOf = (day: number, random: () => number) =>
    near(day < FIRST + 21 ? 1080 : 1140, 12, random);
  const [habit] = findTimesOfDay(home([{ minuteOf }]));
  expect(days.clockOf(habit?.minute ?? 0)).toMatch(/^(18:5|19:0)/);
  expect(habit?.seen.length).toBeLessThan(25);
});

test("what has ended is not told", () => {
  const minuteOf = (day: number, random: () => number) =>
    day < FIRST + 40 ? near(1140, 12, random) : undefined;
  const found = findTimesOfDay(home([{ minuteOf, lasts: 60 }], { stray: 0 }));
  expect(found.filter(({ entityId }) => entityId === LIGHT.entityId)).toEqual([]);
});

test("at any waking hour is no habit, however often", () => {
  const found = Array.from({ length: 20 }, (_, seed) =>
    findTimesOfDay(
      home([{ minuteOf: (_day, random) => 420 + random() * 960 }], { seed, stray: 2 }),
    ),
  ).flat();
  expect(found.length).toBeLessThanOrEqual(1);
});

test("the same history has the same habits", () => {
  const world = home([{ minuteOf: (_day, random) => near(1140, 20, random) }]);
  expect(findTimesOfDay(world)).toEqual(findTimesOfDay(world));
});
