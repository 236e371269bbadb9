import { expect, test } from "vitest";
import { forecastLoad, readSolarForecast } from "#src/analysis/load-forecast/load-forecast.ts";
import { chanceOf } from "#support/made-home.ts";

const QUARTER_MS = 900_000;
const DAY_MS = 86_400_000;
const START = Date.UTC(2026, 2, 2); // a Monday

/** Cooks at six in the evening, on free days at noon; with some chance in it. */
function household(days: number, { level = 1, seed = 1 } = {}) {
  const chance = chanceOf(seed);
  return Array.from({ length: days * 96 }, (_, n) => {
    const hour = (n % 96) / 4;
    const isFree = Math.floor(n / 96) % 7 >= 5;
    const meal = isFree ? 12 : 18;
    const kwh = 0.05 + (hour >= meal && hour < meal + 2 ? 0.4 : 0) + 0.1 * chance();
    return { start: START + n * QUARTER_MS, kwh: kwh * level };
  });
}

const ask = (past: { start: number; kwh: number }[], from: number, timeZone = "UTC") =>
  forecastLoad({ past, slotMs: QUARTER_MS, from, timeZone });

test("48 hours come from three days on; before, it says how much is missing", () => {
  const past = household(2);
  expect(ask(past, START + 2 * DAY_MS)).toMatchObject({ verdict: "too_little", neededDays: 3 });
  const forecast = ask(household(3), START + 3 * DAY_MS);
  expect(forecast.verdict).toBe("forecast");
  expect(forecast.verdict === "forecast" && forecast.slots.length).toBe(192);
});

test("it is nearer to what comes than the same time a week or a day ago", () => {
  const all = household(30);
  const from = START + 28 * DAY_MS;
  const forecast = ask(all.slice(0, 28 * 96), from);
  if (forecast.verdict !== "forecast") throw new Error("There are 28 days");
  const { slots } = forecast;
  const errorOf = (pick: (slot: (typeof slots)[number]) => number | undefined) =>
    slots.reduce(
      (sum, slot, n) => sum + Math.abs((pick(slot) ?? Number.NaN) - (all[28 * 96 + n]?.kwh ?? 0)),
      0,
    );
  expect(errorOf(({ kwh }) => kwh)).toBeLessThan(errorOf(({ lastWeekKwh }) => lastWeekKwh));
  expect(errorOf(({ kwh }) => kwh)).toBeLessThan(errorOf(({ lastDayKwh }) => lastDayKwh));
});

test("free days are forecast as free days, and holidays too", () => {
  const past = household(26); // ends on a Friday
  const from = START + 26 * DAY_MS;
  const noonOf = (slots: readonly { start: number; kwh: number }[]) =>
    slots.find(({ start }) => start === from + 13 * 3_600_000)?.kwh ?? 0;
  const saturday = ask(past, from);
  expect(saturday.verdict === "forecast" && noonOf(saturday.slots)).toBeGreaterThan(0.3);
  const monday = START + 28 * DAY_MS;
  const isHoliday = (day: number) => day === monday / DAY_MS;
  const asked = { past: household(28), slotMs: QUARTER_MS, from: monday, timeZone: "UTC" };
  const at = (slots: readonly { start: number; kwh: number }[]) =>
    slots.find(({ start }) => start === monday + 13 * 3_600_000)?.kwh ?? 0;
  const usual = forecastLoad(asked);
  const free = forecastLoad({ ...asked, isHoliday });
  expect(usual.verdict === "forecast" && at(usual.slots)).toBeLessThan(0.2);
  expect(free.verdict === "forecast" && at(free.slots)).toBeGreaterThan(0.3);
});

test("it follows when the whole level rises", () => {
  const from = START + 20 * DAY_MS;
  const past = household(20).map((slot) =>
    slot.start >= from - 2 * DAY_MS ? { ...slot, kwh: slot.kwh * 2 } : slot,
  );
  const sum = (slots: readonly { meanKwh: number }[]) =>
    slots.reduce((total, { meanKwh }) => total + meanKwh, 0);
  const [before, after] = [ask(household(20), from), ask(past, from)];
  if (before.verdict !== "forecast" || after.verdict !== "forecast") throw new Error("20 days");
  expect(sum(after.slots)).toBeGreaterThan(sum(before.slots) * 1.15);
});

test("its interval holds about eight of ten", () => {
  let [within, n] = [0, 0];
  for (const seed of [1, 2, 3, 4]) {
    const all = household(30, { seed });
    const forecast = ask(all.slice(0, 28 * 96), START + 28 * DAY_MS);
    if (forecast.verdict !== "forecast") throw new Error("There are 28 days");
    for (const [index, { lowKwh, highKwh }] of forecast.slots.entries()) {
      const kwh = all[28 * 96 + index]?.kwh ?? 0;
      within += kwh >= lowKwh && kwh <= highKwh ? 1 : 0;
      n += 1;
    }
  }
  expect(within / n).toBeGreaterThan(0.7);
  expect(within / n).toBeLessThan(0.95);
});

test("missing slots stay missing, and the hour that the clock jumps over is no trouble", () => {
  const start = Date.UTC(2026, 2, 9); // the clocks are changed on the 29th
  const past = household(19)
    .map((slot, n) => ({ ...slot, start: start + n * QUARTER_MS }))
    .filter((_, n) => n % 17 !== 0);
  const forecast = ask(past, start + 19 * DAY_MS, "Europe/Vienna");
  if (forecast.verdict !== "forecast") throw new Error("There are 19 days");
  expect(forecast.slots.every(({ kwh, lowKwh, highKwh }) => lowKwh <= kwh && kwh <= highKwh)).toBe(
    true,
  );
  expect(forecast.slots.some(({ lastDayKwh }) => lastDayKwh === undefined)).toBe(true);
});

test("all roofs of Home Assistant's solar forecast are summed up by the hour", () => {
  const reply = {
    one: { wh_hours: { "2026-06-01T10:00:00+00:00": 500, "2026-06-01T11:00:00+00:00": 900 } },
    two: { wh_hours: { "2026-06-01T12:00:00+02:00": 250 } },
  };
  const start = Date.UTC(2026, 5, 1, 10);
  expect(readSolarForecast(reply)).toEqual([
    { start, end: start + 3_600_000, kwh: 0.75 },
    { start: start + 3_600_000, end: start + 7_200_000, kwh: 0.9 },
  ]);
  expect(readSolarForecast({})).toEqual([]);
  expect(() => readSolarForecast({ one: { wh_hours: "soon" } })).toThrowError(
    expect.objectContaining({ kind: "internal", code: "energy.solar_forecast" }),
  );
});
