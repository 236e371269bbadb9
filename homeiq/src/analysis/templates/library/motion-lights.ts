import {
  BRIGHTNESS,
  DIM_LIGHT,
  LIGHT,
  MOTION_IN_BEDROOM,
  MOTION_OF_PASSERS,
  MOTION_OF_THE_AWAKE,
  MOTION_OUTDOORS,
  SMALL_ROOM_LIGHT,
  STORE_DOOR,
} from "../kinds/kinds.ts";
import {
  becomes,
  between,
  by,
  call,
  choose,
  DARK,
  is,
  isBelow,
  someIs,
  turnOff,
  turnOn,
  waitFor,
  when,
} from "../parts/parts.ts";
import { all, minutes, number, one, time } from "../slot.ts";
import { type Body, define } from "../template.ts";

const HALF_AN_HOUR_MS = 30 * 60_000;
const WAIT = minutes("wait", { usual: 3, min: 1, max: 60 });

interface Lit {
  readonly motion: readonly string[];
  readonly lights: readonly string[];
  readonly wait: number;
}

/** On when one sees somebody and it is dark, off when none has seen anybody for a while. */
const motionLight = (
  { motion, lights, wait }: Lit,
  { dark = [] }: { dark?: Body["conditions"] } = {},
): Body => ({
  triggers: [becomes(motion, "on", { id: "on" }), becomes(motion, "off", { for: wait, id: "off" })],
  actions: [
    choose(
      { conditions: [by("on"), ...dark], sequence: turnOn(lights) },
      { conditions: [by("off"), is(motion, "off")], sequence: turnOff(lights) },
    ),
  ],
  mode: "restart",
});

/** Lights that come and go with people. */
export const MOTION_LIGHTS = [
  define({
    id: "motion_light_when_dark",
    category: "lighting",
    saves: ["comfort", "energy"],
    per: "area",
    family: "motion_light",
    slots: {
      motion: all(MOTION_OF_PASSERS),
      brightness: one(BRIGHTNESS, { sameAreaAs: "motion" }),
      lights: all(LIGHT, { sameAreaAs: "motion" }),
      darker: number({ label: "darker", unit: "lx", default: 40, min: 1, max: 500 }),
      wait: WAIT,
    },
    build: ({ brightness, darker, ...lit }) =>
      motionLight(lit, { dark: [isBelow(brightness, darker)] }),
  }),
  define({
    id: "motion_light_outdoors",
    category: "lighting",
    saves: ["safety", "comfort"],
    per: "area",
    family: "motion_light",
    slots: {
      motion: all(MOTION_OUTDOORS),
      lights: all(LIGHT, { sameAreaAs: "motion" }),
      wait: WAIT,
    },
    build: (lit) => motionLight(lit, { dark: [DARK] }),
  }),
  define({
    id: "motion_light",
    category: "lighting",
    saves: ["comfort", "energy"],
    per: "area",
    family: "motion_light",
    slots: {
      motion: all(MOTION_OF_PASSERS),
      lights: all(LIGHT, { sameAreaAs: "motion" }),
      wait: WAIT,
    },
    build: (lit) => motionLight(lit),
  }),
  define({
    id: "night_light",
    category: "lighting",
    saves: ["comfort", "safety"],
    per: "area",
    slots: {
      motion: all(MOTION_IN_BEDROOM),
      lights: all(DIM_LIGHT, { sameAreaAs: "motion" }),
      percent: number({ label: "dimmed", unit: "%", default: 5, min: 1, max: 50 }),
      from: time("from", "22:30"),
      until: time("until", "06:00"),
      wait: minutes("wait", { usual: 2, min: 1, max: 30 }),
    },
    // It only switches off what it switched on: who reads in bed is not left in the dark.
    build: ({ motion, lights, percent, from, until, wait }) => ({
      triggers: [becomes(motion, "on")],
      conditions: [between(from, until), is(lights, "off")],
      actions: [
        call("light.turn_on", lights, { brightness_pct: percent }),
        waitFor(becomes(motion, "off", { for: wait }), HALF_AN_HOUR_MS),
        ...turnOff(lights),
      ],
      mode: "restart",
    }),
  }),
  define({
    id: "lights_off_without_motion",
    category: "lighting",
    saves: ["energy", "comfort"],
    per: "area",
    family: "motion_light",
    slots: {
      motion: all(MOTION_OF_THE_AWAKE),
      lights: all(LIGHT, { sameAreaAs: "motion" }),
      wait: minutes("wait", { usual: 30, min: 5, max: 59 }),
    },
    build: ({ motion, lights, wait }) => ({
      triggers: [becomes(motion, "off", { for: wait })],
      conditions: [is(motion, "off"), someIs(lights, "on")],
      actions: turnOff(lights),
    }),
  }),
  define({
    id: "door_light",
    category: "lighting",
    saves: ["comfort", "energy"],
    per: "area",
    family: "motion_light",
    slots: {
      door: all(STORE_DOOR),
      lights: all(LIGHT, { sameAreaAs: "door" }),
      most: minutes("most", { usual: 15, min: 1, max: 59 }),
    },
    build: ({ door, lights, most }) => ({
      triggers: [
        becomes(door, "on", { id: "open" }),
        becomes(door, "off"),
        becomes(lights, "on", { for: most }),
      ],
      actions: [when([by("open")], turnOn(lights), turnOff(lights))],
      mode: "restart",
    }),
  }),
  define({
    id: "forgotten_light",
    category: "lighting",
    saves: ["energy"],
    per: "area",
    family: "motion_light",
    slots: {
      lights: all(SMALL_ROOM_LIGHT),
      most: minutes("most", { usual: 45, min: 5, max: 59 }),
    },
    build: ({ lights, most }) => ({
      triggers: [becomes(lights, "on", { for: most })],
      actions: turnOff(lights),
    }),
  }),
];
