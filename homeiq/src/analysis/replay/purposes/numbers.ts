import { attributeOf, HUMIDITIES, sensor, TEMPERATURES } from "./entities.ts";
import type { Measure } from "./measure.ts";
import type { EntityKind } from "./seen.ts";
import {
  CARBON_MONOXIDE,
  CONCENTRATION,
  NITROGEN_DIOXIDE,
  NITROGEN_MONOXIDE,
  OZONE,
  POWER,
  RADIATION,
  RATIO,
  SULPHUR_DIOXIDE,
  TEMPERATURE,
  type Units,
} from "./units.ts";

/** Something that is measured, by the beginning of what its triggers are called. */
export interface MeasuredKind {
  readonly prefix: string;
  /** What its condition is called. */
  readonly condition: string;
  readonly of: readonly EntityKind[];
  readonly measure: Measure;
  readonly everyCategory?: { readonly everyCategory: true };
}

const PERCENT: Measure = { unit: "%" };
const WARMTH: Measure = { units: TEMPERATURE, onlyWithValue: true };
const OF_HUNDRED = 100;
const FULL_BRIGHTNESS = 255;

const plain = (name: string, of: readonly EntityKind[], measure: Measure): MeasuredKind => ({
  ...{ prefix: `${name}.`, condition: `${name}.is_value`, of, measure },
});

const air = (name: string, deviceClass: string, measure: Measure): MeasuredKind => ({
  ...{ prefix: `air_quality.${name}_`, condition: `air_quality.is_${name}_value` },
  ...{ of: [sensor(deviceClass)], measure },
});

const gases: readonly (readonly [string, string, Units])[] = [
  ["co", "carbon_monoxide", CARBON_MONOXIDE],
  ["ozone", "ozone", OZONE],
  ["voc", "volatile_organic_compounds", CONCENTRATION],
  ["voc_ratio", "volatile_organic_compounds_parts", RATIO],
  ["no", "nitrogen_monoxide", NITROGEN_MONOXIDE],
  ["no2", "nitrogen_dioxide", NITROGEN_DIOXIDE],
  ["so2", "sulphur_dioxide", SULPHUR_DIOXIDE],
  ["radon", "radon", RADIATION],
];
const DUST = ["pm1", "pm25", "pm4", "pm10"];

/** Everything with a `changed`, a `crossed_threshold` and a condition on its number. */
export const NUMBERS: readonly MeasuredKind[] = [
  plain("temperature", TEMPERATURES, WARMTH),
  plain("humidity", HUMIDITIES, { ...PERCENT, onlyWithValue: true }),
  plain("illuminance", [sensor("illuminance")], { unit: "lx" }),
  plain("moisture", [sensor("moisture")], PERCENT),
  plain("power", [sensor("power")], { units: POWER }),
  {
    ...{ prefix: "battery.level_", condition: "battery.is_level" },
    ...{ of: [sensor("battery")], measure: PERCENT, everyCategory: { everyCategory: true } },
  },
  {
    ...{ prefix: "light.brightness_", condition: "light.is_brightness" },
    of: [attributeOf("light", "brightness")],
    measure: { ...PERCENT, scale: OF_HUNDRED / FULL_BRIGHTNESS },
  },
  {
    ...{ prefix: "media_player.volume_", condition: "media_player.is_volume" },
    of: [attributeOf("media_player", "volume_level")],
    measure: { ...PERCENT, scale: OF_HUNDRED, onlyWithValue: true },
  },
  {
    ...{ prefix: "climate.target_temperature_", condition: "climate.is_target_temperature" },
    ...{ of: [attributeOf("climate", "temperature")], measure: WARMTH },
  },
  {
    ...{ prefix: "climate.target_humidity_", condition: "climate.is_target_humidity" },
    of: [attributeOf("climate", "humidity")],
    measure: { ...PERCENT, onlyWithValue: true },
  },
  {
    prefix: "water_heater.target_temperature_",
    condition: "water_heater.is_target_temperature",
    ...{ of: [attributeOf("water_heater", "temperature")], measure: WARMTH },
  },
  ...gases.map(([name, deviceClass, units]) => air(name, deviceClass, { units })),
  air("co2", "carbon_dioxide", { unit: "ppm" }),
  air("n2o", "nitrous_oxide", { unit: "μg/m³" }),
  ...DUST.map((name) => air(name, name, { unit: "μg/m³" })),
];

/** The sun's height, of its one entity. */
export const ELEVATION = {
  of: [attributeOf("sun", "elevation")],
  measure: { unit: "°" },
  entity: "sun.sun",
} as const;
