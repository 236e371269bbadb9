import { type Raw, READY, type Scenario, started } from "./scenario.ts";
import { attributesOf, degrees, percent, type Said } from "./told.ts";

/** A condition on one entity as it stands at the start. */
const stands = (key: string, entity: string, said: Said, options: Raw = {}): Scenario =>
  started(
    `condition: ${key} of ${JSON.stringify(said)} ${JSON.stringify(options)}`,
    { conditions: [{ condition: key, target: { entity_id: `${entity}.§e` }, options }] },
    { initial: { [`${entity}.§e`]: said } },
  );

const sky = (key: string, options: Raw = {}): Scenario =>
  started(`condition: ${key} ${JSON.stringify(options)}`, {
    conditions: [{ condition: key, options }],
  });

const heldFor = (key: string, entity: string, states: readonly [Said, Said, Said]): Scenario => {
  const [first, ...later] = states;
  return {
    name: `condition: ${key}, held`,
    automations: [
      {
        triggers: [{ trigger: "state", entity_id: "sensor.§go", to: null }],
        conditions: [
          {
            condition: key,
            target: { entity_id: `${entity}.§e` },
            options: { for: { seconds: 3 } },
          },
        ],
        actions: [{ action: "input_boolean.turn_on", target: { entity_id: "input_boolean.§out" } }],
        mode: "queued",
      },
    ],
    initial: { ...READY, [`${entity}.§e`]: first },
    steps: [
      ...later.map(
        (said, n) =>
          [
            n * 2 + 1,
            `${entity}.§e`,
            typeof said === "string" ? said : said[0],
            attributesOf(said),
          ] as const,
      ),
      ...[2, 5.2, 8].map((at, n) => [at, "sensor.§go", String(n + 1)] as const),
    ],
  };
};

/** One or more of every kind of purpose-specific condition. */
export const PURPOSE_CONDITIONS: readonly Scenario[] = [
  stands("media_player.is_muted", "media_player", ["on", { volume_level: 0 }]),
  stands("media_player.is_unmuted", "media_player", "on"),
  stands("media_player.is_playing", "media_player", "buffering"),
  stands("media_player.is_not_playing", "media_player", "buffering"),
  stands("media_player.is_on", "media_player", "standby"),
  stands("media_player.is_current_source", "media_player", ["on", { source: "TV" }], {
    source: ["TV"],
  }),
  stands(
    "media_player.is_volume",
    "media_player",
    ["on", { volume_level: 0.6 }],
    percent("above", 50),
  ),
  stands("timer.is_idle", "timer", "idle"),
  stands("climate.is_on", "climate", "heat"),
  stands("climate.is_heating", "climate", ["heat", { hvac_action: "heating" }]),
  stands("climate.is_hvac_mode", "climate", "heat", { hvac_mode: ["cool"] }),
  stands(
    "climate.is_target_temperature",
    "climate",
    ["heat", { temperature: 20 }],
    degrees("below", 70, "°F"),
  ),
  stands("humidifier.is_mode", "humidifier", ["on", { mode: "eco" }], { mode: ["eco"] }),
  stands(
    "humidifier.is_target_humidity",
    "humidifier",
    ["on", { humidity: 60 }],
    percent("above", 50),
  ),
  stands("water_heater.is_on", "water_heater", "strange"),
  stands("window.is_open", "cover", ["opening", { device_class: "window", is_closed: true }]),
  stands("window.is_closed", "cover", ["opening", { device_class: "window", is_closed: true }]),
  stands("valve.is_open", "valve", ["open", { is_closed: false }]),
  stands("counter.is_value", "counter", "5", percent("above", 4)),
  stands("select.is_option_selected", "select", "b", { option: ["a", "b"] }),
  stands("text.is_equal_to", "text", "b", { value: "b" }),
  stands("todo.all_completed", "todo", "0"),
  stands("todo.incomplete", "todo", "3", percent("above", 2)),
  stands("update.is_not_available", "update", "off"),
  stands("lawn_mower.is_idle", "lawn_mower", "idle"),
  stands("calendar.is_event_active", "calendar", "on"),
  stands("illuminance.is_not_detected", "binary_sensor", ["off", { device_class: "light" }]),
  stands("air_quality.is_gas_cleared", "binary_sensor", ["off", { device_class: "gas" }]),
  stands(
    "power.is_value",
    "sensor",
    ["2", { device_class: "power", unit_of_measurement: "kW" }],
    degrees("above", 1500, "W"),
  ),
  stands(
    "battery.is_level",
    "sensor",
    ["80", { device_class: "battery", unit_of_measurement: "%" }],
    percent("below", 50),
  ),
  stands("alarm_control_panel.is_armed", "alarm_control_panel", "armed_custom_bypass"),
  stands("alarm_control_panel.is_armed_home", "alarm_control_panel", "armed_home"),
  stands("zone.in_zone", "person", ["home", { in_zones: ["zone.home"] }], { zone: "zone.home" }),
  stands("zone.not_in_zone", "person", ["home", { in_zones: ["zone.home"] }], {
    zone: "zone.home",
  }),
  stands(
    "temperature.is_value",
    "sensor",
    ["unknown", { device_class: "temperature" }],
    degrees("above", 1, "°C"),
  ),
  ...["up", "set", "ascending", "descending", "night", "morning_twilight", "evening_twilight"].map(
    (name) => sky(`sun.is_${name}`),
  ),
  ...["golden_hour", "blue_hour", "midnight_sun", "polar_night"].map((name) =>
    sky(`sun.is_${name}`),
  ),
  sky("sun.is_morning_twilight", { type: "civil" }),
  sky("sun.is_golden_hour", { period: "evening" }),
  ...["is_waxing", "is_waning"].map((name) => sky(`moon.${name}`)),
  ...["new_moon", "waxing_crescent", "first_quarter", "waxing_gibbous", "full_moon"].map((phase) =>
    sky("moon.is_phase", { phase }),
  ),
  heldFor("climate.is_on", "climate", ["off", "heat", "cool"]),
  heldFor("climate.is_heating", "climate", [
    ["heat", { hvac_action: "idle" }],
    ["heat", { hvac_action: "heating" }],
    ["heat", { hvac_action: "heating", x: 1 }],
  ]),
  heldFor("light.is_on", "light", ["off", "on", ["on", { x: 1 }]]),
  heldFor("media_player.is_muted", "media_player", [
    ["on", { volume_level: 1 }],
    ["on", { volume_level: 0 }],
    ["on", { volume_level: 0.5, is_volume_muted: true }],
  ]),
];
