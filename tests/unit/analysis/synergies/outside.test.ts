import { expect, test } from "vitest";
import type { Cycle, ValueSlot } from "#src/analysis/load-shifting/load-shifting.ts";
import {
  DAY,
  DAYS,
  days,
  FROM,
  find,
  HOUR,
  homeOf,
  known,
  MINUTE,
  ofType,
  steps,
  weekly,
} from "./made-home.ts";

const WASHER = {
  "sensor.washer_power": {
    attributes: { device_class: "power", unit_of_measurement: "W", friendly_name: "Washer power" },
  },
};

/** One kWh within an hour, at this hour of these days. */
const runs = (on: readonly number[], hour: number): Cycle[] =>
  on.map((day) => {
    const start = FROM + day * DAY + hour * HOUR;
    return { start, end: start + HOUR, kwh: 1.2, profileKwh: new Array(12).fill(0.1) };
  });

/** One value for each hour of the span, by the hour of the day. */
const byHour = (valueAt: (hour: number) => number): ValueSlot[] =>
  Array.from({ length: DAYS * 24 }, (_, n) => {
    const start = FROM + n * HOUR;
    return { start, end: start + HOUR, value: valueAt(n % 24) };
  });

const CHEAP_AT_NIGHT = byHour((hour) => (hour >= 1 && hour < 4 ? 0.1 : 0.3));
const EVENINGS = { cycles: new Map([["sensor.washer_power", runs(days(0, 13), 19)]]) };

test("an appliance that ran at dear hours is told with what cheaper ones within reach would have cost", () => {
  const asked = { home: homeOf(WASHER), past: { ...EVENINGS, prices: CHEAP_AT_NIGHT } };
  const [shift] = ofType(asked, "energy");
  expect(shift).toMatchObject({
    facts: {
      ...{ by: "price", powerId: "sensor.washer_power", runs: 14, kwhPerRun: 1.2 },
      ...{ usualStart: 19 * HOUR, bestStart: 1 * HOUR },
    },
    measured: { n: 14, of: 14 },
    edges: [{ from: "price", to: "sensor.washer_power", joins: "when" }],
  });
  expect(shift?.facts.spent).toBeCloseTo(14 * 0.36);
  expect(shift?.facts.possible).toBeCloseTo(14 * 0.12);
  expect(shift && weekly(shift)).toEqual({ cost: 0.84 });
});

test("with grams instead of money the saving is one of CO2", () => {
  const carbon = byHour((hour) => (hour >= 1 && hour < 4 ? 100 : 400));
  const [shift] = ofType({ home: homeOf(WASHER), past: { ...EVENINGS, carbon } }, "energy");
  expect(shift?.facts.by).toBe("carbon");
  expect(shift && weekly(shift)).toEqual({ co2_grams: 1260 });
});

test("one price all day leaves nothing to save", () => {
  const asked = { home: homeOf(WASHER), past: { ...EVENINGS, prices: byHour(() => 0.3) } };
  expect(ofType(asked, "energy")).toEqual([]);
});

test("on days with sun of its own a run could have been on that", () => {
  // The house gives 2 kW to the grid from 11:00 to 15:00, and the washer runs at 7:00.
  const grid = Array.from({ length: DAYS * 288 }, (_, n): ValueSlot => {
    const start = FROM + n * 5 * MINUTE;
    const hour = (n % 288) / 12;
    const isSunny = hour >= 11 && hour < 15;
    return { start, end: start + 5 * MINUTE, value: isSunny ? -2_000 : 1_500 };
  });
  const past = { cycles: new Map([["sensor.washer_power", runs(days(0, 13), 7)]]), grid };
  const [shift] = ofType({ home: homeOf(WASHER), past }, "energy");
  expect(shift?.facts).toMatchObject({ by: "solar", bestStart: 11 * HOUR });
  expect(shift && weekly(shift)).toEqual({ kwh: 4.2 }); // 14 runs of 1.2 kWh in four weeks
});

test("a home is told what it lacks for better hours", () => {
  const { missing } = find({ home: homeOf({ "light.hall": {} }) });
  for (const needs of ["power_sensor", "price", "carbon", "solar"] as const) {
    expect(missing).toContainEqual({ type: "energy", needs });
  }
});

const BOILER = {
  "sensor.boiler_power": {
    device: "boiler",
    attributes: { device_class: "power", unit_of_measurement: "W", friendly_name: "Boiler power" },
  },
  "switch.boiler": { device: "boiler", attributes: { friendly_name: "Boiler" } },
};

test("what runs as soon as it has power can be switched on by itself, unless an automation does", () => {
  const past = {
    cycles: new Map([["sensor.boiler_power", runs(days(0, 13), 19)]]),
    prices: CHEAP_AT_NIGHT,
  };
  const [shift] = ofType({ home: homeOf(BOILER), past }, "energy");
  expect(shift?.facts.action).toEqual({ entityId: "switch.boiler", to: "on" });
  const automation = {
    triggers: [{ trigger: "time", at: "02:00:00" }],
    actions: [{ action: "switch.turn_on", target: { entity_id: "switch.boiler" } }],
  };
  expect(ofType({ home: homeOf(BOILER), past, automations: [automation] }, "energy")).toEqual([]);
});

