import { expect, test } from "vitest";
import { MONDAY } from "#support/past-world.ts";
import { firedAt, whyNot } from "#support/replayed.ts";

const light = { initial: { "light.hall": "off" } };

test("a light that goes on fires, one that only changes its brightness does not", () => {
  const trigger = { trigger: "state", entity_id: "light.hall", to: "on" };
  const changes = [
    [10, "light.hall", "on", { brightness: 10 }],
    [20, "light.hall", "on", { brightness: 99 }],
    [30, "light.hall", "off"],
    [40, "light.hall", "on"],
  ] as const;
  expect(firedAt(trigger, { ...light, changes })).toEqual([10, 40]);
});

test("without from and to every update fires, with to: null only those of the state", () => {
  const changes = [
    [10, "light.hall", "on", { brightness: 10 }],
    [20, "light.hall", "on", { brightness: 99 }],
    [30, "light.hall", "unavailable"],
  ] as const;
  const trigger = { trigger: "state", entity_id: "light.hall" };
  expect(firedAt(trigger, { ...light, changes })).toEqual([10, 20, 30]);
  expect(firedAt({ ...trigger, to: null }, { ...light, changes })).toEqual([10, 30]);
  expect(firedAt({ ...trigger, not_to: ["unavailable"] }, { ...light, changes })).toEqual([10]);
  expect(firedAt({ ...trigger, attribute: "brightness" }, { ...light, changes })).toEqual([10, 20]);
});

test("from and not_from say where a change must come from", () => {
  const changes = [
    [10, "light.hall", "unavailable"],
    [20, "light.hall", "on"],
    [30, "light.hall", "off"],
    [40, "light.hall", "on"],
  ] as const;
  const trigger = { trigger: "state", entity_id: "light.hall", to: "on" };
  expect(firedAt({ ...trigger, from: "off" }, { ...light, changes })).toEqual([40]);
  expect(firedAt({ ...trigger, not_from: "unavailable" }, { ...light, changes })).toEqual([40]);
});

test("a door that stands open for five minutes fires once, and the clock starts anew when it was closed", () => {
  const trigger = { trigger: "state", entity_id: "binary_sensor.door", to: "on", for: "00:05:00" };
  const changes = [
    [0, "binary_sensor.door", "on"],
    [200, "binary_sensor.door", "off"],
    [260, "binary_sensor.door", "on"],
    [300, "binary_sensor.door", "on", { battery: 3 }],
  ] as const;
  expect(firedAt(trigger, { initial: { "binary_sensor.door": "off" }, changes })).toEqual([560]);
});

test("leaving a state for a while fires whatever comes after", () => {
  const trigger = { trigger: "state", entity_id: "person.anna", from: "home", for: 600 };
  const changes = [
    [0, "person.anna", "not_home"],
    [300, "person.anna", "work"],
  ] as const;
  const initial = { "person.anna": "home" };
  expect(firedAt(trigger, { initial, changes })).toEqual([600]);
});

test("a number fires when it crosses, not while it stays above, and not when it was there from the start", () => {
  const trigger = { trigger: "numeric_state", entity_id: "sensor.co2", above: 1000 };
  const changes = [
    [10, "sensor.co2", "1100"],
    [20, "sensor.co2", "900"],
    [30, "sensor.co2", "1001"],
    [40, "sensor.co2", "1200"],
    [50, "sensor.co2", "bad"],
    [60, "sensor.co2", "1200"],
    [70, "sensor.co2", "unavailable"],
    [80, "sensor.co2", "1200"],
  ] as const;
  expect(firedAt(trigger, { initial: { "sensor.co2": "1050" }, changes })).toEqual([30, 80]);
});

