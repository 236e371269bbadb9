import {
  BATHROOM_HEATER,
  HEATER,
  HOME_TEMPERATURE,
  HOT_PLUG,
  OPENING,
  OUTDOOR_TEMPERATURE,
  PERSON,
  ROOM_TEMPERATURE,
  SWITCHED_HEATER,
  VACATION_MODE,
  VENTILATOR,
  WATER_HEATER,
} from "../kinds/kinds.ts";
import {
  above,
  at,
  becomes,
  below,
  by,
  call,
  choose,
  everybodyLeaves,
  is,
  isAbove,
  isBelow,
  noneIsOn,
  not,
  onDays,
  SOMEBODY_HOME,
  somebodyComes,
  tell,
  temperatureOf,
  turnOff,
  turnOn,
  WHICH,
  WORKDAYS,
  waitUntil,
  when,
} from "../parts/parts.ts";
import { all, minutes, number, one, people, text, time } from "../slot.ts";
import { define } from "../template.ts";

const HOUR_MS = 3_600_000;
const degrees = (label: string, usual: number, heater = "heating") =>
  number({ label, unit: "°C", default: usual, min: 5, max: 30, in: heater });

const setTo = (heating: readonly string[], temperature: number) =>
  call("climate.set_temperature", heating, { temperature });

