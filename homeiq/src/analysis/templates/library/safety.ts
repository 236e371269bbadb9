import {
  BLIND,
  FREEZER_TEMPERATURE,
  FRIDGE_DOOR,
  FRIDGE_TEMPERATURE,
  GAS,
  LEAK,
  LIGHT,
  MAIN_VALVE,
  OUTDOOR_TEMPERATURE,
  OVEN_HEAT,
  SMOKE,
  VENTILATOR,
  WATCHMAN,
} from "../kinds/kinds.ts";
import {
  above,
  alarm,
  becomes,
  below,
  call,
  closeWater,
  tell,
  temperatureOf,
  turnOff,
  turnOn,
  turns,
  WHICH,
} from "../parts/parts.ts";
import { all, any, everybody, minutes, number, one, people, text } from "../slot.ts";
import { define } from "../template.ts";

const HALF_AN_HOUR_MS = 1_800_000;

/** What must not go unnoticed. */
export const SAFETY = [
  define({
    id: "leak_alarm",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: { leak: all(LEAK), notify: everybody, message: text({ which: WHICH }) },
    build: ({ leak, notify, message }) => ({
      triggers: [becomes(leak, "on")],
      actions: alarm(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "leak_shuts_the_water_off",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: {
      leak: all(LEAK),
      valve: all(MAIN_VALVE),
      notify: everybody,
      message: text({ which: WHICH }),
    },
    build: ({ leak, valve, notify, message }) => ({
      triggers: [becomes(leak, "on")],
      actions: [...closeWater(valve), ...alarm(notify, message)],
    }),
  }),
  define({
    id: "smoke_alarm",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: { smoke: all(SMOKE), notify: everybody, message: text({ which: WHICH }) },
    build: ({ smoke, notify, message }) => ({
      triggers: [becomes(smoke, "on")],
      actions: alarm(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "smoke_opens_the_way_out",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: { smoke: all(SMOKE), lights: all(LIGHT), blinds: any(BLIND) },
    build: ({ smoke, lights, blinds }) => ({
      triggers: [becomes(smoke, "on")],
      actions: [
        ...turnOn(lights),
        ...(blinds.length > 0 ? [call("cover.open_cover", blinds)] : []),
      ],
    }),
  }),
  define({
    id: "smoke_stops_the_fans",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: { smoke: all(SMOKE), fans: all(VENTILATOR) },
    build: ({ smoke, fans }) => ({
      triggers: [becomes(smoke, "on")],
      actions: turnOff(fans),
    }),
  }),
  define({
    id: "gas_alarm",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: { gas: all(GAS), notify: everybody, message: text({ which: WHICH }) },
    build: ({ gas, notify, message }) => ({
      triggers: [becomes(gas, "on")],
      actions: alarm(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "watchman_is_silent",
    category: "safety",
    saves: ["safety"],
    per: "home",
    slots: {
      watchmen: all(WATCHMAN),
      wait: minutes("silent_for", { usual: 55, min: 10, max: 1440 }),
      notify: people,
      message: text({ which: "{{ trigger.from_state.name }}" }),
    },
    build: ({ watchmen, wait, notify, message }) => ({
      triggers: [becomes(watchmen, "unavailable", { for: wait })],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "fridge_left_open",
    category: "safety",
    saves: ["energy", "safety"],
    per: "entity",
    slots: {
      door: one(FRIDGE_DOOR),
      wait: minutes("open_for", { usual: 3, min: 1, max: 30 }),
      notify: people,
      message: text(),
    },
    build: ({ door, wait, notify, message }) => ({
      triggers: [becomes(door, "on", { for: wait })],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "freezer_gets_warm",
    category: "safety",
    saves: ["safety"],
    per: "entity",
    slots: {
      freezer: one(FREEZER_TEMPERATURE),
      warmer: number({
        ...{ label: "warmer", unit: "°C", default: -12, min: -25, max: 0 },
        in: "freezer",
      }),
      notify: everybody,
      message: text(),
    },
    build: ({ freezer, warmer, notify, message }) => ({
      triggers: [above(freezer, warmer, { for: HALF_AN_HOUR_MS })],
      actions: alarm(notify, message),
    }),
  }),
  define({
    id: "fridge_gets_warm",
    category: "safety",
    saves: ["safety"],
    per: "entity",
    slots: {
      fridge: one(FRIDGE_TEMPERATURE),
      warmer: number({
        ...{ label: "warmer", unit: "°C", default: 10, min: 5, max: 20 },
        in: "fridge",
      }),
      notify: people,
      message: text(),
    },
    build: ({ fridge, warmer, notify, message }) => ({
      triggers: [above(fridge, warmer, { for: HALF_AN_HOUR_MS })],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "oven_left_on",
    category: "safety",
    saves: ["safety", "energy"],
    per: "entity",
    slots: {
      oven: one(OVEN_HEAT),
      most: minutes("most", { usual: 120, min: 15, max: 480 }),
      notify: everybody,
      message: text(),
    },
    build: ({ oven, most, notify, message }) => ({
      triggers: [turns(oven, "on", { for: most })],
      actions: alarm(notify, message),
    }),
  }),
  define({
    id: "frost_warning",
    category: "safety",
    saves: ["safety", "time"],
    per: "home",
    slots: {
      outside: one(OUTDOOR_TEMPERATURE),
      colder: number({
        ...{ label: "colder_outside", unit: "°C", default: 1, min: -10, max: 10 },
        in: "outside",
      }),
      notify: people,
      message: text(),
    },
    build: ({ outside, colder, notify, message }) => ({
      triggers: [below(outside, colder, { ...temperatureOf(outside), for: HALF_AN_HOUR_MS })],
      actions: tell(notify, message),
    }),
  }),
];
