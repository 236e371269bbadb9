import { priceUnitOf } from "#enrichment/price/price.ts";
import type { HomeEntity } from "#home/snapshot/snapshot.ts";

/** What slots are measured in; `price` is money per kWh, `index` has no unit. */
export type Measure =
  | "°C"
  | "%"
  | "W"
  | "lx"
  | "ppm"
  | "µg/m³"
  | "km/h"
  | "g/kWh"
  | "index"
  | "price";

/** How much of the unit one of ours is, and what lies between their zeros. */
interface Scale {
  readonly factor: number;
  readonly offset?: number;
  /** Nobody says parts of it. */
  readonly whole?: true;
}

const SAME: Scale = { factor: 1 };
const UNITS: Readonly<Record<Exclude<Measure, "price">, Readonly<Record<string, Scale>>>> = {
  "°C": { "°C": SAME, "°F": { factor: 1.8, offset: 32, whole: true } },
  "%": { "%": SAME },
  W: { W: SAME, kW: { factor: 0.001 } },
  lx: { lx: SAME },
  ppm: { ppm: SAME },
  "µg/m³": { "µg/m³": SAME, "μg/m³": SAME },
  "km/h": {
    "km/h": SAME,
    "m/s": { factor: 1 / 3.6 },
    mph: { factor: 0.621371 },
    kn: { factor: 0.539957 },
  },
  index: {},
  "g/kWh": { "g/kWh": SAME, "gCO2eq/kWh": SAME, "gCO₂eq/kWh": SAME },
};

/** What the entity's number is said in. A weather entity says it beside its temperature. */
export function unitOf({ domain, attributes }: HomeEntity, homeUnit: string): string | undefined {
  if (domain === "weather") {
    return typeof attributes.temperature_unit === "string" ? attributes.temperature_unit : homeUnit;
  }
  if (domain === "climate" || domain === "water_heater") return homeUnit;
  const unit = attributes.unit_of_measurement;
  return typeof unit === "string" ? unit : undefined;
}

/** A number of ours in another unit, rounded as people would say it; `undefined`: the unit measures something else. */
export function inUnit(value: number, from: Measure, unit: string): number | undefined {
  if (from === "price") {
    const factor = priceUnitOf(unit)?.factor;
    return factor === undefined ? undefined : rounded(value / factor);
  }
  const scale = UNITS[from][unit];
  if (!scale) return undefined;
  const converted = value * scale.factor + (scale.offset ?? 0);
  return scale.whole ? Math.round(converted) : rounded(converted);
}

const SIGNIFICANT = 3; // 71.6 °F, 13.9 m/s: nobody sets more

const rounded = (value: number): number => Number(value.toPrecision(SIGNIFICANT));
