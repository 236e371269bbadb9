import { kinds, parts } from "#analysis/templates/templates.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#foundation/time.ts";
import type { Condition } from "#home/automation/automation.ts";
import { FEATURES } from "#home/capability/capability.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { Attributes } from "#home/states/states.ts";
import { knowsPresence } from "../drafts/drafts.ts";
import {
  type Ability,
  becomes,
  calls,
  type FeatureKind,
  hasBit,
  listIn,
  type Moment,
  textIn,
} from "./feature.ts";

const AWAY = /^(away|eco)$/i;
const QUIET = /^(sleep|night|quiet|silent|silence|whisper|schlaf|nacht|leise)( ?mode)?$/i;
const AUTO = /^auto(matic)?$/i;
const OUT_MS = HOUR_MS; // who is at the shop is not away
const GONE_MS = 15 * MINUTE_MS; // who forgot the keys is back by then
const NIGHT = { from: 22, until: 7 };
const DEEP_NIGHT_MINUTE = 23 * 60 + 30;
const DAMP = { above: 65, below: 55, for: 15 * MINUTE_MS }; // percent; mold grows from 70 on
const DAY_MINUTES = 1_440;

/** How a sort of device names its modes. */
interface Modes {
  readonly list: string;
  readonly attribute: string;
  readonly action: string;
  readonly bit: number;
}

const { climate, fan, humidifier, media_player, water_heater } = FEATURES;
const MODES: Readonly<Record<string, Modes>> = {
  climate: {
    ...{ list: "fan_modes", attribute: "fan_mode" },
    ...{ action: "set_fan_mode", bit: climate.FAN_MODE },
  },
  fan: {
    ...{ list: "preset_modes", attribute: "preset_mode" },
    ...{ action: "set_preset_mode", bit: fan.PRESET_MODE },
  },
  humidifier: {
    ...{ list: "available_modes", attribute: "mode" },
    ...{ action: "set_mode", bit: humidifier.MODES },
  },
  media_player: {
    ...{ list: "sound_mode_list", attribute: "sound_mode" },
    ...{ action: "select_sound_mode", bit: media_player.SELECT_SOUND_MODE },
  },
};

const optionOf = (list: readonly string[], wanted: RegExp) => list.find((one) => wanted.test(one));

/** One of its modes, where it tells which it is in. */
function modeOf(entity: HomeEntity, wanted: RegExp): Ability | undefined {
  const modes = MODES[entity.domain];
  if (!modes || !hasBit(entity, modes.bit) || !(modes.attribute in entity.attributes)) return;
  const list = listIn(entity.attributes, modes.list);
  const value = optionOf(list, wanted);
  const usual = textIn(entity.attributes, modes.attribute) ?? optionOf(list, AUTO);
  if (value === undefined || usual === value) return undefined;
  return { value, ...(usual === undefined ? {} : { usual }) };
}

const isMode = ({ attributes }: { readonly attributes: Attributes }, { value }: Ability) =>
  Object.values(MODES).some(({ attribute }) => attributes[attribute] === value);

const setMode = ({ domain, entityId }: HomeEntity, option: string) => {
  const { action, attribute } = MODES[domain] as Modes; // only those that have modes come here
  return parts.call(`${domain}.${action}`, entityId, { [attribute]: option });
};

const ON: Readonly<Record<string, string>> = { media_player: "playing" };
const onState = ({ domain }: HomeEntity) => ON[domain] ?? "on";
const isRunning = (entity: HomeEntity): Condition =>
  entity.domain === "climate"
    ? parts.not(parts.is(entity.entityId, ["off", "unavailable", "unknown"]))
    : parts.is(entity.entityId, onState(entity));
const OUT = new Set(["off", "idle", "standby", "paused", "unavailable", "unknown"]);

/** It ran in the middle of the night. */
function runsAtNight({ state, minute, lastedMs }: Moment): boolean {
  const until = (DEEP_NIGHT_MINUTE - minute + DAY_MINUTES) % DAY_MINUTES;
  return !OUT.has(state) && until * MINUTE_MS < lastedMs;
}

