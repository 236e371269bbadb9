import { describe, expect, test } from "vitest";
import { courseOf, daysLeft, lastRunOf, notice } from "#src/ai/agent/noticing/noticing.ts";
import {
  AFTERNOON,
  DAY,
  facts,
  found,
  type GivenStates,
  HOUR,
  MINUTE,
  say,
  weather,
} from "#support/agent-facts.ts";

describe("nobody home", () => {
  const gone = (agoMs: number, more: GivenStates = {}): GivenStates => ({
    "person.anna": ["not_home", {}, agoMs],
    "light.kitchen": ["on", {}, 3 * HOUR],
    "switch.iron": ["on", {}, 3 * HOUR],
    "switch.router": ["on", {}, 3 * HOUR],
    "light.group": ["on", { entity_id: ["light.kitchen"] }, 3 * HOUR],
    ...more,
  });

  test("what is on since before; of plugs only those that habits call forgotten", () => {
    const known = facts(gone(20 * MINUTE), { forgotten: new Set(["switch.iron"]) });
    const [left] = found("left_on_nobody_home", known);
    expect(left?.offer?.actions).toEqual([
      { service: "light.turn_off", entityIds: ["light.kitchen"] },
      { service: "switch.turn_off", entityIds: ["switch.iron"] },
    ]);
    expect(left?.evidence[0]?.text).toBe("Nobody is home since 15:40");
  });

  test.each([
    ["they left a moment ago", gone(3 * MINUTE)],
    ["somebody is home", gone(20 * MINUTE, { "person.ben": "home" })],
    ["it went on since", gone(5 * HOUR, { "light.kitchen": ["on", {}, HOUR] })],
    ["nobody can say who is home", { "light.kitchen": "on" }],
  ])("nothing is said when %s", (_, given) => {
    expect(found("left_on_nobody_home", facts(given))).toEqual([]);
  });

  test("once a trip has begun, heating for nobody counts too", () => {
    const trips = [{ start: AFTERNOON - HOUR, end: AFTERNOON + 7 * DAY, summary: "Vacation" }];
    const heat = { preset_modes: ["none", "away"], preset_mode: "none" };
    const given = gone(2 * HOUR, { "climate.living": ["heat", heat] });
    const [away] = found("away_left_on", facts(given, { trips }));
    expect(away?.text).toContain("Your calendar says: Vacation.");
    expect(away?.offer?.actions).toContainEqual({
      ...{ service: "climate.set_preset_mode", entityIds: ["climate.living"] },
      data: { preset_mode: "away" },
    });
    expect(found("away_left_on", facts(given))).toEqual([]); // gone for two hours is no trip
    const long = gone(30 * HOUR, { "light.kitchen": ["on", {}, 40 * HOUR] });
    expect(found("away_left_on", facts(long))[0]?.text).toContain("Nobody was home for 30 hours.");
  });
});

describe("the night", () => {
  const EVENING = Date.parse("2026-11-03T20:30:00Z"); // 21:30
  const given: GivenStates = {
    "person.anna": "home",
    "lock.front": ["unlocked", {}, HOUR],
    "binary_sensor.terrace": ["on", { device_class: "door" }, HOUR],
    "binary_sensor.bath": ["on", { device_class: "window" }, HOUR],
  };

  test("doors and locks, three quarters of an hour before it is quiet", () => {
    const [night] = found("open_at_night", facts(given, { now: EVENING }));
    expect(night?.entityIds).toEqual(["lock.front", "binary_sensor.terrace"]);
    expect(night?.offer).toEqual({
      label: "Lock front",
      actions: [{ service: "lock.lock", entityIds: ["lock.front"] }],
    });
    const after = found("open_at_night", facts(given, { now: EVENING + 6 * HOUR }))[0];
    expect(after?.key).toBe(night?.key);
  });

  test("windows too where it is cold outside", () => {
    const cold = weather([], { at: EVENING, temperatureC: 4 });
    const [night] = found("open_at_night", facts(given, { now: EVENING, weather: cold }));
    expect(night?.entityIds).toContain("binary_sensor.bath");
  });

  test("not in the afternoon, and not for who steps out for a moment", () => {
    expect(found("open_at_night", facts(given))).toEqual([]);
    const moment: GivenStates = {
      "binary_sensor.terrace": ["on", { device_class: "door" }, 2 * MINUTE],
    };
    expect(found("open_at_night", facts(moment, { now: EVENING }))).toEqual([]);
  });
});

