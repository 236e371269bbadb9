import { expect, test } from "vitest";
import { replay } from "#src/analysis/replay/replay.ts";
import { automation, scripted } from "#support/past-world.ts";
import { DONE, firedAt, go, holds, whyNot } from "#support/replayed.ts";

const light = { initial: { "light.hall": "off" } };

const motions = {
  initial: { "binary_sensor.a": "off", "binary_sensor.b": "off", "binary_sensor.door": "off" },
  house: {
    entities: ["a", "b"].map((name) => ({
      ...{ entityId: `binary_sensor.${name}`, areaId: "hall", deviceClass: "motion" },
    })),
  },
  changes: [
    [10, "binary_sensor.a", "on"],
    [20, "binary_sensor.b", "on"],
    [30, "binary_sensor.a", "unavailable"],
    [40, "binary_sensor.a", "on"],
    [50, "binary_sensor.b", "off"],
    [60, "binary_sensor.b", "on"],
  ],
} as const;

test("motion in an area: each, the first or all of its sensors", () => {
  const trigger = { trigger: "motion.detected", target: { area_id: "hall" } };
  expect(firedAt({ ...trigger, options: {} }, motions)).toEqual([10, 20, 60]);
  expect(firedAt({ ...trigger, options: { behavior: "first" } }, motions)).toEqual([10]);
  expect(firedAt({ ...trigger, options: { behavior: "all" } }, motions)).toEqual([20, 60]);
  expect(firedAt({ ...trigger, options: { for: "00:00:15" } }, motions)).toEqual([25, 35, 75]);
});

test("a threshold is crossed from below, in percent for a light", () => {
  const above = (number: number) => ({
    threshold: { type: "above", value: { active_choice: "number", number } },
  });
  const trigger = {
    trigger: "temperature.crossed_threshold",
    target: { entity_id: "sensor.t" },
    options: above(25),
  };
  const warm = { device_class: "temperature", unit_of_measurement: "°C" };
  const initial = { "sensor.t": ["24", warm] } as const;
  const changes = [
    [10, "sensor.t", "26"],
    [20, "sensor.t", "27"],
    [30, "sensor.t", "20"],
    [40, "sensor.t", "25.5"],
  ] as const;
  expect(firedAt(trigger, { initial, changes })).toEqual([10, 40]);
  const bright = {
    trigger: "light.brightness_crossed_threshold",
    target: { entity_id: "light.hall" },
    options: above(50),
  };
  const dimmed = [
    [10, "light.hall", "on", { brightness: 100 }],
    [20, "light.hall", "on", { brightness: 200 }],
  ] as const;
  expect(firedAt(bright, { ...light, changes: dimmed })).toEqual([20]);
});

test("a device's trigger on a state is replayed, one on a button press is not", () => {
  const house = {
    entities: [{ entityId: "light.hall", registryId: "a".repeat(32), deviceId: "d1" }],
  };
  const device = { trigger: "device", device_id: "d1", domain: "light", type: "turned_on" };
  const changes = [[10, "light.hall", "on"]] as const;
  expect(firedAt({ ...device, entity_id: "a".repeat(32) }, { ...light, house, changes })).toEqual([
    10,
  ]);
  const press = {
    trigger: "device",
    device_id: "d1",
    domain: "zha",
    type: "remote_button_short_press",
  };
  const cannot = whyNot({ triggers: press }, { house });
  expect(cannot[0]?.why).toBe(
    '"remote_button_short_press" of a device of zha leaves nothing in the history to replay',
  );
});

test("a calendar is replayed by its entity going on, and that is said", () => {
  const trigger = { trigger: "calendar", entity_id: "calendar.family", event: "start" };
  const changes = [[10, "calendar.family", "on", { message: "Dinner" }]] as const;
  const past = scripted({ initial: { "calendar.family": "off" }, changes });
  const { runs, cannot } = replay([automation({ triggers: trigger, actions: DONE })], past);
  expect(runs).toHaveLength(1);
  expect(cannot[0]).toMatchObject({ path: "triggers/0", isApproximate: true });
});

