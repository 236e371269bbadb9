import { parts } from "#analysis/templates/templates.ts";
import { HOUR_MS } from "#foundation/time.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import type { Attributes } from "#home/states/states.ts";
import { becomes, type FeatureKind, isBetween, listIn, numberIn } from "./feature.ts";

const WARM_KELVIN = 2_700; // a bulb of old
const STILL_WARM_KELVIN = 3_000;
const WARM_HUES = { from: 15, until: 45 }; // degrees: orange to amber
const NOT_DIMMED = 217; // of 255; what is brighter looks as bright as it can be
const NIGHT_PERCENT = 20;
const EVENING = { from: 18, until: 2 };
const NIGHT = { from: 23, until: 5 };
const NO_DIMMER = new Set(["onoff", "unknown"]);
const COLORED = /color_temp|hs|xy|rgb/;

const modesOf = ({ attributes }: HomeEntity) => listIn(attributes, "supported_color_modes");

function isWarm(attributes: Attributes): boolean {
  const kelvin = numberIn(attributes, "color_temp_kelvin");
  if (kelvin !== undefined) return kelvin <= STILL_WARM_KELVIN;
  const color = attributes.hs_color;
  const hue = Array.isArray(color) && typeof color[0] === "number" ? color[0] : undefined;
  return hue !== undefined && hue >= WARM_HUES.from && hue <= WARM_HUES.until;
}

/** What lights can do. Soft transitions and effects leave no trace in what lights tell: nobody can say that they are not used. */
export const LIGHT_FEATURES: readonly FeatureKind[] = [
  {
    id: "warm_evening",
    domains: ["light"],
    saves: "comfort",
    shows: "attributes",
    can(light) {
      const { attributes } = light;
      const coldest = numberIn(attributes, "min_color_temp_kelvin");
      if (coldest === undefined || coldest > WARM_KELVIN) return undefined;
      if (!modesOf(light).some((mode) => COLORED.test(mode))) return undefined;
      return { value: WARM_KELVIN };
    },
    toldBy: () => "color_temp_kelvin",
    isUse: ({ state, attributes }) => state === "on" && isWarm(attributes),
    isOccasion: (moment) =>
      becomes(moment, "on") && isBetween(moment.minute, EVENING.from, EVENING.until),
    leastOccasions: 8,
    isAsked: ({ action, data }) =>
      action.startsWith("light.") && Object.keys(data).some((name) => /kelvin|color/.test(name)),
    insteadOf: ["warm_light_in_the_evening"],
    draft: ({ entityId }, { value }) => ({
      triggers: [parts.turns(entityId, "on")],
      conditions: [parts.DARK],
      actions: [parts.call("light.turn_on", entityId, { color_temp_kelvin: value })],
      mode: "single",
    }),
  },
  {
    id: "dim_at_night",
    domains: ["light"],
    saves: "comfort",
    shows: "attributes",
    can: (light) =>
      modesOf(light).some((mode) => !NO_DIMMER.has(mode)) ? { value: NIGHT_PERCENT } : undefined,
    toldBy: () => "brightness",
    isUse({ state, attributes }) {
      const brightness = numberIn(attributes, "brightness");
      return state === "on" && brightness !== undefined && brightness < NOT_DIMMED;
    },
    isOccasion: (moment) =>
      becomes(moment, "on") && isBetween(moment.minute, NIGHT.from, NIGHT.until),
    leastOccasions: 5,
    isAsked: ({ action, data }) =>
      action.startsWith("light.") &&
      Object.keys(data).some((name) => name.startsWith("brightness")),
    draft: ({ entityId }, { value }) => ({
      triggers: [parts.turns(entityId, "on")],
      conditions: [parts.between(NIGHT.from * HOUR_MS, NIGHT.until * HOUR_MS)],
      actions: [parts.call("light.turn_on", entityId, { brightness_pct: value })],
      mode: "single",
    }),
  },
];
