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
import { chooses, hasValue, type Look, leaves, moves, turns } from "./rule.ts";
import type { EntityKind } from "./seen.ts";
import { IN_ZONE, NOT_IN_ZONE, OCCUPIED, VACATED } from "./zones.ts";

type Looks = Readonly<Record<string, Look>>;

/** `<domain>.is_<name>` for each name and the state that it asks for. */
const are = (domain: string, names: Readonly<Record<string, string>>, of = ons(domain)): Looks =>
  Object.fromEntries(
    Object.entries(names).map(([name, state]) => [`${domain}.is_${name}`, turns(of, state)]),
  );

const ON_OFF = { on: "on", off: "off" };

const detected = (prefix: string, deviceClass: string, cleared: string): Looks => ({
  [`${prefix}detected`]: turns([binary(deviceClass)], "on"),
  [`${prefix}${cleared}`]: turns([binary(deviceClass)], "off"),
});

const open = (prefix: string, of: readonly EntityKind[]): Looks => ({
  [`${prefix}is_open`]: turns(of, false, "on"),
  [`${prefix}is_closed`]: turns(of, true, "off"),
});

const everywhere = (look: Look): Look => ({ ...look, everyCategory: true });

const BATTERY: Looks = {
  "battery.is_low": everywhere(turns([binary("battery")], "on")),
  "battery.is_not_low": everywhere(turns([binary("battery")], "off")),
  "battery.is_charging": everywhere(turns([binary("battery_charging")], "on")),
  "battery.is_not_charging": everywhere(turns([binary("battery_charging")], "off")),
};

const ALARM = ons("alarm_control_panel");
const ALARMS: Looks = {
  "alarm_control_panel.is_armed": turns(ALARM, ...ARMED),
  ...Object.fromEntries(
    Object.entries(ARM_FEATURES).map(([name, feature]) => [
      `alarm_control_panel.is_armed_${name}`,
      { ...turns(ALARM, `armed_${name}`), feature },
    ]),
  ),
  ...are("alarm_control_panel", { disarmed: "disarmed", triggered: "triggered" }),
};

const ACTION = [attributeOf("climate", "hvac_action")];
const MOISTENING = [attributeOf("humidifier", "action")];
const WATER = ons("water_heater");
const CLIMATE: Looks = {
  "climate.is_off": turns(ons("climate"), "off"),
  "climate.is_on": turns(ons("climate"), ...ACTIVE_MODES),
  "climate.is_cooling": turns(ACTION, "cooling"),
  "climate.is_drying": turns(ACTION, "drying"),
  "climate.is_heating": turns(ACTION, "heating"),
  "climate.is_hvac_mode": chooses(ons("climate"), "hvac_mode"),
  "humidifier.is_drying": turns(MOISTENING, "drying"),
  "humidifier.is_humidifying": turns(MOISTENING, "humidifying"),
  "humidifier.is_mode": {
    ...chooses([attributeOf("humidifier", "mode")], "mode"),
    feature: HUMIDIFIER_HAS_MODES,
  },
  "humidifier.is_target_humidity": moves([attributeOf("humidifier", "humidity")], {
    ...{ unit: "%", onlyWithValue: true },
  }),
  "water_heater.is_off": turns(WATER, "off"),
  "water_heater.is_on": leaves(WATER, "off"),
  "water_heater.is_operation_mode": chooses(WATER, "operation_mode"),
};

const muted = (isWanted: boolean): Look => ({
  of: PLAYER,
  counts: saysVolume,
  isMet: (seen) => saysVolume(seen) && isMuted(seen) === isWanted,
});

const PLAYERS: Looks = {
  ...are("media_player", { off: "off", paused: "paused", playing: "playing" }),
  "media_player.is_on": turns(PLAYER, "buffering", "idle", "on", "paused", "playing"),
  "media_player.is_not_playing": turns(PLAYER, "buffering", "idle", "off", "on", "paused"),
  "media_player.is_muted": muted(true),
  "media_player.is_unmuted": muted(false),
  "media_player.is_current_source": {
    ...chooses([attributeOf("media_player", "source")], "source"),
    counts: hasValue,
  },
};

/**
 * Whether it is so now.
 *
 * Each as its integration's `condition.py` has it, Home Assistant 2026.11.
 */
export const CONDITION_RULES: ReadonlyMap<string, Look> = new Map(
  Object.entries<Look>({
    ...are("light", ON_OFF),
    ...are("switch", ON_OFF, SWITCHES),
    ...are("fan", ON_OFF),
    ...are("remote", ON_OFF),
    ...are("siren", ON_OFF),
    ...are("humidifier", ON_OFF),
    ...are("schedule", ON_OFF),
    ...Object.assign(
      {},
      ...["motion", "occupancy", "vibration", "moisture"].map((name) =>
        detected(`${name}.is_`, name, "not_detected"),
      ),
    ),
    ...detected("illuminance.is_", "light", "not_detected"),
    ...detected("air_quality.is_gas_", "gas", "cleared"),
    ...detected("air_quality.is_smoke_", "smoke", "cleared"),
    ...detected("air_quality.is_co_", "carbon_monoxide", "cleared"),
    ...Object.assign({}, ...OPENINGS.map(([name, of]) => open(`${name}.`, of))),
    ...Object.assign({}, ...SHADINGS.map((name) => open(`cover.${name}_`, [cover(name)]))),
    ...open("valve.", VALVE),
    ...{ ...BATTERY, ...ALARMS, ...CLIMATE, ...PLAYERS },
    ...are("lock", { jammed: "jammed", locked: "locked", open: "open", unlocked: "unlocked" }),
    ...are("assist_satellite", {
      ...{ idle: "idle", listening: "listening" },
      ...{ processing: "processing", responding: "responding" },
    }),
    ...are("vacuum", {
      ...{ cleaning: "cleaning", docked: "docked", encountering_an_error: "error" },
      ...{ paused: "paused", returning: "returning" },
    }),
    ...are("lawn_mower", {
      ...{ docked: "docked", encountering_an_error: "error", idle: "idle" },
      ...{ mowing: "mowing", paused: "paused", returning: "returning" },
    }),
    ...are("timer", { active: "active", paused: "paused", idle: "idle" }),
    ...are("update", { available: "on", not_available: "off" }),
    "calendar.is_event_active": turns(ons("calendar"), "on"),
    "counter.is_value": moves(ons("counter"), {}),
    "select.is_option_selected": chooses(SELECTS, "option"),
    "text.is_equal_to": {
      of: TEXTS,
      sinceChange: true,
      isMet: ({ value }, { options }) => value === String(options.value),
    },
    "todo.all_completed": turns(ons("todo"), "0"),
    "todo.incomplete": moves(ons("todo"), {}),
    "zone.in_zone": IN_ZONE,
    "zone.not_in_zone": NOT_IN_ZONE,
    "zone.occupancy_is_detected": OCCUPIED,
    "zone.occupancy_is_not_detected": VACATED,
    "sun.elevation": { ...moves(ELEVATION.of, ELEVATION.measure), entity: ELEVATION.entity },
    ...Object.assign(
      {},
      ...NUMBERS.map(({ condition, of, measure, everyCategory }) => ({
        [condition]: { ...moves(of, measure), ...everyCategory },
      })),
    ),
  }),
);
