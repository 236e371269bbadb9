import type { Pollutant } from "../provider.ts";

/** `[lowest concentration, highest, lowest index, highest]` of one category. */
export type Band = readonly [low: number, high: number, from: number, to: number];

interface Scale {
  /** Concentrations are cut off, not rounded, to so many decimals. */
  readonly decimals: number;
  readonly bands: readonly Band[];
}

export type Averaging = "1h" | "8h" | "24h";

/**
 * The air quality index of the US EPA as it holds since May 2024; PM in µg/m³, O3 and CO in ppm, NO2 and SO2 in ppb.
 *
 * Source: 40 CFR part 58 appendix G table 2, and EPA-454/B-24-002 (technical assistance document, May 2024).
 */
export const SCALES: Readonly<Record<Pollutant, Partial<Record<Averaging, Scale>>>> = {
  pm2_5: {
    "24h": {
      decimals: 1,
      bands: [
        [0, 9, 0, 50],
        [9.1, 35.4, 51, 100],
        [35.5, 55.4, 101, 150],
        [55.5, 125.4, 151, 200],
        [125.5, 225.4, 201, 300],
        [225.5, 325.4, 301, 500],
      ],
    },
  },
  pm10: {
    "24h": {
      decimals: 0,
      bands: [
        [0, 54, 0, 50],
        [55, 154, 51, 100],
        [155, 254, 101, 150],
        [255, 354, 151, 200],
        [355, 424, 201, 300],
        [425, 604, 301, 500],
      ],
    },
  },
  o3: {
    // Above 0.200 ppm only the hour's value counts.
    "8h": {
      decimals: 3,
      bands: [
        [0, 0.054, 0, 50],
        [0.055, 0.07, 51, 100],
        [0.071, 0.085, 101, 150],
        [0.086, 0.105, 151, 200],
        [0.106, 0.2, 201, 300],
      ],
    },
    // Below 0.125 ppm only the eight hours' value counts.
    "1h": {
      decimals: 3,
      bands: [
        [0.125, 0.164, 101, 150],
        [0.165, 0.204, 151, 200],
        [0.205, 0.404, 201, 300],
        [0.405, 0.604, 301, 500],
      ],
    },
  },
  co: {
    "8h": {
      decimals: 1,
      bands: [
        [0, 4.4, 0, 50],
        [4.5, 9.4, 51, 100],
        [9.5, 12.4, 101, 150],
        [12.5, 15.4, 151, 200],
        [15.5, 30.4, 201, 300],
        [30.5, 50.4, 301, 500],
      ],
    },
  },
  so2: {
    // At 305 ppb and more the day's value counts instead; while that is lower it is 200.
    "1h": {
      decimals: 0,
      bands: [
        [0, 35, 0, 50],
        [36, 75, 51, 100],
        [76, 185, 101, 150],
        [186, 304, 151, 200],
        [305, Number.POSITIVE_INFINITY, 200, 200],
      ],
    },
    "24h": {
      decimals: 0,
      bands: [
        [305, 604, 201, 300],
        [605, 1004, 301, 500],
      ],
    },
  },
  no2: {
    "1h": {
      decimals: 0,
      bands: [
        [0, 53, 0, 50],
        [54, 100, 51, 100],
        [101, 360, 101, 150],
        [361, 649, 151, 200],
        [650, 1249, 201, 300],
        [1250, 2049, 301, 500],
      ],
    },
  },
};

/** The longest time over which each is averaged for its index, in hours. */
export const AVERAGING_HOURS: Readonly<Record<Pollutant, number>> = {
  pm2_5: 24,
  pm10: 24,
  o3: 8,
  co: 8,
  so2: 1,
  no2: 1,
};
