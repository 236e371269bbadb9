import { expect, test } from "vitest";
import { findDurations } from "#src/analysis/patterns/duration/duration.ts";
import type { Change, Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { isDuration, plantDuration } from "../../../eval/patterns/plant-duration.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 60_000 };
const IRON = "switch.iron";
const FROM = Date.UTC(2026, 2, 8) - HOUR_MS;
const DAYS = 60;

interface Use {
  readonly atMinute: number;
  readonly minutes: number;
}

const used = (useOn: (day: number) => Use, off: Partial<Change> = {}): Change[] =>
  Array.from({ length: DAYS }, (_, day) => {
    const { atMinute, minutes } = useOn(day);
    const at = FROM + day * DAY_MS + atMinute * MINUTE_MS;
    return [
      { at, entityId: IRON, to: "on", byPeople: true },
      { at: at + minutes * MINUTE_MS, entityId: IRON, to: "off", byPeople: true, ...off },
    ];
  }).flat();

const household = (changes: readonly Change[], signals: readonly Signal[] = []): Household => ({
  acts: changes.filter(({ byPeople }) => byPeople),
  ...{ changes, signals, from: FROM, to: FROM + DAYS * DAY_MS, timeZone: "Europe/Berlin" },
});

const about40 = (day: number) => ({ atMinute: 1000 + ((day * 53) % 300), minutes: 36 + (day % 9) });

test(
  "nearly all usual durations and what is forgotten are found, and hardly anything else",
  SLOW,
  () => {
    let [planted, right, found, told] = [0, 0, 0, 0];
    for (const seed of SEEDS) {
      const home = plantDuration(seed, 90);
      const durations = findDurations(home.household);
      planted += home.planted.length;
      right += home.planted.filter((one) => durations.some((own) => isDuration(own, one))).length;
      found += durations.filter((own) => home.planted.some((one) => isDuration(own, one))).length;
      told += durations.length;
    }
    expect(right / planted).toBeGreaterThan(0.85);
    expect(found / told).toBeGreaterThan(0.9);
  },
);

test("where things go on and off at any time, nothing is usual", SLOW, () => {
  const found = SEEDS.flatMap((seed) => findDurations(plantDuration(seed, 90, true).household));
  expect(found.length).toBeLessThanOrEqual(1);
});

test("an iron of about 40 minutes is told with its scatter, also over midnight", () => {
  const late = (day: number) => ({ ...about40(day), atMinute: 1420 });
  for (const useOn of [about40, late]) {
    const [found, ...more] = findDurations(household(used(useOn)));
    expect(found).toMatchObject({ kind: "duration", entityId: IRON, to: "on", minutes: 40 });
    expect(found).toHaveProperty("scatter", 2);
    expect(more).toEqual([]);
  }
});

test("what an automation turns off is nobody's habit", () => {
  expect(findDurations(household(used(about40, { byPeople: false })))).toEqual([]);
});

test("when something was unavailable in between, how long it was on is not known", () => {
  const lost = used(about40).flatMap((change): Change[] =>
    change.to === "off"
      ? [{ ...change, at: change.at - MINUTE_MS, to: "unavailable", byPeople: false }, change]
      : [change],
  );
  expect(findDurations(household(lost))).toEqual([]);
});

test("an iron that is at times still on when all have left is told as left on, with for how long", () => {
  const forgets = (day: number) =>
    day % 6 === 0 ? { ...about40(day), minutes: 600 } : about40(day);
  const leaves = Array.from({ length: DAYS }, (_, day) => FROM + day * DAY_MS + 1400 * MINUTE_MS);
  const steps = leaves.flatMap((at) => [
    { at, value: "not_home" },
    { at: at + 8 * HOUR_MS, value: "home" },
  ]);
  const anna: Signal = {
    ...{ id: "person.anna", of: "presence" },
    steps: [{ at: FROM - DAY_MS, value: "home" }, ...steps],
  };
  const left = findDurations(household(used(forgets), [anna])).find(
    ({ kind }) => kind === "left_on",
  );
  expect(left).toMatchObject({ entityId: IRON, while: "away", otherwise: "shorter" });
  expect(left?.seen).toHaveLength(10);
  expect(left?.minutes).toBeGreaterThan(100);
  // A light that is on whenever nobody is there is meant to be.
  const always = used((day) => ({ ...about40(day), minutes: 600 }));
  const kinds = findDurations(household(always, [anna])).map(({ kind }) => kind);
  expect(kinds).not.toContain("left_on");
});
