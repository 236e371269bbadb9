import { AppError } from "#foundation/errors.ts";
import type { AirFacts, Pollutant } from "../provider.ts";
import { AVERAGING_HOURS, type Averaging, type Band, SCALES } from "./breakpoints.ts";

export type { Averaging } from "./breakpoints.ts";
export { AVERAGING_HOURS };

const CATEGORIES = [
  [50, "good"],
  [100, "moderate"],
  [150, "unhealthy_for_sensitive_groups"],
  [200, "unhealthy"],
  [300, "very_unhealthy"],
] as const;
export type AirCategory = (typeof CATEGORIES)[number][1] | "hazardous";

/** The EPA's word for an index. */
export function categoryOf(aqi: number): AirCategory {
  return CATEGORIES.find(([most]) => aqi <= most)?.[1] ?? "hazardous";
}

const MOST = 1e6; // no air holds a gram per cubic meter
const NOISE = 1e-9; // 0.07 × 1000 is a hair more or less than 70

/**
 * The index of one pollutant; `concentration` in the unit of its scale (PM in µg/m³, O3 and CO in ppm, NO2 and SO2 in
 * ppb) over `averaging`. Above 500 the last line goes on. `undefined` where the scale says nothing.
 */
export function indexOf(
  pollutant: Pollutant,
  { concentration, averaging }: { readonly concentration: number; readonly averaging: Averaging },
): number | undefined {
  const scale = SCALES[pollutant][averaging];
  if (!scale || !(concentration >= 0 && concentration < MOST)) return undefined;
  const power = 10 ** scale.decimals;
  const cut = Math.floor(concentration * power + NOISE) / power;
  const band = findBand(scale.bands, cut);
  if (!band) return undefined;
  const [low, high, from, to] = band;
  return Math.round(((to - from) / (high - low)) * (cut - low) + from);
}

function findBand(bands: readonly Band[], value: number): Band | undefined {
  const found = bands.find(([low, high]) => low <= value && value <= high);
  if (found) return found;
  const last = bands.at(-1);
  const goesOn = last?.[3] === 500 && value > last[1];
  return goesOn ? last : undefined;
}

const LITERS_PER_MOLE = 24.45; // at 25 °C and 1 atm, the EPA's reference conditions: 40 CFR 50.3
const GRAMS_PER_MOLE = { o3: 47.998, no2: 46.006, so2: 64.066, co: 28.01 } as const; // IUPAC's atomic weights
type Gas = keyof typeof GRAMS_PER_MOLE;

/** A gas by weight as parts per billion, at 25 °C and 1 atm. */
export function toPpb(gas: Gas, microgramsPerM3: number): number {
  return (microgramsPerM3 * LITERS_PER_MOLE) / GRAMS_PER_MOLE[gas];
}

/** Parts per billion of a gas by weight, at 25 °C and 1 atm. */
export function toMicrogramsPerM3(gas: Gas, ppb: number): number {
  return (ppb * GRAMS_PER_MOLE[gas]) / LITERS_PER_MOLE;
}

/** A concentration by weight in the unit of the pollutant's scale. */
export function toScaleUnit(pollutant: Pollutant, microgramsPerM3: number): number {
  if (pollutant === "pm2_5" || pollutant === "pm10") return microgramsPerM3;
  const ppb = toPpb(pollutant, microgramsPerM3);
  return pollutant === "o3" || pollutant === "co" ? ppb / 1000 : ppb;
}

export interface Measured {
  readonly pollutant: Pollutant;
  /** The mean over the pollutant's hours (see `AVERAGING_HOURS`). */
  readonly microgramsPerM3: number;
  /** The last hour's, where it may count instead (ozone); or the day's (SO2). */
  readonly other?: { readonly averaging: Averaging; readonly microgramsPerM3: number };
}

/** One pollutant as part of the facts: of several ways of averaging the worse one counts. */
export function toPart({ pollutant, microgramsPerM3, other }: Measured): AirFacts["parts"][number] {
  const usual: Averaging = `${AVERAGING_HOURS[pollutant]}h` as Averaging; // the table has no other hours
  const indexes = [{ averaging: usual, microgramsPerM3 }, ...(other ? [other] : [])].flatMap(
    (one) =>
      indexOf(pollutant, {
        concentration: toScaleUnit(pollutant, one.microgramsPerM3),
        averaging: one.averaging,
      }) ?? [],
  );
  return {
    pollutant,
    ...(indexes.length > 0 ? { aqi: Math.max(...indexes) } : {}),
    microgramsPerM3,
  };
}

/** The facts of several pollutants; the worst is named. Throws `unavailable` `air.none` when none has an index. */
export function toAirFacts({ at, parts }: Pick<AirFacts, "at" | "parts">): AirFacts {
  let worst: { readonly pollutant: Pollutant; readonly aqi: number } | undefined;
  for (const { pollutant, aqi } of parts) {
    if (aqi !== undefined && (!worst || aqi > worst.aqi)) worst = { pollutant, aqi };
  }
  if (!worst) {
    throw new AppError("unavailable", "air.none", "There is no air quality in the answer");
  }
  return { at, ...worst, parts };
}
