import { expect, test } from "vitest";
import {
  DAY,
  DAYS,
  days,
  FROM,
  find,
  HOUR,
  homeOf,
  hourly,
  known,
  ofType,
  steps,
  weekly,
} from "./made-home.ts";

const PERSON = { "person.ann": { state: "home" } };
/** Away from 09:00 to 17:00 on each of the 28 days. */
const AWAY = steps(
  "home",
  ...days(0, DAYS - 1).flatMap((day) => [
    [day, 9, "not_home"] as const,
    [day, 17, "home"] as const,
  ]),
);
const turnOff = (entityId: string) => ({
  ...{ action: `${entityId.split(".")[0]}.turn_off`, target: { entity_id: entityId } },
});

const LEFT_ON = {
  home: homeOf({ ...PERSON, "light.hall": {} }),
  past: {
    steps: new Map([
      ["person.ann", AWAY],
      // Forgotten on seven of the days, for the eight hours that she was away.
      [
        "light.hall",
        steps(
          "off",
          ...[0, 4, 8, 12, 16, 20, 24].flatMap((day) => [
            [day, 8, "on"] as const,
            [day, 18, "off"] as const,
          ]),
        ),
      ],
    ]),
    watts: new Map([["light.hall", { value: 50, low: 45, high: 55 }]]),
  },
};

test("a light that was left on with nobody at home is told with its hours, and its kWh as far as its draw was measured", () => {
  const [left] = ofType(LEFT_ON, "presence");
  expect(left).toMatchObject({
    facts: { what: "left_on", action: { entityId: "light.hall", to: "off" }, minutes: 480 },
    measured: { n: 7, of: 28 },
    edges: [{ from: "people", to: "light.hall", joins: "when" }],
  });
  expect(left && weekly(left)).toEqual({ hours: 14, kwh: 0.7 });
  const unknown = { ...LEFT_ON, past: { ...LEFT_ON.past, watts: new Map() } };
  const [other] = ofType(unknown, "presence");
  expect(other && weekly(other)).toEqual({ hours: 14 });
});

test("what an automation turns off when people leave is left out", () => {
  const automation = {
    triggers: [{ trigger: "numeric_state", entity_id: "zone.home", below: 1 }],
    actions: [turnOff("light.hall")],
  };
  const found = find({ ...LEFT_ON, automations: [automation] });
  expect(found).toMatchObject({ synergies: [], automated: 1 });
});

test("without people it is not known when nobody is at home", () => {
  const found = find({ ...LEFT_ON, home: homeOf({ "light.hall": {} }) });
  expect(found.synergies).toEqual([]);
  expect(found.missing).toContainEqual({ type: "presence", needs: "people" });
});

test("what is on more often than not with nobody at home is meant to be", () => {
  const always = new Map(LEFT_ON.past.steps).set("light.hall", steps("on"));
  expect(ofType({ ...LEFT_ON, past: { steps: always } }, "presence")).toEqual([]);
});

const LOCK = {
  home: homeOf({
    "lock.front": { state: "locked" },
    "binary_sensor.door": { attributes: { device_class: "door" } },
  }),
  past: {
    night: { fromHour: 0, toHour: 5 },
    steps: new Map([
      // Unlocked from 23:00 to 07:00 on four days.
      [
        "lock.front",
        steps(
          "locked",
          ...[2, 9, 16, 23].flatMap((day) => [
            [day, 23, "unlocked"] as const,
            [day + 1, 7, "locked"] as const,
          ]),
        ),
      ],
      // Open for an hour in two of the nights.
      [
        "binary_sensor.door",
        steps(
          "off",
          ...[5, 6].flatMap(
            (day) =>
              [
                [day, 1, "on"],
                [day, 2, "off"],
              ] as const,
          ),
        ),
      ],
    ]),
  },
};

test("a lock that was open at night can be locked; of a door people are told", () => {
  const found = ofType(LOCK, "security");
  expect(found.map(({ entityIds }) => entityIds)).toEqual([["lock.front"], ["binary_sensor.door"]]);
  expect(found[0]).toMatchObject({
    facts: {
      ...{ while: "night", minutes: 300, night: { fromHour: 0, toHour: 5 } },
      action: { entityId: "lock.front", to: "locked" },
    },
    measured: { n: 4, of: 28 },
  });
  expect(found[0] && weekly(found[0])).toEqual({ hours: 5 });
  expect(found[1]?.facts).not.toHaveProperty("action");
  expect(found[1] && weekly(found[1])).toEqual({ hours: 0.5 });
});

