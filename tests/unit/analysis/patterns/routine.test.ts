import { expect, test } from "vitest";
import { findRoutines, type Routine } from "#src/analysis/patterns/routine/routine.ts";
import { makeHome } from "../../../eval/patterns/homes.ts";
import { type PlantedRoutine, plantRoutines } from "../../../eval/patterns/plant-routine.ts";
import { FIRST_DAY, type LivedDay, livedAs } from "./lived-days.ts";

const TWENTY_HOMES_MS = 60_000; // on a busy machine
const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const FOUR = 240; // minutes: the day begins at 04:00

/** On the right days, within three quarters of an hour, and mostly of what belongs to it. */
function isOf(found: Routine, { on, minute, members }: PlantedRoutine): boolean {
  const own = found.members.filter((one) =>
    members.some(({ entityId, to }) => entityId === one.entityId && to === one.to),
  );
  const isNear = Math.abs(found.minute + FOUR - minute) < 45;
  return found.on === on && isNear && own.length >= 0.6 * found.members.length;
}

const MORNING = ["light.bath", "switch.coffee", "media_player.radio", "cover.kitchen"];
function morning({ random, does }: LivedDay, minute: number, things = MORNING): void {
  const start = minute + (random() - 0.5) * 30;
  for (const [n, thing] of things.entries()) does(start + n * 6 + random() * 3, thing);
}

/** What is done at any waking hour, so that there is a day around the routine. */
function livesOn({ random, does }: LivedDay): void {
  for (let n = 0; n < 15; n += 1) does(430 + random() * 930, `light.room_${n % 5}`);
}

test("mornings and evenings that were planted are found on their days, and little else is told", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  let [planted, recalled, told, right] = [0, 0, 0, 0];
  for (const seed of SEEDS) {
    const { household } = makeHome(seed, { days: 60, onlyNoise: true });
    const { routines, ...made } = plantRoutines(household, seed);
    const found = findRoutines(made.household);
    planted += routines.length;
    recalled += routines.filter((one) => found.some((other) => isOf(other, one))).length;
    told += Math.min(10, found.length);
    right += found.slice(0, 10).filter((one) => routines.some((other) => isOf(one, other))).length;
  }
  expect(recalled / planted).toBeGreaterThanOrEqual(0.85);
  expect(right / told).toBeGreaterThanOrEqual(0.9);
});

test("a home in which everything is done at any hour has no routine", {
  timeout: TWENTY_HOMES_MS,
}, () => {
  const found = SEEDS.flatMap((seed) => {
    const { household } = makeHome(seed + 100, { days: 60, onlyNoise: true });
    return findRoutines(plantRoutines(household, seed, { onlyNoise: true }).household);
  });
  expect(found.length).toBeLessThanOrEqual(1);
});

test("a morning is told with its start, its length, and what belongs to it in its order", () => {
  const household = livedAs(60, (day) => {
    livesOn(day);
    morning(day, 400, day.random() < 0.5 ? MORNING : MORNING.slice(0, 3));
  });
  const [routine, ...others] = findRoutines(household);
  expect(others).toEqual([]);
  expect(routine).toMatchObject({ kind: "routine", on: "all", part: "morning" });
  expect(routine?.members.map(({ entityId }) => entityId)).toEqual(MORNING);
  expect(routine?.members[0]?.share).toBeGreaterThan(0.9);
  expect(routine?.members[3]?.share).toBeCloseTo(0.5, 0);
  expect(Math.abs((routine?.minute ?? 0) + FOUR - 400)).toBeLessThan(10);
  expect(routine?.lengthMinutes).toBeGreaterThan(10);
  expect(routine?.lengthMinutes).toBeLessThan(22);
});

test("a routine of workdays alone is told of workdays", () => {
  const household = livedAs(63, (day) => {
    livesOn(day);
    const weekday = (day.day + 6) % 7; // the first day is a Sunday
    if (weekday < 5) morning(day, 390);
  });
  expect(findRoutines(household).map(({ on }) => on)).toEqual(["workdays"]);
});

test("an evening that reaches past midnight is one, also while the clocks are changed", () => {
  const household = livedAs(60, (day) => {
    livesOn(day);
    morning(day, 1430, ["media_player.tv", "light.hall", "light.bed"]);
  });
  const [routine] = findRoutines(household);
  expect(routine?.part).toBe("evening");
  expect(routine?.seen.length).toBeGreaterThanOrEqual(58);
});

test("days on which it was left out speak against it, a vacation does not", () => {
  const household = livedAs(60, (day) => {
    if (day.day >= 20 && day.day < 30) return;
    livesOn(day);
    if (day.day % 10 !== 5) morning(day, 400);
  });
  const [routine] = findRoutines(household);
  expect(routine?.missed.map((day) => day - FIRST_DAY)).toEqual([5, 15, 35, 45, 55]);
  expect(routine?.confidence).toBeCloseTo(46 / 52);
});

test("two persons with mornings at other hours have two routines", () => {
  const household = livedAs(60, (day) => {
    livesOn(day);
    morning(day, 380, ["light.anna_a", "switch.anna_b", "switch.anna_c"]);
    morning(day, 560, ["light.ben_a", "switch.ben_b", "switch.ben_c"]);
  });
  const found = findRoutines(household);
  expect(found.map(({ members: [first] }) => first?.entityId).sort()).toEqual([
    "light.anna_a",
    "light.ben_a",
  ]);
});