describe("batteries", () => {
  const levels = (perDay: number, days: number, from = 90, noise = 0.4) =>
    Array.from({ length: days }, (_, n) => ({
      at: AFTERNOON - (days - n) * DAY,
      percent: from - perDay * n + noise * Math.sin(n * 2.1),
    }));

  test("how fast it falls, with an interval that holds the truth", () => {
    const course = courseOf("sensor.door_battery", levels(1.5, 30));
    expect(course?.perDay).toBeCloseTo(1.5, 1);
    expect(course?.perDayLow).toBeLessThan(1.5);
    expect(course?.perDayHigh).toBeGreaterThan(1.5);
    expect(course?.days).toBe(29);
  });

  test.each([
    ["a week is not over", levels(2, 5)],
    ["it does not fall", levels(0, 40)],
    [
      "it is charged again and again",
      [...levels(6, 9), ...levels(6, 9), ...levels(6, 9), ...levels(6, 9)],
    ],
  ])("nothing is said of it when %s", (_, shown) => {
    expect(courseOf("sensor.x", shown)).toBeUndefined();
  });

  test("since it was changed, not over both", () => {
    const course = courseOf("sensor.x", [
      ...levels(3, 20, 80).map((one) => ({ ...one, at: one.at - 30 * DAY })),
      ...levels(0.5, 30, 100),
    ]);
    expect(course?.perDay).toBeCloseTo(0.5, 1);
  });

  const weak = {
    entityId: "sensor.door",
    percent: 12,
    perDay: 1.5,
    perDayLow: 1.2,
    perDayHigh: 2,
    days: 30,
  };
  const strong = { ...weak, entityId: "sensor.bath", percent: 60 };

  test("empty within two weeks: said with the interval", () => {
    const [low, ...more] = found("battery_low", facts({}, { batteries: [weak, strong] }));
    expect(more).toEqual([]);
    expect(low?.text).toBe("12% left. At this rate it is empty in about 8 days, between 6 and 10.");
    expect(daysLeft(strong).days).toBe(40);
  });

  test("before a trip, those that may not last until its end", () => {
    const trip = (inDays: number) => [
      { start: AFTERNOON + inDays * DAY, end: AFTERNOON + (inDays + 25) * DAY, summary: "Sea" },
    ];
    const [before] = found(
      "battery_before_trip",
      facts({}, { batteries: [weak, strong], trips: trip(10) }),
    );
    expect(before?.entityIds).toEqual(["sensor.door", "sensor.bath"]);
    const far = facts({}, { batteries: [weak], trips: trip(30) });
    expect(found("battery_before_trip", far)).toEqual([]);
  });
});

describe("the washing machine", () => {
  const washed = (endedAgo: number) => {
    const start = AFTERNOON - endedAgo - 90 * MINUTE;
    return {
      at: [
        start,
        start + 20 * MINUTE,
        start + 22 * MINUTE,
        start + 80 * MINUTE,
        start + 90 * MINUTE,
      ],
      value: [2_000, 5, 180, 400, 1],
    };
  };

  test("its last run, through the pauses in which it soaks", () => {
    expect(lastRunOf("sensor.washer", washed(40 * MINUTE), AFTERNOON)).toEqual({
      ...{ entityId: "sensor.washer", startedAt: AFTERNOON - 130 * MINUTE, mostW: 2_000 },
      endedAt: AFTERNOON - 40 * MINUTE,
    });
    expect(lastRunOf("sensor.washer", washed(2 * MINUTE), AFTERNOON)).toBeUndefined();
    const standby = { at: [AFTERNOON - 3 * HOUR], value: [12] };
    expect(lastRunOf("sensor.washer", standby, AFTERNOON + HOUR)).toBeUndefined();
  });

  test("is told half an hour after its end, not at once and not tomorrow", () => {
    const run = (ago: number) => ({
      ...{ entityId: "sensor.washer_power", startedAt: AFTERNOON - ago - HOUR, mostW: 2_000 },
      endedAt: AFTERNOON - ago,
    });
    const given = { "sensor.washer_power": "1" };
    const said = (ago: number) => found("laundry_done", facts(given, { laundry: [run(ago)] }));
    expect(said(40 * MINUTE)[0]?.title).toBe("washer is done");
    expect(said(10 * MINUTE)).toEqual([]);
    expect(said(7 * HOUR)).toEqual([]);
  });
});

test("water on the floor: told as what is dangerous, with the valve to close", () => {
  const given: GivenStates = {
    "binary_sensor.cellar": ["on", { device_class: "moisture" }, MINUTE],
    "binary_sensor.dry": ["off", { device_class: "moisture" }],
    "valve.main": ["open", { device_class: "water" }],
    "valve.gas": ["open", { device_class: "gas" }],
  };
  const alarms = found("safety_alarm", facts(given));
  expect(alarms).toHaveLength(1);
  expect(alarms[0]).toMatchObject({
    ...{ isSafety: true, title: "Water: cellar" },
    offer: { actions: [{ service: "valve.close_valve", entityIds: ["valve.main"] }] },
  });
});

test("new suggestions come as one message a day", () => {
  const known = facts({}, { newSuggestions: ["One", "Two", "Three", "Four", "Five"] });
  const [digest] = found("suggestions_ready", known);
  expect(digest?.text).toBe("5 new suggestions: One, Two, Three, and 2 more.");
  expect(found("suggestions_ready", facts({}))).toEqual([]);
});

test("a kind that the household turned off is not looked for", () => {
  const known = facts({}, { newSuggestions: ["One"] });
  expect(notice(known, say, ["suggestions_ready"])).toEqual([]);
});
