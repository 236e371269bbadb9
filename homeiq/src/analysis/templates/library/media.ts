import {
  BELL,
  DIM_LIGHT,
  LOUD,
  MOTION_INDOORS,
  PAUSABLE,
  PLAYER,
  TEAM,
  TV,
  TV_THAT_SWITCHES,
} from "../kinds/kinds.ts";
import {
  at,
  becomes,
  by,
  call,
  DARK,
  is,
  not,
  rings,
  someIs,
  tell,
  turnOff,
  turns,
  when,
} from "../parts/parts.ts";
import { all, minutes, number, one, people, text, time } from "../slot.ts";
import { define } from "../template.ts";

const volume = (label: string, usual: number) =>
  number({ label, unit: "%", default: usual, min: 1, max: 100 });

const setVolume = (speakers: readonly string[], percent: number) =>
  call("media_player.volume_set", speakers, { volume_level: percent / 100 });

/** Music, films and games. */
export const MEDIA = [
  define({
    id: "tv_off_without_motion",
    category: "media",
    saves: ["energy"],
    per: "area",
    slots: {
      tv: one(TV_THAT_SWITCHES),
      motion: all(MOTION_INDOORS, { sameAreaAs: "tv" }),
      wait: minutes("wait", { usual: 55, min: 15, max: 240 }),
    },
    build: ({ tv, motion, wait }) => ({
      triggers: [becomes(motion, "off", { for: wait })],
      conditions: [is(motion, "off"), not(is(tv, ["off", "standby", "unavailable"]))],
      actions: [call("media_player.turn_off", tv)],
    }),
  }),
  define({
    id: "players_off_at_night",
    category: "media",
    saves: ["energy"],
    per: "home",
    slots: { players: all(PLAYER), night: time("night", "01:00") },
    build: ({ players, night }) => ({
      triggers: [at(night)],
      actions: turnOff(players),
    }),
  }),
  define({
    id: "quieter_at_night",
    category: "media",
    saves: ["comfort"],
    per: "home",
    slots: {
      speakers: all(LOUD),
      night: time("night", "22:00"),
      morning: time("morning", "07:30"),
      quiet: volume("quiet", 15),
      usual: volume("usual_volume", 30),
    },
    build: ({ speakers, night, morning, quiet, usual }) => ({
      triggers: [at(night, "night"), at(morning)],
      actions: [when([by("night")], [setVolume(speakers, quiet)], [setVolume(speakers, usual)])],
    }),
  }),
  define({
    id: "doorbell_pauses_music",
    category: "media",
    saves: ["comfort"],
    per: "home",
    slots: { bell: one(BELL), players: all(PAUSABLE) },
    build: ({ bell, players }) => ({
      triggers: [rings(bell)],
      conditions: [someIs(players, "playing")],
      actions: [call("media_player.media_pause", players)],
    }),
  }),
  define({
    id: "lights_up_in_the_break",
    category: "media",
    saves: ["comfort"],
    per: "area",
    slots: {
      tv: one(TV),
      lights: all(DIM_LIGHT, { sameAreaAs: "tv" }),
      percent: number({ label: "bright", unit: "%", default: 60, min: 1, max: 100 }),
    },
    build: ({ tv, lights, percent }) => ({
      triggers: [{ kind: "state", entityIds: [tv], from: ["playing"], to: ["paused"] }],
      conditions: [DARK],
      actions: [call("light.turn_on", lights, { brightness_pct: percent })],
    }),
  }),
  define({
    id: "game_starts",
    category: "media",
    saves: ["comfort"],
    per: "entity",
    slots: { team: one(TEAM), notify: people, message: text() },
    build: ({ team, notify, message }) => ({
      triggers: [turns(team, "IN")],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "game_dims_lights",
    category: "media",
    saves: ["comfort"],
    per: "entity",
    slots: {
      team: one(TEAM),
      tv: one(TV),
      lights: all(DIM_LIGHT, { sameAreaAs: "tv" }),
      percent: number({ label: "dimmed", unit: "%", default: 40, min: 1, max: 100 }),
    },
    build: ({ team, tv, lights, percent }) => ({
      triggers: [turns(team, "IN")],
      conditions: [DARK, not(is(tv, ["off", "standby", "unavailable"]))],
      actions: [call("light.turn_on", lights, { brightness_pct: percent })],
    }),
  }),
];
