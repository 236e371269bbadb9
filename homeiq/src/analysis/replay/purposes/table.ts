import type { WorldState } from "../past/past.ts";

/** Which entities a rule is about, and where its value stands. */
export interface EntityKind {
  readonly domain: string;
  readonly deviceClass?: string;
  /** Absent: the state itself. */
  readonly attribute?: string;
}

export interface StateRule {
  readonly kind: "state";
  readonly of: readonly EntityKind[];
  readonly to: ReadonlySet<string>;
  /** Only from one of these; absent: from any that is not in `to`. */
  readonly from?: ReadonlySet<string>;
}

export interface NumberRule {
  readonly kind: "number";
  readonly of: readonly EntityKind[];
  readonly crosses: boolean;
  /** What a raw value is multiplied with: brightness is 0 to 255, its threshold in percent. */
  readonly scale?: number;
}

/** Any change of it: buttons, scenes, selects, texts. */
export interface ChangeRule {
  readonly kind: "change";
  readonly of: readonly EntityKind[];
  /** Its state is the moment it was last pressed, so that `unknown` is a state before. */
  readonly isMoment?: true;
  /** The option that holds which values are meant, and where they stand. */
  readonly option?: string;
  readonly attribute?: string;
  readonly step?: "up" | "down";
}

export type Rule = StateRule | NumberRule | ChangeRule;

const ons = (...domains: string[]): EntityKind[] => domains.map((domain) => ({ domain }));
const binary = (...classes: string[]): EntityKind[] =>
  classes.map((deviceClass) => ({ domain: "binary_sensor", deviceClass }));
const sensor = (deviceClass: string): EntityKind => ({ domain: "sensor", deviceClass });
const cover = (deviceClass: string): EntityKind => ({ domain: "cover", deviceClass });

const OPEN = ["open", "opening", "closing", "on"];
const CLOSED = ["closed", "off"];
const PLAYED = ["idle", "off", "on", "standby", "paused", "buffering"];
const ACTIVE = ["auto", "cool", "dry", "fan_only", "heat", "heat_cool"];

type States = Readonly<Record<string, readonly string[]>>;

