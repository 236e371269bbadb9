import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";

type Attributes = Readonly<Record<string, unknown>>;
type Thing = readonly [entityId: string, state: string, attributes?: Attributes, device?: string];

const of = (deviceClass: string, more: Attributes = {}) => ({ device_class: deviceClass, ...more });
const measured = (deviceClass: string, unit: string) =>
  of(deviceClass, { unit_of_measurement: unit });
const dimmable = { supported_color_modes: ["brightness"], supported_features: 40 };
const warm = {
  supported_color_modes: ["color_temp"],
  min_color_temp_kelvin: 2200,
  max_color_temp_kelvin: 6500,
};
const thermostat = {
  ...{ hvac_modes: ["off", "heat", "auto"], min_temp: 5, max_temp: 28, supported_features: 385 },
  current_temperature: 20,
};
const program = of("enum", { options: ["inactive", "ready", "run", "finished"] });

/** By area: one of everything, and rooms that differ in what they have. */
const THINGS: Readonly<Record<string, readonly Thing[]>> = {
  // A hall without a measure of light, a stairwell that has one.
  hall: [
    ["binary_sensor.hall_motion", "off", of("motion")],
    ["light.hall", "off", dimmable],
    ["lock.front_door", "locked", {}, "lock"],
    ["sensor.front_door_battery", "80", measured("battery", "%"), "lock"],
    ["binary_sensor.front_door", "off", of("door")],
    ["alarm_control_panel.house", "disarmed", { supported_features: 7 }],
    ["binary_sensor.hall_smoke", "off", of("smoke")],
  ],
  landing: [
    ["binary_sensor.landing_motion", "off", of("motion")],
    ["sensor.landing_illuminance", "12", measured("illuminance", "lx")],
    ["light.landing", "off", dimmable],
  ],
  living_room: [
    ["binary_sensor.living_room_presence", "off", of("occupancy")],
    ["sensor.living_room_illuminance", "300", measured("illuminance", "lx")],
    ["light.living_room_lamp", "off", warm],
    ["light.fairy_lights", "off", dimmable],
    ["media_player.tv", "off", of("tv", { supported_features: 24_381 }), "tv"],
    ["media_player.speaker", "idle", of("speaker", { supported_features: 4_127_295 })],
    ["binary_sensor.living_room_window", "off", of("window")],
    ["climate.living_room", "heat", thermostat, "radiator"],
    ["binary_sensor.radiator_battery", "off", of("battery"), "radiator"],
    ["sensor.living_room_temperature", "21", measured("temperature", "°C")],
    ["sensor.living_room_humidity", "45", measured("humidity", "%")],
    ["sensor.living_room_co2", "700", measured("carbon_dioxide", "ppm")],
    ["sensor.living_room_pm25", "5", measured("pm25", "µg/m³")],
    ["fan.living_room_ceiling_fan", "off", { supported_features: 48 }],
    ["fan.air_purifier", "off", { supported_features: 48 }],
    ["humidifier.living_room", "off", of("humidifier")],
    ["cover.living_room_blind", "open", of("blind", { supported_features: 15 })],
    ["event.living_room_button", "unknown", of("button", { event_types: ["initial_press"] })],
    ["sensor.plant_fern_soil", "40", measured("moisture", "%")],
    ["switch.lamp_plug", "off", of("outlet")],
  ],
  bedroom: [
    ["binary_sensor.bedroom_motion", "off", of("motion")],
    ["light.bedroom", "off", dimmable],
  ],
  bathroom: [
    ["sensor.bathroom_humidity", "55", measured("humidity", "%")],
    ["switch.bathroom_fan", "off"],
    ["climate.bathroom", "heat", thermostat],
    ["binary_sensor.bathroom_leak", "off", of("moisture")],
    ["binary_sensor.boiler_gas", "off", of("carbon_monoxide")],
  ],
  kitchen: [
    ["binary_sensor.fridge_door", "off", of("door"), "fridge"],
    ["sensor.fridge_temperature", "5", measured("temperature", "°C"), "fridge"],
    ["sensor.freezer_temperature", "-18", measured("temperature", "°C"), "freezer"],
    ["binary_sensor.oven_heating", "off", of("heat"), "oven"],
    ["switch.coffee_machine", "off", of("outlet")],
    ["switch.iron", "off", of("outlet")],
    ["sensor.dishwasher_power", "1", measured("power", "W"), "dishwasher plug"],
    ["sensor.steam_oven_operation", "ready", program, "steam"],
    ["binary_sensor.steam_oven_door", "off", of("door"), "steam"],
  ],
  laundry: [
    ["sensor.washing_machine_power", "1", measured("power", "W"), "washer plug"],
    ["sensor.tumble_dryer_power", "0.001", measured("power", "kW"), "dryer plug"],
  ],
  cellar: [
    ["light.cellar", "off", dimmable],
    ["sensor.cellar_humidity", "60", measured("humidity", "%")],
    ["switch.dehumidifier", "off"],
    ["valve.main_water", "open", of("water", { supported_features: 3 })],
    ["switch.water_boiler", "off"],
    ["water_heater.tank", "eco", { supported_features: 7, operation_list: ["eco"] }],
    ["sensor.solar_power", "100", measured("power", "W")],
    ["sensor.electricity_meter_power", "0.31", measured("power", "kW")],
  ],
  storage: [
    ["binary_sensor.storage_door", "off", of("door")],
    ["light.storage", "off", { supported_color_modes: ["onoff"] }],
  ],
  garage: [
    ["cover.garage_door", "closed", of("garage", { supported_features: 3 })],
    ["switch.wallbox_charging", "off"],
  ],
  garden: [
    ["binary_sensor.garden_motion", "off", of("motion")],
    ["light.garden", "off", dimmable],
    ["event.doorbell", "unknown", of("doorbell", { event_types: ["ring"] }), "doorbell"],
    ["binary_sensor.mailbox", "off", of("opening")],
    ["cover.awning", "closed", of("awning", { supported_features: 3 })],
    ["sensor.garden_wind", "3", measured("wind_speed", "m/s")],
    ["sensor.garden_temperature", "8", measured("temperature", "°C")],
    ["valve.irrigation", "closed", of("water", { supported_features: 3 })],
    ["lawn_mower.robot", "docked", { supported_features: 7 }],
  ],
};

