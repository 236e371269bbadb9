import { expect, test } from "vitest";
import { MONDAY } from "#support/past-world.ts";
import { firedAt, go, holds } from "#support/replayed.ts";

// What Home Assistant's own library (astral 2.2) says of the same place and day, to the second.
const DAY = { end: MONDAY + 86_400_000 };
const sky = (trigger: string, options = {}) =>
  firedAt({ trigger, options }, DAY).map((seconds) => Math.floor(seconds));

test.each([
  ["sunrise", {}, [29_456]],
  ["sunset", {}, [58_729]],
  ["sunset", { offset: "00:10:00", offset_type: "before" }, [58_129]],
  ["sunset", { offset: "-00:10:00" }, [58_129]],
  ["solar_noon", {}, [44_070]],
  ["solar_midnight", {}, [882]],
  ["dawn", {}, [27_029]],
  ["dawn", { type: "astronomical" }, [21_995]],
  ["dusk", { type: "nautical" }, [63_734]],
  ["golden_hour_started", {}, [27_921, 55_205]],
  ["golden_hour_started", { period: "evening" }, [55_205]],
  ["golden_hour_ended", {}, [32_979, 60_264]],
  ["blue_hour_started", { period: "morning" }, [27_029]],
  ["midnight_sun_started", {}, []],
])("sun.%s %o fires when the sun is there", (name, options, seconds) => {
  expect(sky(`sun.${name}`, options)).toEqual(seconds);
});

const at = (hour: number) => ({ changes: go(hour * 3600) });
const is = (name: string, hour: number, options = {}) =>
  holds({ condition: `sun.${name}`, options }, at(hour));

test("night is below the last twilight, not below the first", () => {
  expect(is("is_night", 6)).toBe(true); // -19.2 degrees
  expect(is("is_night", 7)).toBe(false); // -10.4
  expect(is("is_set", 7)).toBe(true);
  expect(is("is_up", 9)).toBe(true);
});

test("twilights have a side of the day and a kind", () => {
  expect(is("is_morning_twilight", 7)).toBe(true);
  expect(is("is_evening_twilight", 7)).toBe(false);
  expect(is("is_morning_twilight", 7, { type: "nautical" })).toBe(true);
  expect(is("is_morning_twilight", 7, { type: "civil" })).toBe(false);
  expect(is("is_evening_twilight", 18, { type: "astronomical" })).toBe(true); // -14.8
});

test("the golden hour is around sunrise and sunset, and the sun ascends until noon", () => {
  expect(is("is_golden_hour", 8)).toBe(true); // -2.2
  expect(is("is_golden_hour", 8, { period: "evening" })).toBe(false);
  expect(is("is_golden_hour", 16)).toBe(true);
  expect(is("is_blue_hour", 8)).toBe(false);
  expect(is("is_ascending", 11)).toBe(true);
  expect(is("is_descending", 13)).toBe(true);
  expect(is("is_polar_night", 12)).toBe(false);
  expect(is("is_midnight_sun", 12)).toBe(false);
});

test("the sun's height can be waited for though no recorder keeps it", () => {
  const above = {
    above: 10,
    trigger: "numeric_state",
    entity_id: "sun.sun",
    attribute: "elevation",
  };
  const [seconds] = firedAt(above, { ...DAY, initial: { "sun.sun": "below_horizon" } });
  expect(seconds).toBeGreaterThan(9.7 * 3600); // 10 degrees are passed shortly before ten
  expect(seconds).toBeLessThan(10 * 3600);
  const threshold = { type: "above", value: { active_choice: "number", number: 10 } };
  expect(
    firedAt({ trigger: "sun.elevation_crossed_threshold", options: { threshold } }, DAY),
  ).toEqual([seconds]);
  const elevation = { condition: "sun.elevation", options: { threshold } };
  expect([9, 12].map((hour) => holds(elevation, at(hour)))).toEqual([false, true]);
});

test("where the sun's height was recorded, nothing is made up beside it", () => {
  const below = {
    below: 20,
    trigger: "numeric_state",
    entity_id: "sun.sun",
    attribute: "elevation",
  };
  const changes = Array.from({ length: 24 }, (_, n) => {
    return [
      600 + n * 600,
      "sun.sun",
      "above_horizon",
      { elevation: n === 20 ? 15 : 40 + n },
    ] as const;
  });
  const script = { initial: { "sun.sun": ["above_horizon", { elevation: 40 }] as const }, changes };
  expect(firedAt(below, { ...script, end: MONDAY + 4 * 3_600_000 })).toEqual(
    [0.001, 12_600].slice(1),
  );
});

test("the moon enters a phase at midnight of the house", () => {
  const month = { end: MONDAY + 15 * 86_400_000 };
  const days = (options: object) =>
    firedAt({ trigger: "moon.phase_changed", options }, month).map((seconds) => seconds / 86_400);
  expect(days({})).toEqual([6, 7, 14]); // new on the 18th, waxing from the 19th, half on the 26th
  expect(days({ phase: "first_quarter" })).toEqual([14]);
  expect(holds({ condition: "moon.is_phase", options: { phase: "waning_crescent" } })).toBe(true);
  expect(holds({ condition: "moon.is_waxing" })).toBe(false);
});