test("a number's bound may stand in another entity", () => {
  const trigger = {
    trigger: "numeric_state",
    entity_id: "sensor.room",
    below: "input_number.wanted",
  };
  const initial = { "sensor.room": "21", "input_number.wanted": "20.0" };
  const changes = [
    [10, "sensor.room", "19.9"],
    [20, "sensor.room", "21"],
    [30, "input_number.wanted", "22.0"],
    [40, "sensor.room", "21.5"],
  ] as const;
  expect(firedAt(trigger, { initial, changes })).toEqual([10, 40]);
});

test("a number that must hold is forgotten when it falls back", () => {
  const trigger = { trigger: "numeric_state", entity_id: "sensor.p", above: 5, for: 60 };
  const changes = [
    [10, "sensor.p", "6"],
    [40, "sensor.p", "4"],
    [50, "sensor.p", "7"],
    [80, "sensor.p", "8"],
  ] as const;
  expect(firedAt(trigger, { initial: { "sensor.p": "1" }, changes })).toEqual([110]);
});

test("an attribute can be the number", () => {
  const trigger = {
    ...{ trigger: "numeric_state", entity_id: "climate.bath" },
    ...{ attribute: "current_temperature", below: 18 },
  };
  const initial = { "climate.bath": ["heat", { current_temperature: 20 }] as const };
  const changes = [[10, "climate.bath", "heat", { current_temperature: 17 }]] as const;
  expect(firedAt(trigger, { initial, changes })).toEqual([10]);
});

test("half past seven comes each day, by the clock on the wall", () => {
  const trigger = { trigger: "time", at: "07:30:00" };
  expect(firedAt(trigger, { end: MONDAY + 2 * 86_400_000 })).toEqual([27_000, 113_400]);
  expect(firedAt({ ...trigger, weekday: ["tue"] }, { end: MONDAY + 2 * 86_400_000 })).toEqual([
    113_400,
  ]);
});

test("on the night the clocks go forward 02:30 does not exist, on the night they go back it is there twice", () => {
  const trigger = { trigger: "time", at: "02:30:00" };
  const spring = Date.parse("2026-03-29T00:00:00+01:00");
  const autumn = Date.parse("2026-10-25T00:00:00+02:00");
  expect(firedAt(trigger, { start: spring, end: spring + 82_800_000 })).toEqual([]);
  expect(firedAt(trigger, { start: autumn, end: autumn + 90_000_000 })).toEqual([9000, 12_600]);
  const morning = { trigger: "time", at: "07:00:00" };
  expect(firedAt(morning, { start: spring, end: spring + 82_800_000 })).toEqual([6 * 3600]);
});

test("a time that stands in an entity is followed when it is changed", () => {
  const trigger = { trigger: "time", at: "input_datetime.wake" };
  const changes = [[3600, "input_datetime.wake", "06:00:00"]] as const;
  const initial = { "input_datetime.wake": "07:00:00" };
  expect(firedAt(trigger, { initial, changes })).toEqual([21_600]);
  const early = { trigger: "time", at: { entity_id: "sensor.alarm", offset: "-00:10:00" } };
  const phone = {
    "sensor.alarm": ["2026-01-12T06:30:00+00:00", { device_class: "timestamp" }],
  } as const;
  expect(firedAt(early, { initial: phone })).toEqual([7 * 3600 + 20 * 60]);
});

test("every ten minutes is at :00, :10 and so on, every second hour at its full hour", () => {
  const hour = { end: MONDAY + 3_600_000 };
  expect(firedAt({ trigger: "time_pattern", minutes: "/10" }, hour)).toEqual([
    600, 1200, 1800, 2400, 3000,
  ]);
  expect(firedAt({ trigger: "time_pattern", hours: "/12" }, {})).toEqual([43_200]);
  expect(firedAt({ trigger: "time_pattern", minutes: "5" }, hour)).toEqual([300]);
});