const TEAM = {
  "sensor.team": { state: "PRE", attributes: { team_abbr: "SEA", team_name: "Seahawks" } },
};
const TV = { "media_player.tv": { attributes: { device_class: "tv", supported_features: 384 } } };
const GAME_DAYS = [6, 11, 16, 21, 25];
const GAMES = steps(
  "PRE",
  ...GAME_DAYS.flatMap(
    (day) =>
      [
        [day, 19, "IN"],
        [day, 22, "POST"],
      ] as const,
  ),
);
/** On from 18:30 to 22:00. */
const watched = (on: readonly number[]) =>
  steps(
    "off",
    ...on.flatMap(
      (day) =>
        [
          [day, 18.5, "on"],
          [day, 22, "off"],
        ] as const,
    ),
  );

test("a TV that is turned on for the games of a team, and not at that hour else, is told", () => {
  const past = {
    steps: new Map([
      ["sensor.team", GAMES],
      ["media_player.tv", watched(GAME_DAYS)],
    ]),
  };
  const [game] = ofType({ home: homeOf({ ...TEAM, ...TV }), past }, "event");
  expect(game).toMatchObject({
    facts: { what: "game_habit", team: "Seahawks", games: 5, action: { to: "on" } },
    measured: { n: 5, of: 5 },
  });
  expect(game?.facts.chance).toBeLessThan(0.001);
  expect(game && weekly(game)).toEqual({ acts: 1.25 });
});

test("a TV that is on every evening is not on for the games", () => {
  const past = {
    steps: new Map([
      ["sensor.team", GAMES],
      ["media_player.tv", watched(days(0, DAYS - 1))],
    ]),
  };
  expect(ofType({ home: homeOf({ ...TEAM, ...TV }), past }, "event")).toEqual([]);
});

test("a TV that an automation turns on for the games is left out, and a home without a team is told", () => {
  const past = {
    steps: new Map([
      ["sensor.team", GAMES],
      ["media_player.tv", watched(GAME_DAYS)],
    ]),
  };
  const automation = {
    triggers: [{ trigger: "state", entity_id: "sensor.team", to: "IN" }],
    actions: [{ action: "media_player.turn_on", target: { entity_id: "media_player.tv" } }],
  };
  const home = homeOf({ ...TEAM, ...TV });
  expect(ofType({ home, past, automations: [automation] }, "event")).toEqual([]);
  const alone = find({ home: homeOf(TV), past });
  expect(alone.missing).toContainEqual({ type: "event", needs: "team" });
});

const HABIT = (seenDays: readonly number[], missedDays: readonly number[]) =>
  known(
    {
      kind: "time_of_day",
      ...{ entityId: "light.hall", to: "on", on: "all" as const, first: true },
      ...{ minute: 180, scatter: 5, within: 20, entityIds: ["light.hall"] },
    },
    { seenDays, missedDays, hour: 7 },
  );
const CALENDAR = { "calendar.vacation": {}, "light.hall": {} };
const VACATION = {
  steps: new Map([["calendar.vacation", steps("off", [10, 0, "on"], [17, 0, "off"])]]),
};

test("a habit that pauses on the days of a calendar is told with both counts", () => {
  const patterns = [HABIT([...days(1, 9), ...days(17, 27)], days(10, 16))];
  const [pause] = ofType({ home: homeOf(CALENDAR), past: VACATION, patterns }, "calendar");
  expect(pause).toMatchObject({
    facts: {
      ...{ calendarId: "calendar.vacation", holds: "off", minute: 180 },
      ...{ onDays: { n: 0, of: 7 }, otherDays: { n: 20, of: 20 } },
    },
    measured: { n: 20, of: 20 },
  });
  expect(pause?.facts.chance).toBeLessThan(1e-4);
});

test("a habit that goes on through the vacation has nothing to do with the calendar", () => {
  const patterns = [HABIT(days(1, 27), [])];
  expect(ofType({ home: homeOf(CALENDAR), past: VACATION, patterns }, "calendar")).toEqual([]);
});

test("a home without a calendar is told so, and what an automation does by it is left out", () => {
  const patterns = [HABIT([...days(1, 9), ...days(17, 27)], days(10, 16))];
  const { missing } = find({ home: homeOf({ "light.hall": {} }), patterns });
  expect(missing).toContainEqual({ type: "calendar", needs: "calendar" });
  const automation = {
    triggers: [{ trigger: "time", at: "07:00:00" }],
    conditions: [{ condition: "state", entity_id: "calendar.vacation", state: "off" }],
    actions: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
  };
  const asked = { home: homeOf(CALENDAR), past: VACATION, patterns, automations: [automation] };
  expect(ofType(asked, "calendar")).toEqual([]);
});
