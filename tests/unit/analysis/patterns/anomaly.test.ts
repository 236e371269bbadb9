import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { FALSE_ALARMS_PER_WEEK, findAnomalies } from "#src/analysis/patterns/anomaly/anomaly.ts";
import type { Change, Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { daysBefore, isAnomaly, plantAnomaly } from "../../../eval/patterns/plant-anomaly.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 120_000 };
const DAYS = 60;
/** Sixty days up to seven in the morning of 7 May 2026, over the change of the clocks. */
const TO = Date.UTC(2026, 4, 7) + 5 * HOUR_MS;
const DOOR = { entityId: "lock.door", to: "unlocked" };
const KETTLE = { entityId: "switch.kettle", to: "on" };

const morning = (daysAgo: number, minutes: number) =>
  TO - daysAgo * DAY_MS - DAY_MS + minutes * MINUTE_MS;
const wobble = (n: number) => ((n * 7) % 11) - 5;

/** The door some times in each day, the kettle in each morning; the last day is 0. */
function house(onLastDay: readonly Act[] = [], hasKettle = true): Household {
  const acts = Array.from({ length: DAYS }, (_, n): Act[] => {
    const doors = [120, 400, 700].map((minutes) => ({
      ...DOOR,
      at: morning(n, minutes + 3 * wobble(n)),
    }));
    const kettle = { ...KETTLE, at: morning(n, 60 + wobble(n)) };
    return n > 0 || hasKettle ? [kettle, ...doors] : doors;
  });
  const all = [...acts.flat(), ...onLastDay].sort((one, other) => one.at - other.at);
  return { acts: all, from: TO - DAYS * DAY_MS, to: TO, timeZone: "Europe/Berlin" };
}

test(
  "a door at night, an oven for five hours and a kettle that was not used are noticed",
  SLOW,
  () => {
    const [planted, right] = [0, 0].map((_, isRight) =>
      SEEDS.reduce((sum, seed) => {
        const home = plantAnomaly(seed, 90);
        const found = findAnomalies(home.household);
        const noticed = home.planted.filter((one) => found.some((own) => isAnomaly(own, one)));
        return sum + (isRight ? noticed : home.planted).length;
      }, 0),
    ) as [number, number];
    expect(right / planted).toBeGreaterThan(0.85);
  },
);

test("in houses in which nothing is unusual, alarms are no more than the stated rate", SLOW, () => {
  let [alarms, days] = [0, 0];
  for (const seed of SEEDS) {
    const { household } = plantAnomaly(seed, 90, true);
    for (let ago = 0; ago < 10; ago += 1) {
      alarms += findAnomalies(daysBefore(household, ago)).length;
      days += 1;
    }
  }
  expect((alarms / days) * 7).toBeLessThanOrEqual(FALSE_ALARMS_PER_WEEK);
});

test("the door at half past three in the night is told with its minute, and is in no baseline", () => {
  expect(findAnomalies(house())).toEqual([]);
  const at = TO - 210 * MINUTE_MS;
  const [found] = findAnomalies(house([{ ...DOOR, at }]));
  expect(found).toMatchObject({ ...DOOR, at, what: { is: "time", minute: 23.5 * 60 } });
  // As often as one likes in the same night: it does not become usual by itself.
  const again = [0, 1, 2, 3].map((n) => ({ ...DOOR, at: at + n * MINUTE_MS }));
  expect(findAnomalies(house(again))[0]).toMatchObject({ what: { is: "time" } });
});

test("a kettle that is not used for the first time is missed, unless all are away", () => {
  const quiet = house([], false);
  const lastAt = morning(1, 60 + wobble(1));
  expect(findAnomalies(quiet)).toEqual([
    expect.objectContaining({ ...KETTLE, at: TO, what: { is: "absence", lastAt }, seen: [] }),
  ]);
  const away: Signal = {
    ...{ id: "person.anna", of: "presence" },
    steps: [
      { at: quiet.from, value: "home" },
      { at: TO - 23 * HOUR_MS, value: "not_home" },
    ],
  };
  expect(findAnomalies({ ...quiet, signals: [away] })).toEqual([]);
});

test("an oven that is still on after five hours is noticed, what an automation turned on is not", () => {
  const oven = (byPeople: boolean): Change[] =>
    Array.from({ length: DAYS }, (_, n): Change[] => {
      const at = morning(n, 1200 - 15 * 60) + 13 * HOUR_MS;
      const on = { at, entityId: "switch.oven", to: "on", byPeople };
      const off = { ...on, at: at + (40 + wobble(n)) * MINUTE_MS, to: "off" };
      return n === 0 ? [on] : [on, off];
    })
      .flat()
      .sort((one, other) => one.at - other.at);
  expect(findAnomalies({ ...house(), changes: oven(true) })).toEqual([
    expect.objectContaining({
      entityId: "switch.oven",
      what: {
        is: "duration",
        minutes: expect.closeTo(360, 0),
        usualMinutes: expect.closeTo(40, 0),
      },
    }),
  ]);
  expect(findAnomalies({ ...house(), changes: oven(false) })).toEqual([]);
});

test("before six weeks are known nothing is called unusual", () => {
  const at = TO - 210 * MINUTE_MS;
  const short = house([{ ...DOOR, at }]);
  const from = TO - 40 * DAY_MS;
  expect(
    findAnomalies({ ...short, from, acts: short.acts.filter((act) => act.at >= from) }),
  ).toEqual([]);
});
