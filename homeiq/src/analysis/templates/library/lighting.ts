import {
  BEDROOM_LIGHT,
  BELL,
  BUTTON,
  DAYLIGHT,
  DECORATION_PLUG,
  DIM_LIGHT,
  HALL_LIGHT,
  LIGHT,
  LIVING_LIGHT,
  OUTDOOR_LIGHT,
  PERSON,
  PHONE_ALARM,
  TV,
  VACATION_MODE,
  WARM_LIGHT,
} from "../kinds/kinds.ts";
import {
  above,
  at,
  becomes,
  by,
  call,
  choose,
  DARK,
  delay,
  happens,
  is,
  onDays,
  rings,
  somebodyComes,
  someIs,
  sun,
  turnOff,
  turnOn,
  WORKDAYS,
  when,
} from "../parts/parts.ts";
import { all, minutes, number, one, option, time } from "../slot.ts";
import { define } from "../template.ts";

const MINUTE_MS = 60_000;
const FADE_STEPS = 10; // ten small steps are no jump to an eye that wakes

/** A light that slowly gets brighter, a step each time. */
const fade = (lights: readonly string[], ms: number) => ({
  kind: "repeat" as const,
  until: { count: FADE_STEPS },
  sequence: [
    call("light.turn_on", lights, { brightness_step_pct: 100 / FADE_STEPS }),
    delay(ms / FADE_STEPS),
  ],
});