/** What heating, fans, cleaners of air and players can do. */
export const AIR_FEATURES: readonly FeatureKind[] = [
  {
    id: "away_preset",
    domains: ["climate"],
    saves: "energy",
    shows: "attributes",
    can(entity, { home }) {
      const { attributes } = entity;
      const usual = textIn(attributes, "preset_mode");
      if (!knowsPresence(home) || !hasBit(entity, climate.PRESET_MODE) || !usual) return undefined;
      const options = listIn(attributes, "preset_modes").filter((one) => AWAY.test(one));
      const value = optionOf(options, /^away$/i) ?? options[0];
      return value === undefined || AWAY.test(usual) ? undefined : { value, usual };
    },
    isUse: ({ attributes }) => AWAY.test(textIn(attributes, "preset_mode") ?? ""),
    isOccasion: OUT_MS,
    leastOccasions: 5,
    isAsked: calls("climate.set_preset_mode"),
    likewise: ["climate.set_temperature", "climate.set_hvac_mode", "climate.turn_off"],
    insteadOf: ["heating_down_when_away"],
    draft: ({ entityId }, { value, usual = "none" }) => ({
      triggers: [parts.everybodyLeaves({ for: GONE_MS, id: "away" }), parts.somebodyComes()],
      actions: [
        parts.when(
          [parts.by("away")],
          [parts.call("climate.set_preset_mode", entityId, { preset_mode: value })],
          [parts.call("climate.set_preset_mode", entityId, { preset_mode: usual })],
        ),
      ],
      mode: "single",
    }),
  },
  {
    id: "quiet_at_night",
    domains: ["climate", "fan", "humidifier", "media_player"],
    saves: "comfort",
    shows: "attributes",
    can: (entity) => modeOf(entity, QUIET),
    toldBy: ({ domain }) => MODES[domain]?.attribute ?? "",
    isUse: isMode,
    isOccasion: runsAtNight,
    leastOccasions: 5,
    isAsked: calls(...Object.entries(MODES).map(([domain, { action }]) => `${domain}.${action}`)),
    draft(entity, { value, usual }) {
      if (usual === undefined) return undefined;
      const begins =
        entity.domain === "climate" ? [] : [parts.turns(entity.entityId, onState(entity))];
      return {
        triggers: [
          parts.at(NIGHT.from * HOUR_MS),
          ...begins,
          parts.at(NIGHT.until * HOUR_MS, "morning"),
        ],
        conditions: [isRunning(entity)],
        actions: [
          parts.choose(
            { conditions: [parts.by("morning")], sequence: [setMode(entity, usual)] },
            {
              conditions: [parts.between(NIGHT.from * HOUR_MS, NIGHT.until * HOUR_MS)],
              sequence: [setMode(entity, String(value))],
            },
          ),
        ],
        mode: "single",
      };
    },
  },
  {
    id: "auto_mode",
    domains: ["fan", "humidifier"],
    saves: "energy",
    shows: "attributes",
    can: (entity) => modeOf(entity, AUTO),
    toldBy: ({ domain }) => MODES[domain]?.attribute ?? "",
    isUse: isMode,
    isOccasion: (moment) => becomes(moment, "on"),
    leastOccasions: 8,
    isAsked: calls("fan.set_preset_mode", "humidifier.set_mode"),
    draft: (entity, { value }) => ({
      triggers: [parts.turns(entity.entityId, "on")],
      actions: [setMode(entity, String(value))],
      mode: "single",
    }),
  },
  {
    id: "dry_air",
    domains: ["climate"],
    saves: "comfort",
    shows: "states",
    can(entity, { sensorFor }) {
      const modes = listIn(entity.attributes, "hvac_modes");
      if (!["dry", "cool", "off"].every((one) => modes.includes(one))) return undefined;
      const by = sensorFor(entity, kinds.HUMIDITY);
      return by && { value: "dry", by };
    },
    isUse: ({ state }) => state === "dry",
    isOccasion: (moment) => becomes(moment, "cool"),
    leastOccasions: 5,
    isAsked: ({ data }) => data.hvac_mode === "dry",
    draft({ entityId }, { by }, { home }) {
      if (!by) return undefined;
      const [damp, dry] = [
        parts.above(by.entityId, DAMP.above, { for: DAMP.for, id: "damp" }),
        parts.below(by.entityId, DAMP.below, { for: DAMP.for, id: "dry" }),
      ];
      const mode = (to: string) => parts.call("climate.set_hvac_mode", entityId, { hvac_mode: to });
      const there = knowsPresence(home) ? [parts.SOMEBODY_HOME] : [];
      return {
        triggers: [damp, dry],
        actions: [
          parts.choose(
            {
              conditions: [parts.by("damp"), parts.is(entityId, "off"), ...there],
              sequence: [mode("dry")],
            },
            { conditions: [parts.by("dry"), parts.is(entityId, "dry")], sequence: [mode("off")] },
          ),
        ],
        mode: "single",
      };
    },
  },
  {
    id: "water_away",
    domains: ["water_heater"],
    saves: "energy",
    shows: "attributes",
    can: (entity, { home }) =>
      knowsPresence(home) &&
      hasBit(entity, water_heater.AWAY_MODE) &&
      entity.attributes.away_mode === "off"
        ? { value: "on" }
        : undefined,
    isUse: ({ attributes }) => attributes.away_mode === "on",
    isOccasion: DAY_MS,
    leastOccasions: 1,
    isAsked: calls("water_heater.set_away_mode"),
    likewise: ["water_heater.turn_off", "water_heater.set_operation_mode"],
    insteadOf: ["water_heater_away"],
    draft: ({ entityId }) => ({
      triggers: [parts.everybodyLeaves({ for: DAY_MS, id: "away" }), parts.somebodyComes()],
      actions: [
        parts.when(
          [parts.by("away")],
          [parts.call("water_heater.set_away_mode", entityId, { away_mode: true })],
          [parts.call("water_heater.set_away_mode", entityId, { away_mode: false })],
        ),
      ],
      mode: "single",
    }),
  },
];
