import { findWindow, type Step } from "#src/enrichment/curve/curve.ts";
import { gameEventsAt, occupancyAt } from "./people-answers.ts";

// Answers of the server about outside and energy, small and made up.

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** Friday, 11:30 in Vienna. */
export const NOW = Date.UTC(2026, 10, 27, 10, 30);
const MIDNIGHT = Date.UTC(2026, 10, 26, 23); // of the house

const hours = (count: number) => Array.from({ length: count }, (_, hour) => hour);
const slot = (hour: number) => ({
  start: MIDNIGHT + hour * HOUR,
  end: MIDNIGHT + (hour + 1) * HOUR,
});
const priceOf = (hour: number) => ({ 26: 0.11, 27: 0.1 })[hour] ?? 0.3;

const price = {
  currency: "EUR",
  isFinal: true,
  slots: hours(48).map((hour) => ({ ...slot(hour), price: priceOf(hour) })),
};
const carbon = {
  gramsPerKwh: 212,
  at: NOW,
  slots: hours(48).map((hour) => ({ ...slot(hour), gramsPerKwh: 150 + 10 * (hour % 12) })),
};
const weather = {
  now: { at: NOW, temperatureC: 4.2, feelsLikeC: 1, humidityPercent: 81, condition: "rainy" },
  hours: hours(48).map((hour) => ({
    ...slot(hour),
    temperatureC: 4 + 4 * Math.sin(hour / 4),
    precipitationMm: hour % 8 === 0 ? 0.4 : 0,
  })),
  days: [],
};
const air = {
  at: NOW,
  aqi: 63,
  pollutant: "pm2_5",
  parts: [
    { pollutant: "pm2_5", aqi: 63, microgramsPerM3: 16.2 },
    { pollutant: "o3", aqi: 24, microgramsPerM3: 51 },
  ],
};
const sports = {
  games: [
    {
      ...{ id: "1", league: "Bundesliga", start: NOW + 5 * HOUR, status: "scheduled" },
      home: { id: "a", name: "Rapid Wien" },
      away: { id: "b", name: "Sturm Graz" },
    },
  ],
};
const calendar = {
  events: [
    {
      ...{ start: NOW + HOUR, end: NOW + 2 * HOUR, isAllDay: false },
      ...{ calendar: "calendar.family", summary: "Dentist" },
    },
  ],
};
const meter = { at: NOW, powerW: 420, solarPowerW: 900, importKwh: 12_345.6, exportKwh: 42 };

const sunDay = (day: number) => ({
  sunrise: MIDNIGHT + day * 24 * HOUR + 7.3 * HOUR,
  sunset: MIDNIGHT + day * 24 * HOUR + 16.1 * HOUR,
  dawn: MIDNIGHT + day * 24 * HOUR + 6.7 * HOUR,
  dusk: MIDNIGHT + day * 24 * HOUR + 16.7 * HOUR,
  noon: MIDNIGHT + day * 24 * HOUR + 11.7 * HOUR,
  dayLengthMs: 8.8 * HOUR - day * 2 * MINUTE,
});
const sun = {
  ...{ at: NOW, elevation: 20, azimuth: 165, isUp: true },
  ...{ today: sunDay(0), tomorrow: sunDay(1) },
};