/** Lights by the clock, the sun and what else happens. */
export const LIGHTING = [
  define({
    id: "outdoor_light_in_the_evening",
    category: "lighting",
    saves: ["safety", "comfort"],
    per: "home",
    slots: { lights: all(OUTDOOR_LIGHT), until: time("until", "23:00") },
    build: ({ lights, until }) => ({
      triggers: [sun("sunset", 0, "sunset"), at(until)],
      actions: [when([by("sunset")], turnOn(lights), turnOff(lights))],
    }),
  }),
  define({
    id: "welcome_light",
    category: "lighting",
    saves: ["comfort", "safety"],
    per: "home",
    slots: { lights: all(HALL_LIGHT), people: all(PERSON) },
    build: ({ lights }) => ({
      triggers: [somebodyComes()],
      conditions: [DARK],
      actions: turnOn(lights),
    }),
  }),
  define({
    id: "wake_up_light",
    category: "lighting",
    saves: ["comfort"],
    per: "area",
    slots: {
      lights: all(BEDROOM_LIGHT),
      wake: time("wake", "06:30"),
      fade: minutes("fade", { usual: 20, min: 1, max: 60 }),
    },
    build: ({ lights, wake, fade: ms }) => ({
      triggers: [at(wake)],
      conditions: [onDays(WORKDAYS), is(lights, "off")],
      actions: [fade(lights, ms)],
    }),
  }),
  define({
    id: "phone_alarm_light",
    category: "lighting",
    saves: ["comfort"],
    per: "entity",
    slots: { phone: one(PHONE_ALARM), lights: all(BEDROOM_LIGHT, { ask: true }) },
    build: ({ phone, lights }) => ({
      triggers: [{ kind: "time", at: [{ entityId: phone }] }],
      conditions: [is(lights, "off")],
      actions: [fade(lights, 5 * MINUTE_MS)],
    }),
  }),
  define({
    id: "lights_off_at_night",
    category: "lighting",
    saves: ["energy"],
    per: "home",
    slots: { lights: all(LIVING_LIGHT), night: time("night", "00:30") },
    build: ({ lights, night }) => ({
      triggers: [at(night)],
      conditions: [someIs(lights, "on")],
      actions: turnOff(lights),
    }),
  }),
  define({
    id: "tv_dims_lights",
    category: "lighting",
    saves: ["comfort"],
    per: "area",
    slots: {
      tv: one(TV),
      lights: all(DIM_LIGHT, { sameAreaAs: "tv" }),
      percent: number({ label: "dimmed", unit: "%", default: 20, min: 1, max: 100 }),
    },
    // Only what is on is dimmed: nobody wants lights to come on for a film.
    build: ({ tv, lights, percent }) => ({
      triggers: [becomes(tv, "playing")],
      conditions: [DARK],
      actions: lights.map((light) =>
        when([is(light, "on")], [call("light.turn_on", light, { brightness_pct: percent })]),
      ),
    }),
  }),
  define({
    id: "button_switches_lights",
    category: "lighting",
    saves: ["comfort"],
    per: "area",
    slots: {
      button: one(BUTTON),
      lights: all(LIGHT, { sameAreaAs: "button" }),
      press: option({
        label: "press",
        of: "button",
        attribute: "event_types",
        prefer: ["initial_press", "single", "single_press", "press", "short_release", "1_press"],
      }),
    },
    build: ({ button, lights, press }) => ({
      triggers: [happens(button)],
      conditions: [
        { kind: "state", entityIds: [button], attribute: "event_type", states: [press] },
      ],
      actions: [when([someIs(lights, "on")], turnOff(lights), turnOn(lights))],
    }),
  }),
  define({
    id: "lights_off_when_bright",
    category: "lighting",
    saves: ["energy"],
    per: "area",
    slots: {
      brightness: one(DAYLIGHT),
      lights: all(LIGHT, { sameAreaAs: "brightness" }),
      brighter: number({ label: "brighter", unit: "lx", default: 600, min: 50, max: 5000 }),
    },
    build: ({ brightness, lights, brighter }) => ({
      triggers: [above(brightness, brighter, { for: 15 * MINUTE_MS })],
      conditions: [someIs(lights, "on")],
      actions: turnOff(lights),
    }),
  }),
  define({
    id: "warm_light_in_the_evening",
    category: "lighting",
    saves: ["comfort"],
    per: "area",
    slots: {
      lights: all(WARM_LIGHT),
      evening: time("evening", "20:00"),
    },
    build: ({ lights, evening }) => ({
      triggers: [at(evening)],
      actions: lights.map((light) =>
        when([is(light, "on")], [call("light.turn_on", light, { color_temp_kelvin: WARM_KELVIN })]),
      ),
    }),
  }),
  define({
    id: "doorbell_light",
    category: "lighting",
    saves: ["safety", "comfort"],
    per: "area",
    slots: {
      bell: one(BELL),
      lights: all(LIGHT, { sameAreaAs: "bell" }),
      wait: minutes("wait", { usual: 5, min: 1, max: 9 }),
    },
    build: ({ bell, lights, wait }) => ({
      triggers: [rings(bell)],
      conditions: [DARK, is(lights, "off")],
      actions: [...turnOn(lights), delay(wait), ...turnOff(lights)],
      mode: "restart",
    }),
  }),
  define({
    id: "decoration_in_the_evening",
    category: "lighting",
    saves: ["energy", "comfort"],
    per: "home",
    slots: { decoration: all(DECORATION_PLUG), until: time("until", "22:30") },
    build: ({ decoration, until }) => ({
      triggers: [sun("sunset", 0, "sunset"), at(until)],
      actions: [when([by("sunset")], turnOn(decoration), turnOff(decoration))],
    }),
  }),
  define({
    id: "lights_while_on_vacation",
    category: "security",
    saves: ["safety"],
    per: "home",
    slots: {
      vacation: one(VACATION_MODE),
      lights: all(LIVING_LIGHT),
      until: time("until", "22:45"),
    },
    // At another minute every evening: a light that is punctual tells that nobody is there.
    build: ({ vacation, lights, until }) => ({
      triggers: [sun("sunset", 0, "sunset"), at(until)],
      conditions: [is(vacation, "on")],
      actions: [
        {
          kind: "delay",
          delay: { parts: { minutes: { template: "{{ range(0, 30) | random }}" } } },
        },
        choose(
          { conditions: [by("sunset")], sequence: turnOn(lights.slice(0, MOST_ON_VACATION)) },
          { conditions: [], sequence: turnOff(lights) },
        ),
      ],
    }),
  }),
];

const WARM_KELVIN = 2700; // as light bulbs were
const MOST_ON_VACATION = 4; // a house in which all lights are on looks as empty as a dark one
