/** Of everything that one quantity is measured in: how much one of the base unit is. */
export interface Units {
  readonly base: string;
  readonly per: Readonly<Record<string, number>>;
  /** What a unit's scale begins at, in its own degrees. */
  readonly from?: Readonly<Record<string, number>>;
}

const MOLAR_VOLUME = (8.31446261815324 * 293.15) / 101_325; // m³/mol of an ideal gas at 20 °C and 1 atm
const PPB = 1e9;
const PPM = 1e6;
const MICROGRAMS = "μg/m³";

/** A gas of so many grams per mole. */
const gas = (molarMass: number): Units => ({
  base: MICROGRAMS,
  per: {
    ppb: PPB,
    ppm: PPM,
    "mg/m³": (molarMass / MOLAR_VOLUME) * 1e3,
    [MICROGRAMS]: (molarMass / MOLAR_VOLUME) * 1e6,
  },
});

/** As Home Assistant's `util/unit_conversion.py`, 2026.11. */
export const TEMPERATURE: Units = {
  base: "°C",
  per: { "°C": 1, "°F": 1.8, K: 1 },
  from: { "°C": 0, "°F": 32, K: 273.15 },
};
export const POWER: Units = {
  base: "W",
  per: { mW: 1e3, W: 1, kW: 1e-3, MW: 1e-6, GW: 1e-9, TW: 1e-12, "BTU/h": 1 / 0.29307107 },
};
export const CARBON_MONOXIDE = gas(28.01);
export const NITROGEN_DIOXIDE = gas(46.0055);
export const NITROGEN_MONOXIDE = gas(30.0061);
export const OZONE = gas(48);
export const SULPHUR_DIOXIDE = gas(64.066);
export const CONCENTRATION: Units = {
  base: MICROGRAMS,
  per: { [MICROGRAMS]: 1e6, "mg/m³": 1e3, "g/m³": 1 },
};
export const RATIO: Units = { base: "ppb", per: { "": 1, ppb: PPB, ppm: PPM, "%": 100 } };
export const RADIATION: Units = { base: "Bq/m³", per: { "Bq/m³": 1, "pCi/L": 1 / 37 } };

/** In the base unit; absent when it is no unit of this quantity. */
export function toBase(value: number, unit: string | undefined, units: Units): number | undefined {
  const name = asWritten(unit);
  const [per, base] = [units.per[name], units.per[units.base]];
  if (per === undefined || base === undefined) return undefined;
  if (name === units.base) return value;
  const { from = {} } = units;
  return ((value - (from[name] ?? 0)) / per) * base + (from[units.base] ?? 0);
}

/** Two letters look the same: the micro sign, of older versions, and the Greek one. */
const asWritten = (unit = ""): string => unit.replace("µ", "μ");

export const isSameUnit = (one: string | undefined, other: string): boolean =>
  asWritten(one) === asWritten(other);
