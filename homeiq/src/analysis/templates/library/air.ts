import {
  AIR_CLEANER,
  CELLAR_HUMIDITY,
  CO2,
  DEHUMIDIFIER,
  HUMIDIFIER,
  HUMIDITY,
  OPENING,
  OUTDOOR_AIR,
  PARTICLES,
  VENTILATOR,
  WET_ROOM_HUMIDITY,
} from "../kinds/kinds.ts";
import {
  above,
  below,
  by,
  is,
  namesOfOn,
  SOMEBODY_HOME,
  someIs,
  tell,
  turnOff,
  turnOn,
  WHICH,
  when,
} from "../parts/parts.ts";
import { all, any, number, one, people, text } from "../slot.ts";
import { define } from "../template.ts";

const STEADY = { for: 300_000 }; // five minutes: a breath at the sensor is no bad air

const percent = (label: string, usual: number) =>
  number({ label, unit: "%", default: usual, min: 10, max: 95 });
const ppm = (label: string, usual: number) =>
  number({ label, unit: "ppm", default: usual, min: 500, max: 3000 });
const micrograms = (label: string, usual: number) =>
  number({ label, unit: "µg/m³", default: usual, min: 3, max: 200 });

interface Blown {
  readonly measured: string;
  readonly fans: readonly string[];
  readonly on: number;
  readonly off: number;
}

/** On above one number and off below another, so that it does not tremble around one. */
const blow = ({ measured, fans, on, off }: Blown) => ({
  triggers: [above(measured, on, { id: "bad" }), below(measured, off, STEADY)],
  actions: [when([by("bad")], turnOn(fans), turnOff(fans))],
});

/** Air that is fresh, dry enough and clean. */
export const AIR = [
  define({
    id: "humidity_fan",
    category: "air",
    saves: ["comfort", "time"],
    per: "area",
    slots: {
      humidity: one(WET_ROOM_HUMIDITY),
      fans: all(VENTILATOR, { sameAreaAs: "humidity" }),
      on: percent("damper", 65),
      off: percent("drier", 58),
    },
    build: ({ humidity, ...rest }) => blow({ measured: humidity, ...rest }),
  }),
  define({
    id: "co2_fan",
    category: "air",
    saves: ["comfort"],
    per: "area",
    slots: {
      co2: one(CO2),
      fans: all(VENTILATOR, { sameAreaAs: "co2" }),
      on: ppm("staler", 1100),
      off: ppm("fresher", 800),
    },
    build: ({ co2, ...rest }) => blow({ measured: co2, ...rest }),
  }),
  define({
    id: "air_cleaner",
    category: "air",
    saves: ["comfort"],
    per: "area",
    slots: {
      particles: one(PARTICLES),
      fans: all(AIR_CLEANER, { sameAreaAs: "particles" }),
      on: micrograms("dustier", 25),
      off: micrograms("cleaner", 10),
    },
    build: ({ particles, ...rest }) => blow({ measured: particles, ...rest }),
  }),
  define({
    id: "dehumidifier",
    category: "air",
    saves: ["comfort", "time"],
    per: "area",
    slots: {
      humidity: one(CELLAR_HUMIDITY),
      fans: all(DEHUMIDIFIER, { sameAreaAs: "humidity" }),
      on: percent("damper", 65),
      off: percent("drier", 55),
    },
    build: ({ humidity, ...rest }) => blow({ measured: humidity, ...rest }),
  }),
  define({
    id: "humidifier_in_dry_air",
    category: "air",
    saves: ["comfort"],
    per: "area",
    slots: {
      humidity: one(HUMIDITY),
      humidifiers: all(HUMIDIFIER, { sameAreaAs: "humidity" }),
      on: percent("drier", 38),
      off: percent("damper", 48),
    },
    build: ({ humidity, humidifiers, on, off }) => ({
      triggers: [below(humidity, on, { ...STEADY, id: "dry" }), above(humidity, off, STEADY)],
      actions: [when([by("dry")], turnOn(humidifiers), turnOff(humidifiers))],
    }),
  }),
  define({
    id: "open_a_window_for_co2",
    category: "air",
    saves: ["comfort"],
    per: "area",
    slots: {
      co2: one(CO2),
      windows: any(OPENING, { sameAreaAs: "co2" }),
      on: ppm("staler", 1200),
      notify: people,
      message: text(),
    },
    build: ({ co2, windows, on, notify, message }) => ({
      triggers: [above(co2, on, STEADY)],
      conditions: [SOMEBODY_HOME, ...(windows.length > 0 ? [is(windows, "off")] : [])],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "open_a_window_for_damp_air",
    category: "air",
    saves: ["comfort"],
    per: "area",
    slots: {
      humidity: one(WET_ROOM_HUMIDITY),
      windows: any(OPENING, { sameAreaAs: "humidity" }),
      on: percent("damper", 70),
      notify: people,
      message: text(),
    },
    build: ({ humidity, windows, on, notify, message }) => ({
      triggers: [above(humidity, on, { for: 1_200_000 })],
      conditions: [SOMEBODY_HOME, ...(windows.length > 0 ? [is(windows, "off")] : [])],
      actions: tell(notify, message),
    }),
  }),
  define({
    id: "dusty_air",
    category: "air",
    saves: ["comfort"],
    per: "home",
    slots: {
      particles: all(PARTICLES),
      on: micrograms("dustier", 35),
      notify: people,
      message: text({ which: WHICH }),
    },
    build: ({ particles, on, notify, message }) => ({
      triggers: [above(particles, on, { for: 600_000 })],
      actions: tell(notify, message),
      mode: "queued",
    }),
  }),
  define({
    id: "close_windows_in_bad_air",
    category: "air",
    saves: ["comfort"],
    per: "home",
    slots: {
      air: one(OUTDOOR_AIR),
      windows: all(OPENING),
      worse: number({ label: "worse_air", unit: "index", default: 100, min: 20, max: 400 }),
      notify: people,
      message: text({ open: "{{ open_now }}" }),
    },
    build: ({ air, windows, worse, notify, message }) => ({
      triggers: [above(air, worse)],
      conditions: [someIs(windows, "on")],
      actions: [
        { kind: "variables", variables: { open_now: namesOfOn(windows) } },
        ...tell(notify, message),
      ],
    }),
  }),
];
