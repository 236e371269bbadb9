import type { HomeEntity } from "#home/snapshot/snapshot.ts";
import { FEATURES } from "./features.ts";
import {
  type ActionCapability,
  any,
  type FieldCapability,
  number,
  numberOf,
  option,
  text,
  textsOf,
} from "./fields.ts";

const COLOR_MODES = ["hs", "xy", "rgb", "rgbw", "rgbww"];
const NOT_DIMMABLE = new Set(["onoff", "unknown"]);
const COLOR_FIELDS = ["rgb_color", "hs_color", "xy_color", "rgbw_color", "rgbww_color"];

/** Lights say in `supported_color_modes` what they show; effects, flash and transitions are features. */
export function lightActions({ attributes }: HomeEntity): ActionCapability[] {
  const features = numberOf(attributes, "supported_features") ?? 0;
  const modes = textsOf(attributes, "supported_color_modes");
  const dims = modes?.some((mode) => !NOT_DIMMABLE.has(mode)) ?? true;
  const colors = modes?.some((mode) => COLOR_MODES.includes(mode)) ?? true;
  // Home Assistant shows a color temperature on colored lights that have no white of their own.
  const temperature = colors || (modes?.includes("color_temp") ?? true);

  const flash = has(features, FEATURES.light.FLASH) ? [option("flash", ["short", "long"])] : [];
  const transition = has(features, FEATURES.light.TRANSITION)
    ? [number("transition", { min: 0, max: 6553, unit: "s" })] // https://www.home-assistant.io/integrations/light/
    : [];
  const on: FieldCapability[] = [text("profile"), ...flash, ...transition];
  if (dims) {
    on.push(
      number("brightness", { min: 0, max: 255 }),
      number("brightness_pct", { min: 0, max: 100, unit: "%" }),
      number("brightness_step", { min: -255, max: 255 }),
      number("brightness_step_pct", { min: -100, max: 100, unit: "%" }),
    );
  }
  if (temperature) {
    const min = numberOf(attributes, "min_color_temp_kelvin");
    const max = numberOf(attributes, "max_color_temp_kelvin");
    on.push(number("color_temp_kelvin", { min, max, unit: "K" }));
    on.push(number("color_temp", { min: 1 }), number("kelvin", { min: 1, unit: "K" })); // before 2026.3
  }
  if (colors) on.push(text("color_name"), ...COLOR_FIELDS.map(any));
  if (modes?.includes("white") ?? true)
    on.push(any("white"), number("white_value", { min: 0, max: 255 }));
  if (has(features, FEATURES.light.EFFECT)) {
    on.push(option("effect", textsOf(attributes, "effect_list")));
  }
  return [
    { action: "light.turn_on", fields: on },
    { action: "light.toggle", fields: on },
    { action: "light.turn_off", fields: [...flash, ...transition] },
  ];
}

const has = (features: number, bit: number) => (features & bit) !== 0;
