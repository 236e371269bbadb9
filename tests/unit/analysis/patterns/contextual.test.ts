import { expect, test } from "vitest";
import type { Act } from "#src/analysis/patterns/acts/acts.ts";
import { findContextual } from "#src/analysis/patterns/contextual/contextual.ts";
import type { Household, Signal } from "#src/analysis/patterns/pattern.ts";
import { readSun } from "#src/enrichment/astronomy/astronomy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { isContext, plantContextual } from "../../../eval/patterns/plant-contextual.ts";
import { BERLIN, datesOf, momentOf } from "../../../eval/patterns/surroundings.ts";

const SEEDS = Array.from({ length: 20 }, (_, n) => n + 1);
const SLOW = { timeout: 60_000 };
const LIGHT = { entityId: "light.hall", to: "on" };
const timeZone = "Europe/Berlin";

/** 8 March to 6 May 2026; the clocks are changed on 29 March. */
const EMPTY: Household = {
  ...{ acts: [], timeZone, ...BERLIN },
  from: Date.UTC(2026, 2, 8) - HOUR_MS,
  to: Date.UTC(2026, 4, 7) - 2 * HOUR_MS,
};

/** Somebody opens the door each morning, so that each day is lived. */
const withDoor = (acts: readonly Act[]): Act[] => {
  const door = datesOf(EMPTY).map(
    (date): Act => ({
      entityId: "cover.door",
      to: "open",
      at: momentOf(EMPTY, date, 420) as number,
    }),
  );
  return [...door, ...acts].sort((one, other) => one.at - other.at);
};

const wobble = (n: number) => ((n * 7) % 11) - 5;

test(
  "of what is bound to the sun, the weather and coming and going nearly all is found, and nothing else",
  SLOW,
  () => {
    let [planted, right, found] = [0, 0, 0];
    for (const seed of SEEDS) {
      const home = plantContextual(seed, 90);
      const habits = findContextual(home.household);
      planted += home.planted.length;
      right += home.planted.filter((one) => habits.some((habit) => isContext(habit, one))).length;
      found += habits.filter((habit) => home.planted.some((one) => isContext(habit, one))).length;
      found -= habits.length;
    }
    expect(right / planted).toBeGreaterThan(0.85);
    expect(-found / right).toBeLessThan(0.1);
  },
);

test("where acts follow nothing, no context is told", SLOW, () => {
  const found = SEEDS.flatMap((seed) => findContextual(plantContextual(seed, 90, true).household));
  expect(found.length).toBeLessThanOrEqual(1);
});

test("a light half an hour after sunset is the sun's, over the day on which the clocks are changed", () => {
  const acts = datesOf(EMPTY).map((date, n): Act => {
    const { sunset = 0 } = readSun({ ...BERLIN, timeZone }, momentOf(EMPTY, date, 720) ?? 0).today;
    return { ...LIGHT, at: sunset + (30 + wobble(n)) * MINUTE_MS };
  });
  const [habit] = findContextual({ ...EMPTY, acts: withDoor(acts) });
  expect(habit).toMatchObject({ ...LIGHT, context: { of: "sun", event: "dusk" } });
  expect(habit?.context).toHaveProperty("offsetMinutes", expect.closeTo(-3, -1));
  expect(habit?.missed).toEqual([]);
  // On the other half of the globe the sun does not move like that.
  const southern = { ...EMPTY, latitude: -33.9, longitude: 18.4, acts: withDoor(acts) };
  expect(findContextual(southern)).toEqual([]);
});

test("a light at eight by the clock is not the sun's, though the sun sets at about that time", () => {
  const acts = datesOf(EMPTY).map(
    (date, n): Act => ({ ...LIGHT, at: momentOf(EMPTY, date, 1180 + wobble(n)) as number }),
  );
  expect(findContextual({ ...EMPTY, acts: withDoor(acts) })).toEqual([]);
});

/** Away from 8 to a time in the afternoon that differs. */
function comings(known: boolean): Signal {
  const steps = datesOf(EMPTY).flatMap((date, n) => [
    { at: momentOf(EMPTY, date, 480) as number, value: known ? "not_home" : undefined },
    { at: momentOf(EMPTY, date, 900 + ((n * 37) % 240)) as number, value: "home" },
  ]);
  return {
    ...{ id: "person.anna", of: "presence" },
    steps: [{ at: EMPTY.from - DAY_MS, value: "home" }, ...steps],
  };
}

const onReturn = (signal: Signal): Act[] =>
  signal.steps
    .filter(({ at, value }) => value === "home" && at > EMPTY.from)
    .map(({ at }) => ({ ...LIGHT, at: at + 2 * MINUTE_MS }));

test("a light soon after somebody comes home belongs to that, with how long after", () => {
  const signal = comings(true);
  const found = findContextual({ ...EMPTY, acts: withDoor(onReturn(signal)), signals: [signal] });
  expect(found).toContainEqual(
    expect.objectContaining({
      ...LIGHT,
      context: { of: "presence", event: "first_home", delayMinutes: 2 },
    }),
  );
});

test("presence that is known again after an outage is no coming home", () => {
  const signal = comings(false);
  const found = findContextual({ ...EMPTY, acts: withDoor(onReturn(signal)), signals: [signal] });
  expect(found).toEqual([]);
});