test("a lock that an automation locks, and a door of which one tells, are left out", () => {
  const automations = [
    {
      triggers: [{ trigger: "time", at: "23:30:00" }],
      actions: [{ action: "lock.lock", target: { entity_id: "lock.front" } }],
    },
    {
      triggers: [{ trigger: "sun", event: "sunset" }],
      conditions: [{ condition: "state", entity_id: "binary_sensor.door", state: "on" }],
      actions: [{ action: "notify.mobile_app_ann", data: { message: "Open" } }],
    },
  ];
  expect(ofType({ ...LOCK, automations }, "security")).toEqual([]);
});

test("a home without locks and doors is told what it lacks", () => {
  const found = find({ home: homeOf({ "light.hall": {} }) });
  expect(found.missing).toContainEqual({ type: "security", needs: "lock_or_door" });
});

const BATH = {
  "sensor.bath_humidity": {
    area: "bathroom",
    attributes: { device_class: "humidity", unit_of_measurement: "%" },
  },
};
const FAN = { "fan.bath": { area: "bathroom", attributes: { supported_features: 48 } } };
const DAMP = {
  home: homeOf({ ...BATH, ...FAN }),
  past: {
    hours: new Map([
      ["sensor.bath_humidity", hourly(75, 50, { on: days(0, 13), from: 7, until: 10 })],
    ]),
    // On for the last of the three damp hours on each of these days.
    steps: new Map([
      [
        "fan.bath",
        steps(
          "off",
          ...days(0, 13).flatMap(
            (day) =>
              [
                [day, 9, "on"],
                [day, 10, "off"],
              ] as const,
          ),
        ),
      ],
    ]),
  },
};

test("a room that was too damp while its fan was off is told with those hours only", () => {
  const [damp] = ofType(DAMP, "comfort");
  expect(damp).toMatchObject({
    areaId: "bathroom",
    facts: {
      ...{ quantity: "humidity", beyond: "above", limit: 60, worst: 75 },
      ...{ hours: 672, hoursOut: 42, hoursNotHelped: 28 },
      action: { entityId: "fan.bath", to: "on" },
    },
    measured: { n: 14, of: 28 },
  });
  expect(damp && weekly(damp)).toEqual({ hours: 7 });
});

test("a damp room without a fan has no synergy, and the home is told why", () => {
  const found = find({ ...DAMP, home: homeOf(BATH) });
  expect(found.synergies).toEqual([]);
  expect(found.missing).toContainEqual({ type: "comfort", needs: "helper" });
});

test("a fan in another room does not help", () => {
  const home = homeOf({ ...BATH, "fan.bath": { ...FAN["fan.bath"], area: "kitchen" } });
  expect(ofType({ ...DAMP, home }, "comfort")).toEqual([]);
});

test("a fan that an automation turns on by the room's air is left out", () => {
  const automation = {
    triggers: [{ trigger: "numeric_state", entity_id: "sensor.bath_humidity", above: 70 }],
    actions: [{ action: "fan.turn_on", target: { entity_id: "fan.bath" } }],
  };
  expect(ofType({ ...DAMP, automations: [automation] }, "comfort")).toEqual([]);
});

test("a room in °F is held against the same band", () => {
  const thermometer = {
    area: "bathroom",
    attributes: { device_class: "temperature", unit_of_measurement: "°F" },
  };
  const home = homeOf({ "sensor.bath_temperature": thermometer, ...FAN });
  const hours = new Map([
    ["sensor.bath_temperature", hourly(84, 72, { on: days(0, 6), from: 12, until: 16 })],
  ]);
  const [warm] = ofType(
    { home, past: { hours, steps: new Map([["fan.bath", steps("off")]]) } },
    "comfort",
  );
  expect(warm?.facts).toMatchObject({ limit: 79, unit: "°F", hoursNotHelped: 28 });
});

test("what was measured says when it was, newest first", () => {
  const [left] = ofType(LEFT_ON, "presence");
  const at = left?.measured.seen.map((one) => one.at) ?? [];
  expect(at[0]).toBe(FROM + 24 * DAY + 9 * HOUR);
  expect(at).toEqual(at.toSorted((one, other) => other - one));
});

test("what is done when somebody comes home is a synergy with people, what is done before they come is none", () => {
  const habit = (delayMinutes: number) =>
    known(
      {
        kind: "contextual",
        ...{ entityId: "light.hall", to: "on", entityIds: ["light.hall"] },
        context: { of: "presence", event: "arriving", signalId: "person.ann", delayMinutes },
      },
      { seenDays: days(0, 13), missedDays: days(14, 27) },
    );
  const home = homeOf({ ...PERSON, "light.hall": {} });
  const [found] = ofType({ home, patterns: [habit(3)] }, "presence");
  expect(found).toMatchObject({
    facts: { what: "habit", event: "arriving", personId: "person.ann" },
    entityIds: ["light.hall", "person.ann"],
    measured: { n: 14, of: 28 },
  });
  expect(found && weekly(found)).toEqual({ acts: 3.5 });
  expect(ofType({ home, patterns: [habit(-5)] }, "presence")).toEqual([]);
});