/** By prefix: what triggers are called, and the states that they wait for. */
const STATES: readonly (readonly [string, readonly EntityKind[], States])[] = [
  ["light", ons("light"), { turned_on: ["on"], turned_off: ["off"] }],
  ["switch", ons("switch", "input_boolean"), { turned_on: ["on"], turned_off: ["off"] }],
  ...["fan", "remote", "siren", "humidifier"].map(
    (name) => [name, ons(name), { turned_on: ["on"], turned_off: ["off"] }] as const,
  ),
  ...(["motion", "occupancy", "vibration", "moisture"] as const).map(
    (name) => [name, binary(name), { detected: ["on"], cleared: ["off"] }] as const,
  ),
  ["motion", binary("motion"), { detected: ["on"], cleared: ["off"] }],
  ["illuminance", binary("light"), { detected: ["on"], cleared: ["off"] }],
  ...(["gas", "smoke"] as const).map(
    (name) =>
      [
        "air_quality",
        binary(name),
        { [`${name}_detected`]: ["on"], [`${name}_cleared`]: ["off"] },
      ] as const,
  ),
  ["air_quality", binary("carbon_monoxide"), { co_detected: ["on"], co_cleared: ["off"] }],
  [
    "battery",
    binary("battery"),
    { became_low: ["on"], low: ["on"], no_longer_low: ["off"], not_low: ["off"] },
  ],
  ["battery", binary("battery_charging"), { started_charging: ["on"], stopped_charging: ["off"] }],
  ["door", [...binary("door"), cover("door")], { opened: OPEN, closed: CLOSED }],
  ["garage_door", [...binary("garage_door"), cover("garage")], { opened: OPEN, closed: CLOSED }],
  ["gate", [cover("gate")], { opened: OPEN, closed: CLOSED }],
  ["window", [...binary("window"), cover("window")], { opened: OPEN, closed: CLOSED }],
  ["valve", ons("valve"), { opened: OPEN, closed: CLOSED }],
  ...(["awning", "blind", "curtain", "shade", "shutter"] as const).map(
    (name) =>
      ["cover", [cover(name)], { [`${name}_opened`]: OPEN, [`${name}_closed`]: CLOSED }] as const,
  ),
  [
    "lock",
    ons("lock"),
    { jammed: ["jammed"], locked: ["locked"], opened: ["open"], unlocked: ["unlocked"] },
  ],
  [
    "alarm_control_panel",
    ons("alarm_control_panel"),
    {
      armed: ["armed_away", "armed_home", "armed_night", "armed_vacation", "armed_custom_bypass"],
      armed_away: ["armed_away"],
      armed_home: ["armed_home"],
      armed_night: ["armed_night"],
      armed_vacation: ["armed_vacation"],
      disarmed: ["disarmed"],
      triggered: ["triggered"],
    },
  ],
  ["climate", ons("climate"), { turned_off: ["off"] }],
  [
    "climate",
    [{ domain: "climate", attribute: "hvac_action" }],
    { started_cooling: ["cooling"], started_drying: ["drying"], started_heating: ["heating"] },
  ],
  ["media_player", ons("media_player"), { turned_off: ["off"] }],
  [
    "schedule",
    ons("schedule"),
    { block_started: ["on"], block_ended: ["off"], turned_on: ["on"], turned_off: ["off"] },
  ],
  ["update", ons("update"), { became_available: ["on"], update_became_available: ["on"] }],
  ["water_heater", ons("water_heater"), { turned_off: ["off"] }],
  [
    "vacuum",
    ons("vacuum"),
    {
      ...{ returned_to_dock: ["docked"], docked: ["docked"], errored: ["error"] },
      ...{
        paused_cleaning: ["paused"],
        started_cleaning: ["cleaning"],
        started_returning: ["returning"],
      },
    },
  ],
  [
    "lawn_mower",
    ons("lawn_mower"),
    {
      ...{
        returned_to_dock: ["docked"],
        docked: ["docked"],
        errored: ["error"],
        became_idle: ["idle"],
      },
      ...{
        paused_mowing: ["paused"],
        started_mowing: ["mowing"],
        started_returning: ["returning"],
      },
    },
  ],
  [
    "assist_satellite",
    ons("assist_satellite"),
    {
      idle: ["idle"],
      listening: ["listening"],
      processing: ["processing"],
      responding: ["responding"],
    },
  ],
];

const FROM_TO: readonly (readonly [string, string, readonly string[], readonly string[]])[] = [
  ["media_player.paused_playing", "media_player", ["playing", "buffering"], ["paused"]],
  ["media_player.started_playing", "media_player", PLAYED, ["playing"]],
  [
    "media_player.stopped_playing",
    "media_player",
    ["playing", "buffering", "paused"],
    ["idle", "off", "on", "standby"],
  ],
  [
    "media_player.turned_on",
    "media_player",
    ["off"],
    ["idle", "on", "playing", "paused", "standby", "buffering"],
  ],
  ["climate.turned_on", "climate", ["off"], ACTIVE],
  [
    "water_heater.turned_on",
    "water_heater",
    ["off"],
    ["eco", "electric", "performance", "high_demand", "heat_pump", "gas", "on"],
  ],
  ["timer.started", "timer", ["idle"], ["active"]],
  ["timer.restarted", "timer", ["paused"], ["active"]],
  ["timer.paused", "timer", ["active"], ["paused"]],
];