const FACTS = { weather, price, carbon, air, sports, calendar, meter };
type Topic = keyof typeof FACTS;
const PROVIDERS: Readonly<Record<Topic, string>> = {
  weather: "open-meteo",
  price: "awattar",
  carbon: "electricity-maps",
  air: "open-meteo-air",
  sports: "espn",
  calendar: "home-calendar",
  meter: "homewizard",
};
const silent = {
  kind: "unavailable",
  code: "http.unreachable",
  message: "api.electricitymap.org/v3/carbon-intensity/latest cannot be reached: ETIMEDOUT",
  facts: { host: "api.electricitymap.org", reason: "ETIMEDOUT" },
  at: NOW,
};
const viewOf = (topic: Topic) => ({
  ...{ topic, provider: PROVIDERS[topic], entityIds: [] },
  ...(topic === "carbon"
    ? { state: "stale", at: NOW - 3 * HOUR, ageMs: 3 * HOUR, failure: silent }
    : { state: "ok", at: NOW - 5 * MINUTE, ageMs: 5 * MINUTE }),
});
const TOPICS = Object.keys(FACTS) as Topic[];
const refused = {
  kind: "unconfigured",
  code: "http.refused",
  message: "The key was refused",
  facts: { status: 401 },
  at: NOW,
};
const providers = [
  ...TOPICS.map((topic) => ({
    ...{ name: PROVIDERS[topic], topic, isActive: true, isProbed: false },
    ...{ state: topic === "carbon" ? "stale" : "ok", maxAgeMs: HOUR, nextAt: NOW + 10 * MINUTE },
    ...{ at: NOW - 5 * MINUTE, asked: 12, ok: 11, failed: { "unavailable http.unreachable": 1 } },
  })),
  {
    ...{ name: "tibber", topic: "price", isActive: false, isProbed: false, state: "unconfigured" },
    ...{ maxAgeMs: HOUR, asked: 1, ok: 0, failed: { "unconfigured http.refused": 1 } },
    failure: refused,
  },
];
const briefOf = (topic: Topic) => {
  const { slots: _, ...rest } = { slots: [], ...FACTS[topic] } as Record<string, unknown>;
  return topic === "price" ? { ...rest, current: price.slots[11] } : rest;
};

export const session = {
  ...{ version: "0.1.0", mode: "app", user: { isAdmin: true }, backTestDays: 30 },
  house: { timeZone: "Europe/Vienna", language: "en", country: "AT", currency: "EUR" },
};

/** As the server answers: by the same search. */
const bestOf = (unit: string, steps: readonly Step[]) => (url: URL) => {
  const found = findWindow(steps, {
    ...{ hours: Number(url.searchParams.get("hours")), most: "lowest" },
    range: { start: NOW, end: Number.POSITIVE_INFINITY },
  });
  return found ? { window: { ...found, unit } } : {};
};

/** Everything is there; the carbon is three hours old. */
export const OUTSIDE: Readonly<Record<string, unknown>> = {
  session,
  surroundings: {
    isOutsideAllowed: true,
    publishing: { state: "absent", keys: [] },
    topics: TOPICS.map((topic) => ({ ...viewOf(topic), facts: briefOf(topic) })),
    providers,
    vendors: [
      ...providers.map(({ name, topic }) => ({ name, topic, isLocal: false })),
      { name: "entso-e", topic: "price", isLocal: false },
    ],
    sun,
  },
  ...Object.fromEntries(
    TOPICS.map((topic) => [`surroundings/${topic}`, { ...viewOf(topic), facts: FACTS[topic] }]),
  ),
  "surroundings/sports/events": { events: gameEventsAt(NOW) },
  "surroundings/calendar/occupancy": occupancyAt(NOW, hours(72).map(slot)),
  "surroundings/price/window": bestOf(
    "EUR/kWh",
    price.slots.map(({ price: value, ...one }) => ({ ...one, value })),
  ),
  "surroundings/carbon/window": bestOf(
    "g/kWh",
    carbon.slots.map(({ gramsPerKwh: value, ...one }) => ({ ...one, value })),
  ),
  "surroundings/awattar/test": { name: "awattar", topic: "price", ms: 211.7, facts: price },
  "surroundings/tibber/test": { name: "tibber", topic: "price", ms: 80, failure: refused },
};

const OFF: Readonly<Record<string, unknown>> = {
  session,
  surroundings: {
    isOutsideAllowed: true,
    publishing: { state: "absent", keys: [] },
    topics: TOPICS.map((topic) => ({ topic, state: "off", entityIds: [] })),
    providers: [],
    vendors: [],
  },
  ...Object.fromEntries(
    TOPICS.map((topic) => [`surroundings/${topic}`, { topic, state: "off", entityIds: [] }]),
  ),
  "surroundings/sports/events": { events: [] },
  "surroundings/calendar/occupancy": {
    ...{ hints: [], hours: [], knownHours: 0 },
    accuracy: { verdict: "not_enough", hours: 0, needed: 168 },
  },
};

