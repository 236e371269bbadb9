import { describe, expect, test } from "vitest";
import {
  type Averaging,
  categoryOf,
  indexOf,
  toAirFacts,
  toMicrogramsPerM3,
  toPart,
  toPpb,
} from "#src/enrichment/air-quality/air-quality.ts";
import type { Pollutant } from "#src/enrichment/provider.ts";
import { problemOf } from "./replies.ts";

describe("the index", () => {
  const aqi = (pollutant: Pollutant, averaging: Averaging, concentration: number) =>
    indexOf(pollutant, { averaging, concentration });

  // Each band's ends, and the cut: 9.09 is still 9.0.
  test.each([
    [
      "pm2_5",
      "24h",
      [
        [0, 0],
        [9, 50],
        [9.09, 50],
        [9.1, 51],
        [35.4, 100],
        [35.49, 100],
        [35.5, 101],
        [55.4, 150],
        [55.5, 151],
        [125.4, 200],
        [125.5, 201],
        [225.4, 300],
        [225.5, 301],
        [325.4, 500],
      ],
    ],
    [
      "pm10",
      "24h",
      [
        [54, 50],
        [54.9, 50],
        [55, 51],
        [154, 100],
        [155, 101],
        [254, 150],
        [255, 151],
        [354, 200],
        [355, 201],
        [424, 300],
        [425, 301],
        [604, 500],
      ],
    ],
    [
      "o3",
      "8h",
      [
        [0.054, 50],
        [0.0549, 50],
        [0.055, 51],
        [0.07, 100],
        [0.071, 101],
        [0.085, 150],
        [0.086, 151],
        [0.105, 200],
        [0.106, 201],
        [0.2, 300],
      ],
    ],
    [
      "o3",
      "1h",
      [
        [0.125, 101],
        [0.164, 150],
        [0.165, 151],
        [0.204, 200],
        [0.205, 201],
        [0.404, 300],
        [0.405, 301],
        [0.604, 500],
      ],
    ],
    [
      "co",
      "8h",
      [
        [4.4, 50],
        [4.5, 51],
        [9.4, 100],
        [9.5, 101],
        [12.4, 150],
        [12.5, 151],
        [15.4, 200],
        [15.5, 201],
        [30.4, 300],
        [30.5, 301],
        [50.4, 500],
      ],
    ],
    [
      "so2",
      "1h",
      [
        [35, 50],
        [36, 51],
        [75, 100],
        [76, 101],
        [185, 150],
        [186, 151],
        [304, 200],
        [900, 200],
      ],
    ],
    [
      "so2",
      "24h",
      [
        [305, 201],
        [604, 300],
        [605, 301],
        [1004, 500],
      ],
    ],
    [
      "no2",
      "1h",
      [
        [53, 50],
        [54, 51],
        [100, 100],
        [101, 101],
        [360, 150],
        [361, 151],
        [649, 200],
        [650, 201],
        [1249, 300],
        [1250, 301],
        [2049, 500],
      ],
    ],
  ] as const)(
    "of %s over %s is the EPA's at each breakpoint of 2024",
    (pollutant, averaging, pairs) => {
      expect(pairs.map(([value]) => [value, aqi(pollutant, averaging, value)])).toEqual(pairs);
    },
  );

  test("goes on above 500, and says nothing where the scale does not", () => {
    expect(aqi("pm2_5", "24h", 400)).toBe(649);
    expect(aqi("o3", "8h", 0.3)).toBeUndefined();
    expect(aqi("o3", "1h", 0.1)).toBeUndefined();
    expect(aqi("pm10", "1h", 10)).toBeUndefined();
    expect(aqi("pm10", "24h", -1)).toBeUndefined();
    expect(aqi("pm10", "24h", Number.NaN)).toBeUndefined();
  });

  test("has the EPA's categories", () => {
    expect([0, 50, 51, 101, 151, 201, 301, 700].map(categoryOf)).toEqual([
      "good",
      "good",
      "moderate",
      "unhealthy_for_sensitive_groups",
      "unhealthy",
      "very_unhealthy",
      "hazardous",
      "hazardous",
    ]);
  });

  test("weights and parts per billion are converted at 25 °C", () => {
    expect(toMicrogramsPerM3("o3", 1)).toBeCloseTo(1.96, 2);
    expect(toMicrogramsPerM3("no2", 1)).toBeCloseTo(1.88, 2);
    expect(toMicrogramsPerM3("so2", 1)).toBeCloseTo(2.62, 2);
    expect(toMicrogramsPerM3("co", 1)).toBeCloseTo(1.145, 2);
    expect(toPpb("no2", toMicrogramsPerM3("no2", 54))).toBeCloseTo(54, 9);
  });

  test("a concentration on a breakpoint stays there through its conversion", () => {
    expect(toPart({ pollutant: "no2", microgramsPerM3: toMicrogramsPerM3("no2", 54) }).aqi).toBe(
      51,
    );
    expect(toPart({ pollutant: "o3", microgramsPerM3: toMicrogramsPerM3("o3", 55) }).aqi).toBe(51);
    const hour = { averaging: "1h", microgramsPerM3: toMicrogramsPerM3("o3", 205) } as const;
    expect(
      toPart({ pollutant: "o3", microgramsPerM3: toMicrogramsPerM3("o3", 55), other: hour }).aqi,
    ).toBe(201);
  });

  test("names the worst pollutant, and of equal ones the first", () => {
    const parts = [
      { pollutant: "o3", aqi: 44 },
      { pollutant: "pm2_5", aqi: 44 },
      { pollutant: "co" },
    ] as const;
    expect(toAirFacts({ at: 1, parts })).toEqual({ at: 1, aqi: 44, pollutant: "o3", parts });
    expect(problemOf(() => toAirFacts({ at: 1, parts: [{ pollutant: "co" }] }))).toBe(
      "unavailable air.none",
    );
  });
});