test("what an MQTT message or a webhook started is said to be unknown", () => {
  const triggers = [
    { trigger: "mqtt", topic: "a/b" },
    { trigger: "webhook", webhook_id: "x" },
  ];
  const cannot = whyNot({ triggers });
  expect(cannot.map(({ why }) => why)).toEqual([
    "messages of MQTT are not recorded",
    "calls of a webhook are not recorded",
  ]);
});

test("purpose conditions: a light that is on, a window that is open, someone who is at home", () => {
  const initial = {
    "light.hall": ["on", { brightness: 200 }],
    "binary_sensor.w": ["on", { device_class: "window" }],
    "person.anna": "home",
    "person.ben": "not_home",
  } as const;
  const is = (condition: string, entityId: string | readonly string[], options = {}) =>
    holds({ condition, target: { entity_id: entityId }, options }, { initial });
  expect(is("light.is_on", "light.hall")).toBe(true);
  expect(is("light.is_off", "light.hall")).toBe(false);
  expect(is("window.is_open", "binary_sensor.w")).toBe(true);
  const people = ["person.anna", "person.ben"];
  expect(is("zone.in_zone", people, { zone: "zone.home" })).toBe(true);
  expect(is("zone.in_zone", people, { zone: "zone.home", behavior: "all" })).toBe(false);
  const bright = { threshold: { type: "above", value: { active_choice: "number", number: 70 } } };
  expect(is("light.is_brightness", "light.hall", bright)).toBe(true);
});

test("a threshold and what is measured may be in different units", () => {
  const trigger = {
    ...{
      trigger: "temperature.crossed_threshold",
      target: { entity_id: ["sensor.t", "climate.c"] },
    },
    options: {
      threshold: {
        type: "above",
        value: { active_choice: "number", number: 25, unit_of_measurement: "°C" },
      },
    },
  };
  const initial = {
    "sensor.t": ["68", { device_class: "temperature", unit_of_measurement: "°F" }],
    "climate.c": ["heat", { current_temperature: 20 }],
  } as const;
  const changes = [
    [10, "sensor.t", "76"],
    [20, "sensor.t", "78"],
    [30, "climate.c", "heat", { current_temperature: 26 }],
  ] as const;
  expect(firedAt(trigger, { initial, changes })).toEqual([20, 30]);
});

test("what has held for a time is known also where attributes decide it", () => {
  const initial = { "climate.c": ["heat", { hvac_action: "idle" }] } as const;
  const heating = {
    ...{ condition: "climate.is_heating", target: { entity_id: "climate.c" } },
    options: { for: "00:01:00" },
  };
  const at = (second: number) =>
    [
      [10, "climate.c", "heat", { hvac_action: "heating" }],
      [30, "climate.c", "heat", { current_temperature: 20 }],
      ...go(second),
    ] as const;
  expect(holds(heating, { initial, changes: at(65) })).toBe(false);
  expect(holds(heating, { initial, changes: at(70) })).toBe(true);
});

test("what is hidden or left out of a target is not meant, what is labelled itself is", () => {
  const trigger = {
    trigger: "light.turned_on",
    target: { area_id: "hall", label_id: "seen", exclude: { entity_id: "light.c" } },
  };
  const house = {
    entities: [
      { entityId: "light.a", areaId: "hall", isHidden: true as const },
      { entityId: "light.b", areaId: "hall", category: "config" },
      { entityId: "light.c", areaId: "hall" },
      { entityId: "light.d", labels: ["seen"], category: "config" },
      { entityId: "light.e", areaId: "hall" },
    ],
  };
  const ids = ["a", "b", "c", "d", "e"];
  const initial = Object.fromEntries(ids.map((id) => [`light.${id}`, "off"]));
  const changes = ids.map((id, n) => [n, `light.${id}`, "on"] as const);
  expect(firedAt(trigger, { initial, house, changes })).toEqual([3, 4]);
});