const KETTLE = "switch.kettle";
const LIGHT = "light.kitchen_ceiling_light";
const spent = (entityId: string, kwh: number, cost: number) => {
  const one = { kwh: { value: kwh, low: kwh * 0.9, high: kwh * 1.1 }, hoursOn: 9, cost };
  const half = { ...one, kwh: { ...one.kwh, value: kwh / 2 }, cost: cost / 2 };
  return {
    ...{ entityId, source: "meter", ...one, co2Grams: kwh * 212 },
    byDay: [
      { day: "2026-11-25", ...half },
      { day: "2026-11-26", ...half },
    ],
    byCause: [
      { cause: "automation", by: "automation.hallway_light_on_motion", ...half },
      { cause: "physical", ...half },
    ],
  };
};
const evidence = (watts: number) =>
  hours(6).map((index) => {
    const turned = index % 2 === 0 ? 1 : -1;
    return {
      ...{ at: NOW - (6 - index) * 5 * HOUR, turned, weight: index === 2 ? 0.2 : 1, devices: 1 },
      ...{ stepW: turned * (watts + 7 * index), expectedW: turned * watts },
    };
  });

const report = {
  ...{ from: NOW - 14 * 24 * HOUR, to: NOW, meter: "homeiq.house_power" },
  devices: [
    {
      entityId: KETTLE,
      power: {
        ...{ entityId: KETTLE, verdict: "measured", n: 24, evidence: evidence(1950) },
        watts: { value: 1950, low: 1900, high: 2000 },
      },
      spent: spent(KETTLE, 9.2, 2.7),
    },
    {
      entityId: LIGHT,
      power: {
        ...{ entityId: LIGHT, verdict: "measured", n: 40, evidence: evidence(38) },
        watts: { value: 38, low: 35, high: 41 },
      },
      own: { watts: 37, n: 40 },
      standby: { entityId: LIGHT, watts: 1.2, hours: 200 },
      spent: spent(LIGHT, 3.2, 0.9),
    },
    {
      entityId: "light.hallway",
      power: { entityId: "light.hallway", verdict: "too_few", n: 2, evidence: [] },
    },
  ],
  base: { watts: { value: 94, low: 88, high: 103 }, nights: 13, explainedW: 10, unexplainedW: 40 },
  flow: {
    ...{ days: ["2026-11-25", "2026-11-26"], hours: 48 },
    ...{ importKwh: 16, exportKwh: 3, solarKwh: 7 },
  },
};
const forecast = {
  ...{ verdict: "forecast", days: 21, meter: "homeiq.house_power" },
  slots: hours(192).map((quarter) => {
    const kwh = 0.08 + 0.04 * Math.sin(quarter / 15);
    return {
      start: NOW + quarter * 15 * MINUTE,
      end: NOW + (quarter + 1) * 15 * MINUTE,
      ...{ kwh, meanKwh: kwh, lowKwh: kwh * 0.6, highKwh: kwh * 1.7 },
      lastWeekKwh: kwh * (quarter % 7 === 0 ? 1.6 : 0.9),
    };
  }),
  solar: hours(24).map((hour) => ({
    start: NOW + 30 * MINUTE + hour * HOUR,
    end: NOW + 30 * MINUTE + (hour + 1) * HOUR,
    kwh: hour < 4 ? 1.2 : 0,
  })),
  errors: { forecasts: 13, slots: 2496, meanKwh: 0.04, naiveMeanKwh: 0.055 },
};
const savings = {
  ...{ verdict: "verified", days: 21, matches: 5.2 },
  saved: { value: 3.42, low: 1.9, high: 4.86 },
};

export const ENERGY = {
  full: {
    ...OUTSIDE,
    "energy/devices": report,
    "energy/forecast": forecast,
    "energy/savings": savings,
  },
  empty: {
    ...OFF,
    "energy/devices": { from: NOW - 14 * 24 * HOUR, to: NOW, devices: [] },
    "energy/forecast": {
      error: { code: "energy.no_meter", message: "No meter of the whole house is known" },
    },
  },
};