const NUMBERS: readonly (readonly [string, readonly EntityKind[], number?])[] = [
  [
    "temperature.",
    [
      sensor("temperature"),
      { domain: "climate", attribute: "current_temperature" },
      { domain: "water_heater", attribute: "current_temperature" },
      { domain: "weather", attribute: "temperature" },
    ],
  ],
  [
    "humidity.",
    [
      sensor("humidity"),
      { domain: "climate", attribute: "current_humidity" },
      { domain: "humidifier", attribute: "current_humidity" },
      { domain: "weather", attribute: "humidity" },
    ],
  ],
  ["illuminance.", [sensor("illuminance")]],
  ["moisture.", [sensor("moisture")]],
  ["power.", [sensor("power")]],
  ["battery.level_", [sensor("battery")]],
  ["light.brightness_", [{ domain: "light", attribute: "brightness" }], 100 / 255],
  ["media_player.volume_", [{ domain: "media_player", attribute: "volume_level" }], 100],
  ["climate.target_temperature_", [{ domain: "climate", attribute: "temperature" }]],
  ["climate.target_humidity_", [{ domain: "climate", attribute: "humidity" }]],
  ["water_heater.target_temperature_", [{ domain: "water_heater", attribute: "temperature" }]],
  ...(
    [
      ["co", "carbon_monoxide"],
      ["co2", "carbon_dioxide"],
      ["voc", "volatile_organic_compounds"],
      ["voc_ratio", "volatile_organic_compounds_parts"],
      ["no", "nitrogen_monoxide"],
      ["no2", "nitrogen_dioxide"],
      ["n2o", "nitrous_oxide"],
      ["so2", "sulphur_dioxide"],
      ["ozone", "ozone"],
      ...["pm1", "pm25", "pm4", "pm10"].map((name) => [name, name] as const),
    ] as const
  ).map(([name, deviceClass]) => [`air_quality.${name}_`, [sensor(deviceClass)]] as const),
];

const CHANGES: Readonly<Record<string, Omit<ChangeRule, "kind">>> = {
  "button.pressed": { of: ons("button", "input_button"), isMoment: true },
  "scene.activated": { of: ons("scene"), isMoment: true },
  "doorbell.rang": { of: [{ domain: "event", deviceClass: "doorbell" }], isMoment: true },
  "event.received": {
    of: ons("event"),
    isMoment: true,
    option: "event_type",
    attribute: "event_type",
  },
  "select.selection_changed": { of: ons("select", "input_select") },
  "text.changed": { of: ons("text", "input_text") },
  "climate.hvac_mode_changed": { of: ons("climate"), option: "hvac_mode" },
  "humidifier.mode_changed": { of: [{ domain: "humidifier", attribute: "mode" }], option: "mode" },
  "water_heater.operation_mode_changed": { of: ons("water_heater"), option: "operation_mode" },
  "counter.incremented": { of: ons("counter"), step: "up" },
  "counter.decremented": { of: ons("counter"), step: "down" },
};

/** The triggers that history can drive. Source: Home Assistant 2026.11, `components/<domain>/trigger.py`. */
export const TRIGGER_RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...STATES.flatMap(([prefix, of, states]) =>
    Object.entries(states).map(([name, to]): [string, Rule] => [
      `${prefix}.${name}`,
      { kind: "state", of, to: new Set(to) },
    ]),
  ),
  ...FROM_TO.map(([key, domain, from, to]): [string, Rule] => [
    key,
    { kind: "state", of: ons(domain), from: new Set(from), to: new Set(to) },
  ]),
  ...NUMBERS.flatMap(([prefix, of, scale]) =>
    [false, true].map((crosses): [string, Rule] => [
      `${prefix}${crosses ? "crossed_threshold" : "changed"}`,
      { kind: "number", of, crosses, ...(scale === undefined ? {} : { scale }) },
    ]),
  ),
  ...Object.entries(CHANGES).map(([key, rule]): [string, Rule] => [
    key,
    { kind: "change", ...rule },
  ]),
]);

/** Where a rule's value stands in this entity; absent when the rule is not about it. */
export function kindOf(
  rule: Rule,
  state: WorldState,
  deviceClass: string | undefined,
): EntityKind | undefined {
  const domain = state.entityId.slice(0, state.entityId.indexOf("."));
  return rule.of.find(
    (kind) =>
      kind.domain === domain &&
      (kind.deviceClass === undefined || kind.deviceClass === deviceClass),
  );
}