const ELSEWHERE: readonly Thing[] = [
  ["sun.sun", "below_horizon", { elevation: -8 }],
  ["zone.home", "2", {}],
  ["person.ann", "home", { user_id: "ann", device_trackers: ["device_tracker.ann"] }],
  ["person.ben", "home", { device_trackers: ["device_tracker.ben"] }],
  ["input_boolean.vacation_mode", "off"],
  ["weather.home", "cloudy", { temperature: 8, temperature_unit: "°C" }],
  ["calendar.waste_collection", "off"],
  ["vacuum.robot", "docked", { supported_features: 12_316 }],
  ["sensor.electricity_price", "0.31", { unit_of_measurement: "EUR/kWh" }],
  ["sensor.grid_carbon", "320", { unit_of_measurement: "gCO2eq/kWh" }],
  ["sensor.outdoor_aqi", "42", of("aqi")],
  ["sensor.ann_phone_next_alarm", "2026-09-08T04:30:00+00:00", of("timestamp"), "phone"],
  ["sensor.team_tracker", "PRE", { team_abbr: "FCB", team_name: "FC Bayern" }],
  ["update.home_assistant_core_update", "off", { supported_features: 3 }],
];

const DIAGNOSTIC = /_battery$/;
const nameOf = (id: string) =>
  (id.split(".")[1] ?? "").replaceAll("_", " ").replace(/^\w/, (first) => first.toUpperCase());

function entity([entityId, state, attributes = {}, deviceId]: Thing, areaId?: string) {
  return {
    ...{ entityId, state, attributes, name: nameOf(entityId) },
    ...(areaId !== undefined && { areaId }),
    ...(deviceId !== undefined && { deviceId }),
    ...(DIAGNOSTIC.test(entityId) && { category: "diagnostic" }),
  };
}

/** Names of actions by domain, each with what it must be given. */
const SERVICES: Readonly<Record<string, string>> = {
  light: "turn_on turn_off",
  switch: "turn_on turn_off",
  fan: "turn_on turn_off",
  humidifier: "turn_on turn_off",
  cover: "open_cover close_cover set_cover_position(position)",
  climate: "set_temperature set_hvac_mode(hvac_mode)",
  water_heater: "set_away_mode(away_mode)",
  media_player: "turn_off media_play media_pause volume_set(volume_level)",
  lock: "lock",
  valve: "open_valve close_valve",
  vacuum: "start",
  lawn_mower: "dock",
  alarm_control_panel: "alarm_arm_away alarm_arm_night",
};
const TELLING = ["mobile_app_ann", "mobile_app_ben"];

function services() {
  const acting = Object.entries(SERVICES).map(([domain, names]) => {
    const actions = names.split(" ").map((text) => {
      const [, name = "", needed] = /^(\w+)(?:\((\w+)\))?$/.exec(text) ?? [];
      const fields = needed === undefined ? {} : { [needed]: { required: true } };
      return [name, { target: { entity: [{ domain: [domain] }] }, fields }];
    });
    return [domain, Object.fromEntries(actions)];
  });
  const message = { fields: { message: { required: true }, title: {}, data: {} } };
  return {
    ...Object.fromEntries(acting),
    notify: Object.fromEntries(TELLING.map((name) => [name, message])),
    persistent_notification: { create: message },
  };
}

/** A house in which every template finds a place; `without` leaves things out. */
export function templatesHome(without: RegExp = /^$/): HomeSnapshot {
  const placed = Object.entries(THINGS).flatMap(([areaId, things]) =>
    things.map((thing) => entity(thing, areaId)),
  );
  const entities = [...placed, ...ELSEWHERE.map((thing) => entity(thing))].filter(
    ({ entityId }) => !without.test(entityId),
  );
  const devices = new Set(entities.flatMap((one) => ("deviceId" in one ? one.deviceId : [])));
  return toSnapshot({
    ...{ version: "2026.9.1", services: services(), entities },
    areas: Object.keys(THINGS).map((id) => ({ id, name: nameOf(`area.${id}`), floorId: "house" })),
    floors: [{ id: "house", name: "House" }],
    devices: [...devices].map((id) => ({ id, name: nameOf(`device.${id}`) })),
  });
}
