import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { findFrequencies } from "#src/analysis/patterns/frequency/frequency.ts";
import type { Household } from "#src/analysis/patterns/pattern.ts";
import { HOUR_MS } from "#src/foundation/time.ts";
import { isFrequency, plantFrequency } from "../../../eval/patterns/plant-frequency.ts";
import { datesOf, momentOf } from "../../../eval/patterns/surroundings.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 60_000 };
/** Ten weeks from Monday, 2 March 2026; the clocks are changed on 29 March. */
const EMPTY: Household = {
  ...{ acts: [], timeZone: "Europe/Berlin" },
  from: Date.UTC(2026, 2, 2) - HOUR_MS,
  to: Date.UTC(2026, 4, 11) - 2 * HOUR_MS,
};
const DATES = datesOf(EMPTY);
const weekdayOf = (date: number) => (date + 3) % 7;

const done = (
  entityId: string,
  isDone: (date: number, n: number) => boolean,
  minute = 700,
): Act[] =>
  DATES.filter(isDone).map((date) => ({
    ...{ entityId, to: "on" },
    at: momentOf(EMPTY, date, minute) as number,
  }));

const door = done("cover.door", () => true, 420);
const inHome = (...acts: readonly Act[]): Household => ({
  ...EMPTY,
  acts: [...door, ...acts].sort((one, other) => one.at - other.at),
});

test("most of what changed or goes by the week is found, and hardly anything else", SLOW, () => {
  let [planted, right, found, told] = [0, 0, 0, 0];
  for (const seed of SEEDS) {
    const home = plantFrequency(seed, 90);
    const habits = findFrequencies(home.household);
    planted += home.planted.length;
    right += home.planted.filter((one) => habits.some((own) => isFrequency(own, one))).length;
    found += habits.filter((own) => home.planted.some((one) => isFrequency(own, one))).length;
    told += habits.length;
  }
  expect(right / planted).toBeGreaterThan(0.7); // some have changed by three acts or so
  expect(found / told).toBeGreaterThan(0.9);
});

test("where nothing changes, no change and no week is told", SLOW, () => {
  const found = SEEDS.flatMap((seed) => findFrequencies(plantFrequency(seed, 90, true).household));
  expect(found.length).toBeLessThanOrEqual(1);
});

test("what came every fifth day and now comes daily is more, against the time before alone", () => {
  const change = DATES.length - 15;
  const [found] = findFrequencies(
    inHome(...done("switch.dryer", (_, n) => n >= change || n % 5 === 0)),
  );
  expect(found).toMatchObject({ entityId: "switch.dryer", perDay: 1, perWeek: 7 });
  expect(found?.what).toEqual({ is: "more", days: 14, perDayBefore: expect.closeTo(0.22, 1) });
  expect(found?.missed).toEqual([]);
});

test("laundry on Mondays and Thursdays is told as the week's, also after midnight", () => {
  for (const minute of [700, 1470]) {
    const days = (date: number) => [0, 3].includes(weekdayOf(date));
    const found = findFrequencies(inHome(...done("switch.washer", days, minute)));
    expect(found).toEqual([
      expect.objectContaining({
        entityId: "switch.washer",
        what: { is: "weekly", weekdays: [0, 3] },
      }),
    ]);
  }
});

test("a week needs 28 days, and a week away is no change", () => {
  const short = { ...inHome(...done("switch.washer", (date) => weekdayOf(date) === 0)) };
  const month = { ...short, to: momentOf(EMPTY, (DATES[0] as number) + 27, 720) as number };
  expect(findFrequencies({ ...month, acts: short.acts.filter(({ at }) => at < month.to) })).toEqual(
    [],
  );
  const away = inHome(...done("light.bed", () => true)).acts.filter(
    ({ at }) =>
      at < (momentOf(EMPTY, DATES[55] as number, 0) as number) ||
      at > (momentOf(EMPTY, DATES[62] as number, 0) as number),
  );
  expect(findFrequencies({ ...EMPTY, acts: away })).toEqual([]);
});
