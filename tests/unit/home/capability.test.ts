import { expect, test } from "vitest";
import { canDo, capabilitiesOf } from "#src/home/capability/capability.ts";
import { type HomeEntity, toSnapshot } from "#src/home/snapshot/snapshot.ts";

const home = toSnapshot({
  entities: [
    entity("light.hall", { supported_color_modes: ["onoff"] }, "hall"),
    entity(
      "light.hall_lamp",
      {
        supported_color_modes: ["color_temp", "xy"],
        supported_features: 44,
        effect_list: ["Candle"],
      },
      "hall",
    ),
    entity("light.desk", { supported_color_modes: ["brightness"] }, "office"),
    entity("cover.garage", { supported_features: 3 }, "garage"),
    entity("cover.bedroom", { supported_features: 255 }, "bedroom"),
    entity(
      "climate.office",
      {
        supported_features: 401,
        min_temp: 7,
        max_temp: 30,
        target_temp_step: 0.5,
        hvac_modes: ["off", "heat"],
        preset_modes: ["eco", "comfort"],
      },
      "office",
    ),
    entity("fan.office", { supported_features: 9, preset_modes: ["Auto", "Night"] }, "office"),
    entity("select.wash", { options: ["Cotton", "Wool"] }),
    entity("number.limit", { min: 5, max: 20, step: 5, unit_of_measurement: "A" }),
    entity("lock.door", { supported_features: 0 }),
    entity("alarm_control_panel.house", { supported_features: 3 }),
    entity("sensor.temperature", { unit_of_measurement: "°C" }),
    entity("switch.pump", {}),
    entity("somethingnew.thing", {}),
    { ...entity("light.attic", { supported_color_modes: ["brightness"] }), state: "unavailable" },
  ],
});

function entity(entityId: string, attributes: HomeEntity["attributes"], areaId?: string) {
  return { entityId, name: entityId, state: "on", attributes, ...(areaId && { areaId }) };
}

function get(entityId: string): HomeEntity {
  const found = home.entities.get(entityId);
  if (!found) throw new Error(entityId);
  return found;
}

const obstacles = (entityId: string, action: string, data: Record<string, unknown> = {}) =>
  canDo(get(entityId), { action, data, home });

test("a lamp with color offers colors, effects of its own list, and a range of whites", () => {
  const on = capabilitiesOf(get("light.hall_lamp")).actions.get("light.turn_on");
  const names = on?.fields.map((field) => field.name) ?? [];
  expect(names).toEqual(
    expect.arrayContaining(["rgb_color", "brightness_pct", "effect", "transition", "flash"]),
  );
  expect(on?.fields.find((field) => field.name === "effect")?.options).toEqual(["Candle"]);
});

test("a lamp that only switches is not promised to be dimmed, and the lamp beside it that can is named", () => {
  const [found] = obstacles("light.hall", "light.turn_on", { brightness_pct: 40 });
  expect(found).toMatchObject({
    code: "capability.field_unsupported",
    field: "brightness_pct",
    instead: ["light.hall_lamp"],
  });
  expect(found?.message).toContain("cannot be dimmed");
});

test("a lamp without color is offered its brightness", () => {
  const [found] = obstacles("light.desk", "light.turn_on", { rgb_color: [255, 0, 0] });
  expect(found?.nearest?.field).toBe("brightness_pct");
});

test.each([
  ["cover.garage", "cover.set_cover_position", { position: 50 }, "capability.action_unsupported"],
  ["cover.garage", "cover.stop_cover", {}, "capability.action_unsupported"],
  ["climate.office", "climate.set_temperature", { temperature: 35 }, "capability.out_of_range"],
  [
    "climate.office",
    "climate.set_temperature",
    { target_temp_high: 22 },
    "capability.field_unsupported",
  ],
  ["climate.office", "climate.set_hvac_mode", { hvac_mode: "cool" }, "capability.not_an_option"],
  ["climate.office", "climate.set_fan_mode", { fan_mode: "high" }, "capability.action_unsupported"],
  ["climate.office", "climate.set_humidity", { humidity: 40 }, "capability.action_unsupported"],
  ["fan.office", "fan.oscillate", { oscillating: true }, "capability.action_unsupported"],
  ["fan.office", "fan.set_preset_mode", { preset_mode: "night" }, "capability.not_an_option"],
  ["select.wash", "select.select_option", { option: "Silk" }, "capability.not_an_option"],
  ["number.limit", "number.set_value", { value: 32 }, "capability.out_of_range"],
  ["number.limit", "number.set_value", { value: "much" }, "capability.wrong_type"],
  ["lock.door", "lock.open", {}, "capability.action_unsupported"],
  [
    "alarm_control_panel.house",
    "alarm_control_panel.alarm_arm_night",
    {},
    "capability.action_unsupported",
  ],
  ["sensor.temperature", "homeassistant.turn_on", {}, "capability.no_actions"],
  ["switch.pump", "light.turn_on", {}, "capability.wrong_domain"],
  ["light.attic", "light.turn_on", { brightness_pct: 50 }, "capability.unavailable"],
] as const)("%s cannot do %s with %j", (entityId, action, data, code) => {
  expect(obstacles(entityId, action, data).map((one) => one.code)).toEqual([code]);
});

test.each([
  ["light.hall", "light.turn_on", {}],
  ["light.hall", "homeassistant.toggle", {}],
  ["light.desk", "light.turn_on", { brightness: 255 }],
  ["light.desk", "light.turn_on", { brightness: "{{ states('number.limit') }}" }],
  ["cover.bedroom", "cover.set_cover_tilt_position", { tilt_position: 0 }],
  ["cover.garage", "homeassistant.turn_off", {}],
  ["climate.office", "climate.set_temperature", { temperature: 21.5, hvac_mode: "heat" }],
  ["climate.office", "climate.set_preset_mode", { preset_mode: "eco" }],
  ["fan.office", "fan.set_percentage", { percentage: 30 }],
  ["number.limit", "number.set_value", { value: "10" }],
  ["light.hall", "hue.activate_scene", {}],
  ["somethingnew.thing", "somethingnew.do_it", { how: "well" }],
] as const)("%s does %s with %j", (entityId, action, data) => {
  expect(obstacles(entityId, action, data)).toEqual([]);
});

test("what is asked for in the wrong case or out of range comes with the value that works", () => {
  expect(
    obstacles("fan.office", "fan.set_preset_mode", { preset_mode: "night" })[0]?.nearest,
  ).toMatchObject({ value: "Night" });
  expect(
    obstacles("climate.office", "climate.set_temperature", { temperature: 35 })[0]?.nearest,
  ).toMatchObject({ value: 30 });
  expect(obstacles("switch.pump", "light.turn_on")[0]?.nearest).toMatchObject({
    action: "switch.turn_on",
  });
  expect(
    obstacles("cover.garage", "cover.set_cover_position", { position: 50 })[0]?.nearest,
  ).toMatchObject({ action: "cover.open_cover" });
});