/** Warm when somebody needs it, and not through an open window. */
export const HEATING = [
  define({
    id: "window_open_heating_off",
    category: "heating",
    saves: ["energy", "comfort"],
    per: "entity",
    slots: {
      heating: one(SWITCHED_HEATER),
      windows: all(OPENING, { sameAreaAs: "heating" }),
      wait: minutes("open_for", { usual: 2, max: 30 }),
      most: minutes("back_after", { usual: 120, min: 10, max: 720 }),
    },
    // It goes back to what it was, and what was off stays off.
    build: ({ heating, windows, wait, most }) => ({
      triggers: [becomes(windows, "on", { for: wait })],
      conditions: [not(is(heating, ["off", "unavailable", "unknown"]))],
      actions: [
        { kind: "variables", variables: { mode_before: `{{ states('${heating}') }}` } },
        call("climate.set_hvac_mode", heating, { hvac_mode: "off" }),
        waitUntil(noneIsOn(windows), most),
        call("climate.set_hvac_mode", heating, { hvac_mode: "{{ mode_before }}" }),
      ],
      maxExceeded: "silent",
    }),
  }),
  define({
    id: "heating_down_when_away",
    category: "heating",
    saves: ["energy"],
    per: "home",
    slots: {
      heating: all(HEATER),
      people: all(PERSON),
      away: degrees("away_temperature", 17),
      home: degrees("home_temperature", 21),
      wait: minutes("away_for", { usual: 20, max: 59 }),
    },
    build: ({ heating, away, home, wait }) => ({
      triggers: [everybodyLeaves({ for: wait, id: "away" }), somebodyComes()],
      actions: [when([by("away")], [setTo(heating, away)], [setTo(heating, home)])],
      mode: "restart",
    }),
  }),
  define({
    id: "heating_down_at_night",
    category: "heating",
    saves: ["energy"],
    per: "home",
    slots: {
      heating: all(HEATER),
      night: time("night", "22:30"),
      morning: time("morning", "06:00"),
      low: degrees("night_temperature", 18),
      high: degrees("home_temperature", 21),
    },
    // With nobody at home the morning stays as cool as the night.
    build: ({ heating, night, morning, low, high }) => ({
      triggers: [at(night, "night"), at(morning, "morning")],
      actions: [
        choose(
          { conditions: [by("night")], sequence: [setTo(heating, low)] },
          { conditions: [by("morning"), SOMEBODY_HOME], sequence: [setTo(heating, high)] },
        ),
      ],
    }),
  }),
  define({
    id: "warm_bathroom_in_the_morning",
    category: "heating",
    saves: ["comfort", "energy"],
    per: "area",
    slots: {
      heating: all(BATHROOM_HEATER),
      morning: time("morning", "06:00"),
      until: time("until", "08:00"),
      high: degrees("warm_temperature", 23),
      low: degrees("usual_temperature", 20),
    },
    build: ({ heating, morning, until, high, low }) => ({
      triggers: [at(morning, "warm"), at(until)],
      conditions: [onDays(WORKDAYS)],
      actions: [when([by("warm")], [setTo(heating, high)], [setTo(heating, low)])],
    }),
  }),
  define({
    id: "heating_down_on_vacation",
    category: "heating",
    saves: ["energy"],
    per: "home",
    slots: {
      vacation: one(VACATION_MODE),
      heating: all(HEATER),
      away: degrees("away_temperature", 15),
      home: degrees("home_temperature", 21),
    },
    build: ({ vacation, heating, away, home }) => ({
      triggers: [becomes(vacation, "on", { id: "vacation" }), becomes(vacation, "off")],
      actions: [when([by("vacation")], [setTo(heating, away)], [setTo(heating, home)])],
    }),
  }),
  define({
    id: "water_heater_away",
    category: "heating",
    saves: ["energy"],
    per: "entity",
    slots: {
      heater: one(WATER_HEATER),
      people: all(PERSON),
      wait: minutes("away_for", { usual: 59, min: 5, max: 720 }),
    },
    build: ({ heater, wait }) => ({
      triggers: [everybodyLeaves({ for: wait, id: "away" }), somebodyComes()],
      actions: [
        when(
          [by("away")],
          [call("water_heater.set_away_mode", heater, { away_mode: true })],
          [call("water_heater.set_away_mode", heater, { away_mode: false })],
        ),
      ],
      mode: "restart",
    }),
  }),
  define({
    id: "room_nearly_freezes",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: {
      temperature: all(ROOM_TEMPERATURE),
      colder: number({
        ...{ label: "colder", unit: "°C", default: 6, min: 0, max: 15 },
        in: "temperature",
      }),
      notify: people,
      message: text({ which: WHICH }),
    },
    build: ({ temperature, colder, notify, message }) => ({
      triggers: [below(temperature, colder, { for: HOUR_MS / 4 })],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "window_open_in_the_cold",
    category: "heating",
    saves: ["energy"],
    per: "home",
    slots: {
      windows: all(OPENING),
      outside: one(OUTDOOR_TEMPERATURE),
      colder: number({
        ...{ label: "colder_outside", unit: "°C", default: 10, min: -10, max: 20 },
        in: "outside",
      }),
      wait: minutes("open_for", { usual: 20, min: 5, max: 59 }),
      notify: people,
      message: text({ which: WHICH }),
    },
    build: ({ windows, outside, colder, wait, notify, message }) => ({
      triggers: [becomes(windows, "on", { for: wait })],
      conditions: [isBelow(outside, colder, temperatureOf(outside).attribute), SOMEBODY_HOME],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "open_windows_on_a_cool_evening",
    category: "heating",
    saves: ["comfort", "energy"],
    per: "home",
    slots: {
      outside: one(OUTDOOR_TEMPERATURE),
      inside: one(HOME_TEMPERATURE),
      warmer: number({
        ...{ label: "warmer_inside", unit: "°C", default: 24, min: 18, max: 35 },
        in: "inside",
      }),
      notify: people,
      message: text(),
    },
    build: ({ outside, inside, warmer, notify, message }) => ({
      triggers: [
        below(outside, { entityId: inside }, { ...temperatureOf(outside), for: HOUR_MS / 6 }),
      ],
      conditions: [isAbove(inside, warmer), SOMEBODY_HOME],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "fan_when_warm",
    category: "air",
    saves: ["comfort"],
    per: "area",
    slots: {
      temperature: one(ROOM_TEMPERATURE),
      fans: all(VENTILATOR, { sameAreaAs: "temperature" }),
      warmer: number({
        ...{ label: "warmer", unit: "°C", default: 26, min: 18, max: 35 },
        in: "temperature",
      }),
      cooler: number({
        ...{ label: "cooler", unit: "°C", default: 24.5, min: 16, max: 34 },
        in: "temperature",
      }),
    },
    build: ({ temperature, fans, warmer, cooler }) => ({
      triggers: [
        above(temperature, warmer, { for: 300_000, id: "warm" }),
        below(temperature, cooler, { for: 300_000 }),
      ],
      actions: [when([by("warm")], [when([SOMEBODY_HOME], turnOn(fans))], turnOff(fans))],
    }),
  }),
  define({
    id: "hot_plug_off",
    category: "safety",
    saves: ["safety", "energy"],
    per: "entity",
    slots: { plug: one(HOT_PLUG), most: minutes("most", { usual: 45, min: 5, max: 59 }) },
    build: ({ plug, most }) => ({
      triggers: [becomes(plug, "on", { for: most }), everybodyLeaves()],
      conditions: [is(plug, "on")],
      actions: turnOff([plug]),
    }),
  }),
];