test("sunrise and sunset are those of Home Assistant, to twenty seconds", () => {
  // By astral 3.2, as Home Assistant 2026.11 computes them.
  const known = [
    ["2026-01-12T00:00:00+01:00", "2026-01-12T07:10:56Z", "2026-01-12T15:18:49Z"],
    ["2026-03-29T00:00:00+01:00", "2026-03-29T04:46:53Z", "2026-03-29T17:36:27Z"],
    ["2026-06-21T00:00:00+02:00", "2026-06-21T02:41:33Z", "2026-06-21T19:34:52Z"],
    ["2026-10-25T00:00:00+02:00", "2026-10-25T05:48:26Z", "2026-10-25T15:51:38Z"],
  ] as const;
  for (const [day, sunrise, sunset] of known) {
    const start = Date.parse(day);
    const day1 = { start, end: start + 82_800_000 };
    for (const [event, at] of Object.entries({ sunrise, sunset })) {
      const [seen = 0] = firedAt({ trigger: "sun", event }, day1);
      expect(Math.abs(start + seen * 1000 - Date.parse(at))).toBeLessThan(20_000);
      const [early = 0] = firedAt({ trigger: "sun", event, offset: "-00:30:00" }, day1);
      expect(seen - early).toBeCloseTo(1800);
    }
  }
});

test("coming home is seen by the person's state", () => {
  const trigger = { trigger: "zone", entity_id: "person.anna", zone: "zone.home", event: "enter" };
  const changes = [
    [10, "person.anna", "home"],
    [20, "person.anna", "work"],
    [30, "person.anna", "unavailable"],
    [40, "person.anna", "home"],
  ] as const;
  const initial = { "person.anna": "not_home", "zone.home": "0" };
  expect(firedAt(trigger, { initial, changes })).toEqual([10]);
  expect(firedAt({ ...trigger, event: "leave" }, { initial, changes })).toEqual([20]);
});

test("coordinates decide when they were recorded", () => {
  const trigger = { trigger: "zone", entity_id: "device_tracker.p", zone: "zone.home" };
  const zone = { latitude: 52.52, longitude: 13.4, radius: 100 };
  const initial = {
    "device_tracker.p": ["not_home", { latitude: 52.6, longitude: 13.4 }],
    "zone.home": ["0", zone],
  } as const;
  const changes = [
    [10, "device_tracker.p", "not_home", { latitude: 52.55 }],
    [20, "device_tracker.p", "not_home", { latitude: 52.5201 }],
  ] as const;
  expect(firedAt(trigger, { initial, changes })).toEqual([20]);
});

test("a template fires when it becomes true", () => {
  const trigger = { trigger: "template", value_template: "{{ is_state('light.hall', 'on') }}" };
  const changes = [
    [10, "light.hall", "on"],
    [15, "light.hall", "on", { brightness: 3 }],
    [20, "light.hall", "off"],
    [30, "light.hall", "on"],
  ] as const;
  expect(firedAt(trigger, { ...light, changes })).toEqual([10, 30]);
  expect(firedAt({ ...trigger, for: 15 }, { ...light, changes })).toEqual([45]);
});

test("an event that was recorded fires when its data fits", () => {
  const trigger = { trigger: "event", event_type: "doorbell", event_data: { button: 1 } };
  const events = [
    { at: MONDAY + 5000, type: "doorbell", data: { button: 2 } },
    { at: MONDAY + 9000, type: "doorbell", data: { button: 1 } },
  ];
  expect(firedAt(trigger, { events })).toEqual([9]);
  const cannot = whyNot({ triggers: trigger });
  expect(cannot).toEqual([
    {
      automation: 0,
      path: "triggers/0",
      why: "events such as doorbell are not recorded, only states are",
    },
  ]);
});

test("a start of Home Assistant is seen by the echoes that follow it", () => {
  const changes = ["a", "b", "c", "d"].map(
    (name, n) => [100 + n, `sensor.${name}`, "1", {}, "restart_echo"] as const,
  );
  expect(firedAt({ trigger: "homeassistant", event: "start" }, { changes })).toEqual([103.001]);
});
