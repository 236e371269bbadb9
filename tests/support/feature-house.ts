import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { type HomeSnapshot, toSnapshot } from "#src/home/snapshot/snapshot.ts";
import { openPast } from "#src/ingest/history/reader/past-reader.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";
import { openHistory } from "#support/history.ts";

type Attributes = Readonly<Record<string, unknown>>;

/** One moment of a day, on the wall's clock of the house, which is UTC. */
export interface Daily {
  readonly entityId: string;
  readonly at: number;
  readonly state: string;
  readonly attributes?: Attributes;
}

const END = Date.UTC(2026, 8, 1, 18);
export const FEATURES_UNTIL = END;
const at = (hour: number, minute = 0) => hour * HOUR_MS + minute * MINUTE_MS;
const turned = (
  entityId: string,
  [from, until]: readonly [number, number],
  on: readonly [state: string, attributes?: Attributes],
  off = "off",
): Daily[] => [
  { entityId, at: from, state: on[0], ...(on[1] && { attributes: on[1] }) },
  { entityId, at: until, state: off },
];

/** As integrations have them: Hue, tado, Daikin, Philips, Shelly, Roborock, Zigbee2MQTT. */
const SHAPES: Readonly<Record<string, readonly [state: string, attributes: Attributes]>> = {
  "light.floor_lamp": [
    "off",
    {
      ...{ min_color_temp_kelvin: 2202, max_color_temp_kelvin: 6535, supported_features: 40 },
      ...{ supported_color_modes: ["color_temp", "xy"], effect_list: ["None", "candle"] },
      ...{ brightness: null, color_temp_kelvin: null, hs_color: null, color_mode: null },
    },
  ],
  "climate.living_room": [
    "heat",
    {
      ...{ hvac_modes: ["off", "heat", "auto"], preset_modes: ["away", "home", "auto"] },
      ...{ preset_mode: "auto", min_temp: 5, max_temp: 25, supported_features: 401 },
    },
  ],
  "climate.office_ac": [
    "off",
    {
      ...{ hvac_modes: ["off", "cool", "dry", "fan_only", "heat_cool"], supported_features: 425 },
      ...{ fan_modes: ["Auto", "Silence", "1", "2"], fan_mode: "Auto", min_temp: 16, max_temp: 32 },
    },
  ],
  "fan.purifier": [
    "off",
    { preset_modes: ["auto", "sleep", "turbo"], preset_mode: "turbo", supported_features: 57 },
  ],
  "cover.office_blind": [
    "open",
    {
      ...{ device_class: "blind", supported_features: 255 },
      ...{ current_position: 100, current_tilt_position: 0 },
    },
  ],
  "vacuum.rosie": [
    "docked",
    {
      ...{ fan_speed_list: ["quiet", "balanced", "turbo", "max"], fan_speed: "balanced" },
      supported_features: 30_524,
    },
  ],
  "water_heater.tank": [
    "eco",
    { operation_list: ["eco", "off"], away_mode: "off", supported_features: 15 },
  ],
  "media_player.soundbar": [
    "off",
    {
      ...{ sound_mode_list: ["Standard", "Night", "Movie"], sound_mode: "Standard" },
      ...{ device_class: "speaker", supported_features: 84_924 },
    },
  ],
  "sensor.office_humidity": ["50", { device_class: "humidity", unit_of_measurement: "%" }],
  "sensor.office_temperature": ["22", { device_class: "temperature", unit_of_measurement: "°C" }],
  "switch.kettle": ["off", { device_class: "outlet" }],
  "sensor.kettle_energy": [
    "12.5",
    { device_class: "energy", state_class: "total_increasing", unit_of_measurement: "kWh" },
  ],
  "person.ann": ["home", {}],
  "zone.home": ["1", {}],
  "sun.sun": ["below_horizon", { elevation: -8 }],
};
const SETTINGS: Readonly<Record<string, readonly [state: string, attributes: Attributes]>> = {
  "switch.valve_window_detection": ["off", {}],
  "switch.valve_child_lock": ["off", {}],
  "select.floor_lamp_power_on_behavior": ["on", { options: ["off", "on", "previous"] }],
};
const DEVICES: Readonly<Record<string, string>> = {
  "climate.living_room": "valve",
  "switch.valve_window_detection": "valve",
  "switch.valve_child_lock": "valve",
  "light.floor_lamp": "lamp",
  "switch.kettle": "kettle",
  "sensor.kettle_energy": "kettle",
  "select.floor_lamp_power_on_behavior": "lamp",
};

const SERVICES = {
  light: ["turn_on"],
  climate: ["set_preset_mode", "set_fan_mode", "set_hvac_mode"],
  fan: ["set_preset_mode"],
  cover: ["set_cover_position", "set_cover_tilt_position"],
  vacuum: ["set_fan_speed"],
  water_heater: ["set_away_mode"],
  media_player: ["select_sound_mode"],
};

