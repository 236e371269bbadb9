import {
  ACTIVE_MODES,
  ARM_FEATURES,
  ARMED,
  attributeOf,
  binary,
  cover,
  HUMIDIFIER_HAS_MODES,
  OPENINGS,
  ons,
  PLAYER,
  SELECTS,
  SHADINGS,
  SWITCHES,
  TEXTS,
  VALVE,
} from "./entities.ts";
import { ELEVATION, NUMBERS } from "./numbers.ts";
import { isMuted, saysVolume } from "./player.ts";
import {
  changes,
  chooses,
  crosses,
  goes,
  happens,
  leaves,
  moves,
  type Rule,
  turns,
} from "./rule.ts";
import type { EntityKind, Seen } from "./seen.ts";
import { ENTERED, LEFT, OCCUPIED, VACATED } from "./zones.ts";

type Rules = Readonly<Record<string, Rule>>;

const onOff = (domain: string, of: readonly EntityKind[] = ons(domain)): Rules => ({
  [`${domain}.turned_on`]: turns(of, "on"),
  [`${domain}.turned_off`]: turns(of, "off"),
});

const detected = (prefix: string, deviceClass: string): Rules => ({
  [`${prefix}detected`]: turns([binary(deviceClass)], "on"),
  [`${prefix}cleared`]: turns([binary(deviceClass)], "off"),
});

const opens = (prefix: string, of: readonly EntityKind[]): Rules => ({
  [`${prefix}opened`]: goes(of, [true, "off"], [false, "on"]),
  [`${prefix}closed`]: goes(of, [false, "on"], [true, "off"]),
});

/** `<domain>.<name>` for each name and the state that it waits for. */
const states = (domain: string, names: Readonly<Record<string, string>>): Rules =>
  Object.fromEntries(
    Object.entries(names).map(([name, state]) => [`${domain}.${name}`, turns(ons(domain), state)]),
  );

const everywhere = (rule: Rule): Rule => ({ ...rule, everyCategory: true });

const BATTERY: Rules = {
  "battery.became_low": everywhere(turns([binary("battery")], "on")),
  "battery.no_longer_low": everywhere(turns([binary("battery")], "off")),
  "battery.started_charging": everywhere(turns([binary("battery_charging")], "on")),
  "battery.stopped_charging": everywhere(turns([binary("battery_charging")], "off")),
};

const ALARM = ons("alarm_control_panel");
const UNARMED = ["arming", "disarmed", "disarming", "pending", "triggered"];
const ALARMS: Rules = {
  "alarm_control_panel.armed": goes(ALARM, UNARMED, ARMED),
  ...Object.fromEntries(
    Object.entries(ARM_FEATURES).map(([name, feature]) => [
      `alarm_control_panel.armed_${name}`,
      { ...turns(ALARM, `armed_${name}`), feature },
    ]),
  ),
  "alarm_control_panel.disarmed": turns(ALARM, "disarmed"),
  "alarm_control_panel.triggered": turns(ALARM, "triggered"),
};

const ACTION = [attributeOf("climate", "hvac_action")];
const CLIMATE: Rules = {
  "climate.turned_off": turns(ons("climate"), "off"),
  "climate.turned_on": goes(ons("climate"), ["off"], ACTIVE_MODES),
  "climate.started_cooling": turns(ACTION, "cooling"),
  "climate.started_drying": turns(ACTION, "drying"),
  "climate.started_heating": turns(ACTION, "heating"),
  "climate.hvac_mode_changed": chooses(ons("climate"), "hvac_mode"),
  "humidifier.started_drying": turns([attributeOf("humidifier", "action")], "drying"),
  "humidifier.started_humidifying": turns([attributeOf("humidifier", "action")], "humidifying"),
  "humidifier.mode_changed": {
    ...chooses([attributeOf("humidifier", "mode")], "mode"),
    feature: HUMIDIFIER_HAS_MODES,
  },
  "water_heater.turned_off": turns(ons("water_heater"), "off"),
  "water_heater.turned_on": leaves(ons("water_heater"), "off"),
  "water_heater.operation_mode_changed": chooses(ons("water_heater"), "operation_mode"),
};

const muted = (isWanted: boolean): Rule => ({
  of: PLAYER,
  counts: saysVolume,
  isMet: (seen) => saysVolume(seen) && isMuted(seen) === isWanted,
  isTransition: (from, to) => saysVolume(to) && isMuted(from) !== isMuted(to),
});

const STILL = ["idle", "off", "on"];
const PLAYERS: Rules = {
  "media_player.muted": muted(true),
  "media_player.unmuted": muted(false),
  "media_player.paused_playing": goes(PLAYER, ["buffering", "playing"], ["paused"]),
  "media_player.started_playing": goes(PLAYER, [...STILL, "paused"], ["buffering", "playing"]),
  "media_player.stopped_playing": goes(PLAYER, ["buffering", "paused", "playing"], STILL),
  "media_player.turned_off": goes(
    PLAYER,
    ["buffering", "idle", "on", "paused", "playing"],
    ["off"],
  ),
  "media_player.turned_on": goes(PLAYER, ["off"], ["buffering", "idle", "on", "paused", "playing"]),
};

const TIMER = [attributeOf("timer", "last_transition")];
const TIMERS: Rules = Object.fromEntries(
  ["cancelled", "finished", "paused", "restarted", "started"].map((name) => [
    `timer.${name}`,
    turns(TIMER, name),
  ]),
);

