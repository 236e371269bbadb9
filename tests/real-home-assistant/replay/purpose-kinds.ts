import { one, type Raw, type Scenario } from "./scenario.ts";
import { percent, type Step, told } from "./told.ts";

const PLAYING: readonly Step[] = [
  ["buffering"],
  ["playing"],
  ["paused"],
  ["playing"],
  ["standby"],
  ["playing"],
  ["idle"],
  ["off"],
  ["unavailable"],
  ["playing"],
  ["off"],
  ["on"],
];
const player = (key: string) =>
  told(`media_player.${key}`, "media_player", { first: "idle", steps: PLAYING });

const SOUND: readonly Step[] = [
  ["playing", { volume_level: 0 }],
  ["playing", { volume_level: 0, is_volume_muted: true }],
  ["playing", { volume_level: 0.4, is_volume_muted: true }],
  ["playing", { volume_level: 0.4, is_volume_muted: false }],
  ["playing", { volume_level: null, is_volume_muted: null }],
  ["playing", { volume_level: 0.6, is_volume_muted: null }],
  ["playing", { volume_level: 0.6, is_volume_muted: true }],
];
const sound = (key: string, options?: Raw) =>
  told(`media_player.${key}`, "media_player", {
    first: ["playing", { volume_level: 0.5 }],
    steps: SOUND,
    ...(options ? { options } : {}),
  });

const TIMES: readonly Step[] = [
  ["active", { last_transition: "started" }],
  ["paused", { last_transition: "paused" }],
  ["active", { last_transition: "restarted" }],
  ["active", { last_transition: "restarted", x: 1 }],
  ["idle", { last_transition: "finished" }],
  ["active", { last_transition: "started" }],
  ["idle", { last_transition: "cancelled" }],
];
const timer = (key: string) =>
  told(`timer.${key}`, "timer", { first: ["idle", { last_transition: "finished" }], steps: TIMES });

const CLOSING: readonly Step[] = [
  ["opening", { is_closed: true }],
  ["opening", { is_closed: false }],
  ["open", { is_closed: false }],
  ["closing", { is_closed: false }],
  ["closed", { is_closed: true }],
  ["unknown", { is_closed: null }],
  ["closed", { is_closed: true }],
];
const moved = (key: string, domain: string, device_class?: string) =>
  told(key, domain, {
    first: ["closed", { is_closed: true, ...(device_class ? { device_class } : {}) }],
    steps: CLOSING,
  });

const BINARY: readonly Step[] = [["on"], ["unknown"], ["off"], ["on"], ["off"]];
const binary = (key: string, device_class: string) =>
  told(key, "binary_sensor", { first: ["off", { device_class }], steps: BINARY });

const COUNT: readonly Step[] = [
  ["1"],
  ["3"],
  ["3", { x: 1 }],
  ["2"],
  ["0"],
  ["many"],
  ["3"],
  ["1"],
];
const counter = (key: string) =>
  told(`counter.${key}`, "counter", {
    first: ["0", { maximum: 3, minimum: 0, initial: 1 }],
    steps: COUNT,
  });

const ARM = { supported_features: 3 };
const ALARM: readonly Step[] = [
  ["arming"],
  ["armed_home"],
  ["armed_away"],
  ["armed_night"],
  ["triggered"],
  ["disarmed"],
  ["armed_away"],
];
const alarm = (key: string) =>
  told(`alarm_control_panel.${key}`, "alarm_control_panel", {
    first: ["disarmed", ARM],
    steps: ALARM,
  });

const MODES: readonly Step[] = [
  ["heat", { hvac_action: "idle" }],
  ["heat", { hvac_action: "heating" }],
  ["cool", { hvac_action: "cooling" }],
  ["unavailable"],
  ["heat", { hvac_action: "heating" }],
  ["off", { hvac_action: "off" }],
  ["auto", { hvac_action: "heating" }],
];
const climate = (key: string, options?: Raw) =>
  told(`climate.${key}`, "climate", {
    first: ["off", { hvac_action: "off", temperature: 20, current_temperature: 19 }],
    steps: MODES,
    ...(options ? { options } : {}),
  });

const MOMENT = "2026-01-01T00:00:00+00:00";
const LATER = "2026-01-01T00:00:05+00:00";
const LAST = "2026-01-01T00:00:09+00:00";
const PRESSES: readonly Step[] = [[MOMENT], ["unavailable"], [MOMENT], [LATER]];
const event = (key: string, options?: Raw) =>
  told(key, "event", {
    first: ["unknown", { device_class: "doorbell" }],
    steps: [
      [MOMENT, { event_type: "ring" }],
      [LATER, { event_type: "motion" }],
      [LAST, { event_type: "ring" }],
    ],
    ...(options ? { options } : {}),
  });

const WHERE: readonly Step[] = [
  ["home", { in_zones: ["zone.home"] }],
  ["home", { in_zones: ["zone.home"], x: 1 }],
  ["unavailable", { in_zones: ["zone.home"] }],
  ["home", { in_zones: ["zone.home"] }],
  ["not_home", { in_zones: [] }],
];
const person = (key: string) =>
  told(key, "person", {
    first: ["not_home", { in_zones: [] }],
    steps: WHERE,
    options: { zone: "zone.home" },
  });

