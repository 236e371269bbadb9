import { expect, test } from "vitest";
import { replay } from "#src/analysis/replay/replay.ts";
import { automation, scripted } from "#support/past-world.ts";

const DONE = [{ action: "notify.notify", data: {} }];

/** Seconds after the start at which it was triggered. */
function firedAt(
  triggers: unknown,
  script: Parameters<typeof scripted>[0],
  rest: Readonly<Record<string, unknown>> = {},
): number[] {
  const past = scripted(script);
  const { runs } = replay([automation({ triggers, actions: DONE, ...rest })], past);
  return runs.map(({ at }) => (at - past.start) / 1000);
}

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
  const initial = { "sensor.t": ["24", { device_class: "temperature" }] } as const;
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
  const { cannot } = replay([automation({ triggers: press, actions: DONE })], scripted({ house }));
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
  const { cannot } = replay([automation({ triggers, actions: DONE })], scripted({}));
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
  const changes = [[10, "binary_sensor.m", "on"]] as const;
  const trigger = { trigger: "state", entity_id: "binary_sensor.m", to: "on" };
  const holds = (condition: string, entityId: string | readonly string[], options = {}) =>
    replay(
      [
        automation({
          triggers: trigger,
          conditions: [{ condition, target: { entity_id: entityId }, options }],
        }),
      ],
      scripted({ initial: { ...initial, "binary_sensor.m": "off" }, changes }),
    ).runs[0]?.outcome === "ran";
  expect(holds("light.is_on", "light.hall")).toBe(true);
  expect(holds("light.is_off", "light.hall")).toBe(false);
  expect(holds("window.is_open", "binary_sensor.w")).toBe(true);
  const people = ["person.anna", "person.ben"];
  expect(holds("zone.in_zone", people, { zone: "zone.home" })).toBe(true);
  expect(holds("zone.in_zone", people, { zone: "zone.home", behavior: "all" })).toBe(false);
  const bright = { threshold: { type: "above", value: { active_choice: "number", number: 70 } } };
  expect(holds("light.is_brightness", "light.hall", bright)).toBe(true);
});
