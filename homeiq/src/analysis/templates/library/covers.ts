import {
  AWNING,
  BLIND,
  LIGHT,
  OUTER_BLIND,
  POSITIONED_BLIND,
  RAINS,
  ROOM_TEMPERATURE,
  WIND,
} from "../kinds/kinds.ts";
import {
  above,
  at,
  becomes,
  between,
  call,
  DARK,
  LIGHT as DAYLIGHT,
  rainBegins,
  sun,
} from "../parts/parts.ts";
import { all, minutes, number, one, time } from "../slot.ts";
import { define } from "../template.ts";

const NOON_MS = 12 * 3_600_000;

/** Blinds with the sun, and awnings out of the storm. */
export const COVERS = [
  define({
    id: "blinds_up_in_the_morning",
    category: "covers",
    saves: ["time", "comfort"],
    per: "home",
    slots: { blinds: all(BLIND), earliest: time("earliest", "07:00") },
    // At sunrise, or at this hour where the sun is earlier.
    build: ({ blinds, earliest }) => ({
      triggers: [sun("sunrise"), at(earliest)],
      conditions: [between(earliest, NOON_MS), DAYLIGHT],
      actions: [call("cover.open_cover", blinds)],
    }),
  }),
  define({
    id: "blinds_down_in_the_evening",
    category: "covers",
    saves: ["time", "energy"],
    per: "home",
    slots: { blinds: all(BLIND), after: minutes("after_sunset", { usual: 20, max: 120 }) },
    build: ({ blinds, after }) => ({
      triggers: [sun("sunset", after)],
      actions: [call("cover.close_cover", blinds)],
    }),
  }),
  define({
    id: "shade_when_hot",
    category: "covers",
    saves: ["comfort", "energy"],
    per: "area",
    slots: {
      blinds: all(POSITIONED_BLIND),
      temperature: one(ROOM_TEMPERATURE, { sameAreaAs: "blinds" }),
      warmer: number({
        ...{ label: "warmer", unit: "°C", default: 25, min: 18, max: 35 },
        in: "temperature",
      }),
      position: number({ label: "open_percent", unit: "%", default: 30, min: 0, max: 100 }),
    },
    build: ({ blinds, temperature, warmer, position }) => ({
      triggers: [above(temperature, warmer, { for: 600_000 })],
      conditions: [DAYLIGHT],
      actions: [call("cover.set_cover_position", blinds, { position })],
    }),
  }),
  define({
    id: "blinds_down_with_the_light",
    category: "covers",
    saves: ["comfort"],
    per: "area",
    slots: { blinds: all(BLIND), lights: all(LIGHT, { sameAreaAs: "blinds" }) },
    build: ({ blinds, lights }) => ({
      triggers: [becomes(lights, "on")],
      conditions: [DARK],
      actions: [call("cover.close_cover", blinds)],
    }),
  }),
  define({
    id: "awning_in_from_the_wind",
    category: "covers",
    saves: ["safety"],
    per: "home",
    slots: {
      awnings: all(AWNING),
      wind: one(WIND),
      stronger: number({
        ...{ label: "stronger", unit: "km/h", default: 30, min: 10, max: 100 },
        in: "wind",
      }),
    },
    build: ({ awnings, wind, stronger }) => ({
      triggers: [above(wind, stronger)],
      actions: [call("cover.close_cover", awnings)],
    }),
  }),
  define({
    id: "awning_in_from_the_rain",
    category: "covers",
    saves: ["safety"],
    per: "home",
    slots: { awnings: all(AWNING), rain: one(RAINS) },
    build: ({ awnings, rain }) => ({
      triggers: [rainBegins(rain)],
      actions: [call("cover.close_cover", awnings)],
    }),
  }),
  define({
    id: "blinds_up_in_the_storm",
    category: "covers",
    saves: ["safety"],
    per: "home",
    slots: {
      blinds: all(OUTER_BLIND, { ask: true }),
      wind: one(WIND),
      stronger: number({
        ...{ label: "stronger", unit: "km/h", default: 60, min: 20, max: 120 },
        in: "wind",
      }),
    },
    build: ({ blinds, wind, stronger }) => ({
      triggers: [above(wind, stronger)],
      actions: [call("cover.open_cover", blinds)],
    }),
  }),
];