const nameOf = (id: string) => (id.split(".")[1] ?? "").replaceAll("_", " ");

/** A home whose devices can do more than they are asked; `changed` by entity id. */
export function featureHome(changed: Readonly<Record<string, Attributes>> = {}): HomeSnapshot {
  const all = { ...SHAPES, ...SETTINGS };
  return toSnapshot({
    areas: [
      { id: "office", name: "Office" },
      { id: "living_room", name: "Living room" },
    ],
    devices: [
      { id: "valve", name: "Radiator valve" },
      { id: "lamp", name: "Floor lamp" },
      { id: "kettle", name: "Kettle" },
    ],
    entities: Object.entries(all).map(([entityId, [state, attributes]]) => ({
      ...{ entityId, state, name: nameOf(entityId) },
      attributes: { ...attributes, ...changed[entityId] },
      areaId: /office/.test(entityId) ? "office" : "living_room",
      ...(DEVICES[entityId] && { deviceId: DEVICES[entityId] }),
      ...(entityId in SETTINGS && { category: "config" }),
    })),
    services: Object.fromEntries(
      Object.entries(SERVICES).map(([domain, names]) => [
        domain,
        Object.fromEntries(names.map((name) => [name, { fields: {}, target: { entity: {} } }])),
      ]),
    ),
  });
}

const lamp = { brightness: 254, color_temp_kelvin: 4_000, hs_color: [26, 31] };

/** What happens each day: everything is used, and none of what it could do besides. */
export const EVERY_DAY: readonly Daily[] = [
  ...turned("light.floor_lamp", [at(19), at(22)], ["on", lamp]),
  ...turned("light.floor_lamp", [at(23, 30), at(23, 40)], ["on", lamp]),
  ...turned("climate.office_ac", [at(21), at(23, 50)], ["cool"]),
  ...turned("fan.purifier", [at(21, 30), at(23, 55)], ["on"]),
  ...turned("cover.office_blind", [at(12), at(16)], ["closed", { current_position: 0 }], "open"),
  ...turned("vacuum.rosie", [at(10), at(11)], ["cleaning"], "docked"),
  ...turned("media_player.soundbar", [at(22), at(23, 45)], ["playing"]),
  { entityId: "climate.living_room", at: at(7), state: "heat", attributes: { temperature: 21 } },
  { entityId: "climate.living_room", at: at(22), state: "heat", attributes: { temperature: 18 } },
  { entityId: "water_heater.tank", at: at(6), state: "eco", attributes: { temperature: 55 } },
  { entityId: "sensor.kettle_energy", at: at(8), state: "12.5" },
  ...turned("person.ann", [at(8), at(17)], ["not_home"], "home"),
  ...Object.keys(SETTINGS).map((entityId) => ({
    ...{ entityId, at: at(3) },
    state: SETTINGS[entityId]?.[0] ?? "",
    attributes: { linkquality: 90 },
  })),
];

/** The days before the end of it, heard as they happened, in a history of their own. */
export async function openFeaturePast({
  days = 40,
  daily = EVERY_DAY,
  once = [],
  isFetched = false,
}: {
  readonly days?: number;
  readonly daily?: readonly Daily[];
  /** On the last whole day. */
  readonly once?: readonly Daily[];
  /** From Home Assistant, which keeps the states alone for HomeIQ. */
  readonly isFetched?: boolean;
} = {}) {
  const recorded = await openHistory({ clock: createFakeClock(END) });
  const midnight = Math.floor(END / DAY_MS) * DAY_MS;
  const lives = Array.from({ length: days }, (_, n) => midnight - (n + 1) * DAY_MS);
  const moments = [
    ...lives.flatMap((day) => daily.map((one) => ({ ...one, at: day + one.at }))),
    ...once.map((one) => ({ ...one, at: midnight - DAY_MS + one.at })),
  ].sort((one, other) => one.at - other.at);
  const known = new Map<string, string>();
  if (isFetched) {
    await recorded.history.addPast(
      moments.map(({ entityId, at: moment, state }) => ({
        ...{ entityId, at: moment, state, source: "recorder" },
      })),
    );
  } else await recorded.record(moments.map((one, n) => toChange(one, n, known)));
  const past = openPast(recorded.store.files);
  return {
    past,
    async [Symbol.asyncDispose]() {
      past[Symbol.dispose]();
      await recorded[Symbol.asyncDispose]();
    },
  };
}

function toChange(one: Daily, n: number, known: Map<string, string>): StateChange {
  const { entityId, at: moment, state, attributes } = one;
  const oldState = known.get(entityId);
  known.set(entityId, state);
  return {
    ...{ entityId, at: moment, newState: state, context: { id: `context-${n}` } },
    kind: oldState === state ? "attributes" : "state",
    ...(oldState !== undefined && { oldState }),
    ...(attributes && { changedAttributes: attributes }),
    cause: { kind: "person_dashboard", confidence: 0.9 },
  };
}
