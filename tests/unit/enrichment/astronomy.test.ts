import { expect, test } from "vitest";
import { readSun } from "#src/enrichment/astronomy/astronomy.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";

const vienna = { latitude: 48.2082, longitude: 16.3738, timeZone: "Europe/Vienna" };
const tromso = { latitude: 69.65, longitude: 18.96, timeZone: "Europe/Oslo" };
const near = (at: number | undefined, expected: string) =>
  expect(Math.abs((at ?? 0) - Date.parse(expected))).toBeLessThan(2 * MINUTE_MS);

test("the sun of Vienna on 21 June 2026 rises and sets as the almanac says", () => {
  const { today, isUp, elevation, azimuth } = readSun(vienna, Date.parse("2026-06-21T11:00:00Z"));
  near(today.sunrise, "2026-06-21T02:54:00Z");
  near(today.sunset, "2026-06-21T18:59:00Z");
  expect(today.dayLengthMs / HOUR_MS).toBeCloseTo(16.07, 1);
  expect(today.dawn ?? 0).toBeLessThan(today.sunrise ?? 0);
  expect(today.nauticalDawn ?? 0).toBeLessThan(today.dawn ?? 0);
  expect({ isUp, elevation: Math.round(elevation), azimuth: Math.round(azimuth / 10) }).toEqual({
    ...{ isUp: true, elevation: 65, azimuth: 18 },
  });
});

test("today is the day by the clock of the house, shortly after midnight and shortly before", () => {
  for (const at of ["2026-11-26T23:10:00Z", "2026-11-27T22:50:00Z"]) {
    const { today, tomorrow } = readSun(vienna, Date.parse(at));
    near(today.sunrise, "2026-11-27T06:19:00Z");
    expect((tomorrow.noon - today.noon) / DAY_MS).toBeCloseTo(1, 2);
  }
});

test("on the far side of the date line today is the local day", () => {
  const kiritimati = { latitude: 1.87, longitude: -157.4, timeZone: "Pacific/Kiritimati" };
  const { today } = readSun(kiritimati, Date.parse("2026-11-27T12:00:00Z")); // 28 November, 02:00 there
  near(today.noon, "2026-11-27T22:17:00Z");
});

test.each([
  ["2026-06-21T12:00:00Z", "day", DAY_MS, true],
  ["2026-12-21T12:00:00Z", "night", 0, false],
])(
  "beyond the polar circle at %s there is no sunrise, and no number that is none",
  (at, polar, dayLengthMs, isUp) => {
    const sun = readSun(tromso, Date.parse(at));
    expect(sun).toMatchObject({ isUp, today: { polar, dayLengthMs } });
    expect(sun.today).not.toHaveProperty("sunrise");
    expect(JSON.stringify(sun)).not.toContain("null");
  },
);
