import {
  BOILER,
  CARBON,
  HOUSE_POWER,
  PATIENT_PLUG,
  PERSON,
  PLUG,
  PRICE,
  SOLAR_POWER,
  WALLBOX,
} from "../kinds/kinds.ts";
import {
  above,
  at,
  below,
  between,
  by,
  everybodyLeaves,
  is,
  isBelow,
  somebodyComes,
  tell,
  turnOff,
  turnOn,
  when,
} from "../parts/parts.ts";
import { all, minutes, number, one, people, text, time } from "../slot.ts";
import { define } from "../template.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const STEADY = { for: 10 * MINUTE_MS }; // a cloud is no end of the sun
/** When people are up: nobody starts a machine at night because of a message. */
const BY_DAY = between(7 * HOUR_MS, 21 * HOUR_MS);

const price = (label: string, usual: number) =>
  number({ label, unit: "price", default: usual, min: 0, max: 5, in: "price", ask: true });
const watts = (label: string, usual: number, of: string) =>
  number({ label, unit: "W", default: usual, min: 50, max: 20_000, in: of });

/** Power when it is cheap, clean or one's own. */
export const ENERGY = [
  define({
    id: "start_when_power_is_cheap",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      price: one(PRICE),
      appliance: one(PATIENT_PLUG, { ask: true }),
      cheaper: price("cheaper", 0.15),
      from: time("from", "08:00"),
    },
    // Nobody is woken by a machine, and it is not switched off in the middle of its program.
    build: ({ price: sensor, appliance, cheaper, from }) => ({
      triggers: [below(sensor, cheaper), at(from)],
      conditions: [
        isBelow(sensor, cheaper),
        { kind: "time", after: { ms: from } },
        is(appliance, "off"),
      ],
      actions: turnOn([appliance]),
    }),
  }),
  define({
    id: "charge_the_car_when_power_is_cheap",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: { price: one(PRICE), wallbox: one(WALLBOX), cheaper: price("cheaper", 0.2) },
    build: ({ price: sensor, wallbox, cheaper }) => ({
      triggers: [below(sensor, cheaper, { id: "cheap" }), above(sensor, cheaper, STEADY)],
      actions: [when([by("cheap")], turnOn([wallbox]), turnOff([wallbox]))],
    }),
  }),
  define({
    id: "power_is_cheap",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      price: one(PRICE),
      cheaper: price("cheaper", 0.15),
      notify: people,
      message: text({ now: "{{ trigger.to_state.state }}" }),
    },
    build: ({ price: sensor, cheaper, notify, message }) => ({
      triggers: [below(sensor, cheaper)],
      conditions: [BY_DAY],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "off_while_power_is_dear",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      price: one(PRICE),
      appliance: one(PATIENT_PLUG, { ask: true }),
      dearer: price("dearer", 0.4),
    },
    build: ({ price: sensor, appliance, dearer }) => ({
      triggers: [above(sensor, dearer, { id: "dear" }), below(sensor, dearer, STEADY)],
      actions: [when([by("dear")], turnOff([appliance]), turnOn([appliance]))],
    }),
  }),
  define({
    id: "warm_water_from_the_sun",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      solar: one(SOLAR_POWER),
      boiler: one(BOILER),
      more: watts("more_power", 2500, "solar"),
      less: watts("less_power", 1200, "solar"),
    },
    build: ({ solar, boiler, more, less }) => ({
      triggers: [above(solar, more, { ...STEADY, id: "sun" }), below(solar, less, STEADY)],
      actions: [when([by("sun")], turnOn([boiler]), turnOff([boiler]))],
    }),
  }),
  define({
    id: "charge_the_car_from_the_sun",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      solar: one(SOLAR_POWER),
      wallbox: one(WALLBOX),
      more: watts("more_power", 4000, "solar"),
      less: watts("less_power", 2000, "solar"),
    },
    build: ({ solar, wallbox, more, less }) => ({
      triggers: [above(solar, more, { ...STEADY, id: "sun" }), below(solar, less, STEADY)],
      actions: [when([by("sun")], turnOn([wallbox]), turnOff([wallbox]))],
    }),
  }),
  define({
    id: "use_the_sun_now",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      solar: one(SOLAR_POWER),
      more: watts("more_power", 3000, "solar"),
      notify: people,
      message: text(),
    },
    build: ({ solar, more, notify, message }) => ({
      triggers: [above(solar, more, { for: 15 * MINUTE_MS })],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "plugs_off_at_night",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      plugs: all(PLUG, { ask: true }),
      night: time("night", "23:30"),
      morning: time("morning", "06:30"),
    },
    build: ({ plugs, night, morning }) => ({
      triggers: [at(night, "night"), at(morning)],
      actions: [when([by("night")], turnOff(plugs), turnOn(plugs))],
    }),
  }),
  define({
    id: "plugs_off_when_away",
    category: "energy",
    saves: ["energy", "safety"],
    per: "home",
    slots: {
      plugs: all(PLUG, { ask: true }),
      people: all(PERSON),
      wait: minutes("away_for", { usual: 15, max: 59 }),
    },
    build: ({ plugs, wait }) => ({
      triggers: [everybodyLeaves({ for: wait, id: "away" }), somebodyComes()],
      actions: [when([by("away")], turnOff(plugs), turnOn(plugs))],
      mode: "restart",
    }),
  }),
  define({
    id: "much_power_is_used",
    category: "energy",
    saves: ["energy", "safety"],
    per: "home",
    slots: {
      power: one(HOUSE_POWER),
      more: watts("more_power", 6000, "power"),
      notify: people,
      message: text({ now: "{{ trigger.to_state.state_with_unit }}" }),
    },
    build: ({ power, more, notify, message }) => ({
      triggers: [above(power, more, { for: 5 * MINUTE_MS })],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "power_is_clean",
    category: "energy",
    saves: ["energy"],
    per: "home",
    slots: {
      carbon: one(CARBON),
      less: number({ label: "less_carbon", unit: "g/kWh", default: 150, min: 5, max: 1000 }),
      notify: people,
      message: text(),
    },
    build: ({ carbon, less, notify, message }) => ({
      triggers: [below(carbon, less)],
      conditions: [BY_DAY],
      actions: tell(notify, message),
    }),
  }),
];