const COUNTER = ons("counter");
const WHOLE = /^[+-]?\d+$/;
const isWhole = ({ state }: Seen) => WHOLE.test(state.state.trim());
const steps = (isRight: (from: number, to: number) => boolean): Rule => ({
  of: COUNTER,
  isMet: isWhole,
  isTransition: (from, to) =>
    isWhole(from) && isRight(Number(from.state.state), Number(to.state.state)),
});
const reaches = (attribute: string): Rule =>
  changes(COUNTER, ({ state }) => {
    const limit = state.attributes[attribute] ?? null;
    return limit !== null && state.state === String(limit);
  });
const COUNTERS: Rules = {
  "counter.incremented": steps((from, to) => from < to),
  "counter.decremented": steps((from, to) => from > to),
  "counter.maximum_reached": reaches("maximum"),
  "counter.minimum_reached": reaches("minimum"),
  "counter.reset": reaches("initial"),
};

const eventType = ({ state }: Seen) => state.attributes.event_type;
const MOMENTS: Rules = {
  "button.pressed": happens(ons("button", "input_button")),
  "scene.activated": happens(ons("scene")),
  "doorbell.rang": happens(
    [{ domain: "event", deviceClass: "doorbell" }],
    (seen) => eventType(seen) === "ring",
  ),
  "event.received": happens(ons("event"), (seen, { options }) =>
    [options.event_type].flat().includes(eventType(seen) as string),
  ),
  "select.selection_changed": changes(SELECTS),
  "text.changed": changes(TEXTS),
};

/** One block may follow another at once: then only the next event is another. */
const blockStarted: Rule = {
  ...turns(ons("schedule"), "on"),
  isTransition({ state: from }, { state: to }) {
    if (from.state !== "on" && from.state !== "off") return false;
    const [before, after] = [from.attributes.next_event, to.attributes.next_event];
    return after === undefined ? from.state === "off" : before !== after;
  },
};

/** What they were called before 2026.7. */
const FORMER: Readonly<Record<string, string>> = {
  "battery.low": "battery.became_low",
  "battery.not_low": "battery.no_longer_low",
  "lawn_mower.docked": "lawn_mower.returned_to_dock",
  "schedule.turned_off": "schedule.block_ended",
  "update.update_became_available": "update.became_available",
  "vacuum.docked": "vacuum.returned_to_dock",
};

const NOW: Rules = {
  ...onOff("light"),
  ...onOff("switch", SWITCHES),
  ...onOff("fan"),
  ...onOff("remote"),
  ...onOff("siren"),
  ...onOff("humidifier"),
  ...Object.assign(
    {},
    ...["motion", "occupancy", "vibration", "moisture"].map((name) => detected(`${name}.`, name)),
  ),
  ...detected("illuminance.", "light"),
  ...detected("air_quality.gas_", "gas"),
  ...detected("air_quality.smoke_", "smoke"),
  ...detected("air_quality.co_", "carbon_monoxide"),
  ...Object.assign({}, ...OPENINGS.map(([name, of]) => opens(`${name}.`, of))),
  ...Object.assign({}, ...SHADINGS.map((name) => opens(`cover.${name}_`, [cover(name)]))),
  ...opens("valve.", VALVE),
  ...{ ...BATTERY, ...ALARMS, ...CLIMATE, ...PLAYERS, ...TIMERS, ...COUNTERS, ...MOMENTS },
  ...states("lock", { jammed: "jammed", locked: "locked", opened: "open", unlocked: "unlocked" }),
  ...states("schedule", { block_ended: "off", turned_on: "on" }), // `turned_on` before 2026.7
  "schedule.block_started": blockStarted,
  ...states("update", { became_available: "on" }),
  ...states("assist_satellite", {
    ...{ idle: "idle", listening: "listening" },
    ...{ processing: "processing", responding: "responding" },
  }),
  ...states("vacuum", {
    ...{ returned_to_dock: "docked", errored: "error", paused_cleaning: "paused" },
    ...{ started_cleaning: "cleaning", started_returning: "returning" },
  }),
  ...states("lawn_mower", {
    ...{ returned_to_dock: "docked", errored: "error", paused_mowing: "paused" },
    ...{ started_mowing: "mowing", started_returning: "returning", became_idle: "idle" },
  }),
  "sun.elevation_changed": { ...moves(ELEVATION.of, ELEVATION.measure), entity: ELEVATION.entity },
  "sun.elevation_crossed_threshold": {
    ...crosses(ELEVATION.of, ELEVATION.measure),
    entity: ELEVATION.entity,
  },
  "zone.entered": ENTERED,
  "zone.left": LEFT,
  "zone.occupancy_detected": OCCUPIED,
  "zone.occupancy_cleared": VACATED,
  ...Object.assign(
    {},
    ...NUMBERS.map(({ prefix, of, measure, everyCategory }) => ({
      [`${prefix}changed`]: { ...moves(of, measure), ...everyCategory },
      [`${prefix}crossed_threshold`]: { ...crosses(of, measure), ...everyCategory },
    })),
  ),
};

/**
 * The triggers that the states in the history can drive.
 *
 * Each as its integration's `trigger.py` has it, Home Assistant 2026.11.
 */
export const TRIGGER_RULES: ReadonlyMap<string, Rule> = new Map([
  ...Object.entries(NOW),
  ...Object.entries(FORMER).map(([key, now]) => [key, NOW[now] as Rule] as const),
]);