/** One or more of every kind of purpose-specific trigger. */
export const PURPOSE_KINDS: readonly Scenario[] = [
  ...["started_playing", "stopped_playing", "paused_playing", "turned_on", "turned_off"].map(
    player,
  ),
  ...["muted", "unmuted"].map((key) => sound(key)),
  sound("volume_crossed_threshold", percent("above", 50)),
  sound("volume_changed", { threshold: { type: "any" } }),
  ...["started", "paused", "restarted", "finished", "cancelled"].map(timer),
  moved("window.opened", "cover", "window"),
  moved("window.closed", "cover", "window"),
  moved("cover.blind_opened", "cover", "blind"),
  moved("cover.blind_closed", "cover", "blind"),
  moved("valve.opened", "valve"),
  moved("valve.closed", "valve"),
  binary("door.opened", "door"),
  binary("door.closed", "door"),
  binary("air_quality.gas_detected", "gas"),
  binary("moisture.cleared", "moisture"),
  binary("battery.became_low", "battery"),
  binary("illuminance.detected", "light"),
  ...["incremented", "decremented", "maximum_reached", "minimum_reached", "reset"].map(counter),
  ...["armed", "armed_away", "armed_night", "disarmed", "triggered"].map(alarm),
  ...["turned_on", "turned_off", "started_heating", "started_cooling"].map((key) => climate(key)),
  climate("hvac_mode_changed", { hvac_mode: ["heat", "cool"] }),
  told("humidifier.mode_changed", "humidifier", {
    first: ["on", { mode: "normal", supported_features: 1 }],
    steps: [
      ["on", { mode: "eco" }],
      ["on", { mode: "boost" }],
      ["on", { mode: "normal" }],
      ["on", { mode: "boost" }],
    ],
    options: { mode: ["eco", "boost"] },
  }),
  told("humidifier.started_humidifying", "humidifier", {
    first: ["on", { action: "idle" }],
    steps: [
      ["on", { action: "humidifying" }],
      ["on", { action: "drying" }],
      ["on", { action: "humidifying" }],
    ],
  }),
  told("water_heater.turned_on", "water_heater", {
    first: "off",
    steps: [["eco"], ["gas"], ["off"], ["strange"], ["off"], ["unknown"], ["eco"]],
  }),
  told("water_heater.operation_mode_changed", "water_heater", {
    first: "off",
    steps: [["eco"], ["gas"], ["off"], ["gas"]],
    options: { operation_mode: ["gas"] },
  }),
  told("button.pressed", "button", { first: "unknown", steps: PRESSES }),
  told("scene.activated", "scene", { first: "unknown", steps: PRESSES }),
  event("doorbell.rang"),
  event("event.received", { event_type: ["motion"] }),
  told("select.selection_changed", "select", {
    first: "a",
    steps: [["b"], ["unknown"], ["c"], ["c", { x: 1 }], ["a"]],
  }),
  told("text.changed", "text", { first: "a", steps: [["b"], ["unknown"], ["c"], ["a"]] }),
  told("schedule.block_started", "schedule", {
    first: ["off", { next_event: "1" }],
    steps: [
      ["on", { next_event: "2" }],
      ["on", { next_event: "2", x: 1 }],
      ["on", { next_event: "3" }],
      ["off", { next_event: "4" }],
    ],
  }),
  told("schedule.block_ended", "schedule", { first: "on", steps: [["off"], ["on"], ["off"]] }),
  told("lock.unlocked", "lock", {
    first: "locked",
    steps: [["unlocking"], ["unlocked"], ["open"], ["unlocked"]],
  }),
  told("vacuum.errored", "vacuum", {
    first: "docked",
    steps: [["cleaning"], ["error"], ["error", { x: 1 }]],
  }),
  told("lawn_mower.became_idle", "lawn_mower", { first: "mowing", steps: [["idle"], ["docked"]] }),
  told("update.became_available", "update", { first: "off", steps: [["on"], ["off"], ["on"]] }),
  told("assist_satellite.listening", "assist_satellite", {
    first: "idle",
    steps: [["listening"], ["idle"]],
  }),
  person("zone.entered"),
  person("zone.left"),
  players("all", { behavior: "all" }),
  players("the first", { behavior: "first" }),
];

/** Two of three can be muted; the third does not count. */
function players(name: string, options: Raw): Scenario {
  const ids = ["a", "b", "c"].map((one) => `media_player.§${one}`);
  const [a, b, c] = ids as [string, string, string];
  return {
    name: `media_player.muted, ${name}`,
    automations: one({ trigger: "media_player.muted", target: { entity_id: ids }, options }),
    initial: {
      [a]: ["playing", { volume_level: 1 }],
      [b]: ["playing", { volume_level: 1 }],
      [c]: "on",
    },
    steps: [
      [1, a, "playing", { volume_level: 0 }],
      [2, b, "playing", { volume_level: 0 }],
      [3, a, "playing", { volume_level: 1 }],
      [4, a, "playing", { volume_level: 0 }],
    ],
  };
}
