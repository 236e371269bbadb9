import { expect, test } from "vitest";
import { readHomeAssistantWeather } from "#src/enrichment/home-assistant-weather/home-assistant-weather.ts";
import { readOpenMeteo } from "#src/enrichment/open-meteo/open-meteo.ts";
import {
  createOpenWeatherMap,
  readOpenWeatherMap,
} from "#src/enrichment/openweathermap/openweathermap.ts";
import { HOUR_MS, SECOND_MS } from "#src/foundation/time.ts";
import { startFakeVendor } from "#support/fake-vendor.ts";
import {
  openMeteoBody,
  openWeatherMapForecast,
  openWeatherMapNow,
} from "#support/weather-bodies.ts";

const NOON = Date.UTC(2026, 10, 27, 12);
const reply = (body: unknown, status = 200) => ({ status, text: JSON.stringify(body) });

test("Open-Meteo says the weather now, by the hour and by the day", () => {
  const { now, hours, days } = readOpenMeteo(reply(openMeteoBody(NOON)));
  expect(now).toEqual({
    at: NOON,
    temperatureC: 7.5,
    feelsLikeC: 5.1,
    humidityPercent: 81,
    pressureHpa: 1012.3,
    cloudPercent: 95,
    windMs: 3.4,
    windDegrees: 270,
    gustMs: 8.8,
    precipitationMm: 0.2,
    condition: "rainy",
  });
  expect(hours.map(({ start }) => start)).toEqual([NOON, NOON + HOUR_MS, NOON + 2 * HOUR_MS]);
  expect(hours[2]).toMatchObject({ condition: "clear-night", precipitationPercent: 5 });
  expect(hours[2]).not.toHaveProperty("temperatureC");
  expect(days[0]).toMatchObject({ start: NOON, end: NOON + 24 * HOUR_MS, highC: 9.1, lowC: 2.2 });
});

test("an answer in Open-Meteo's older words, local times and km/h says the same", () => {
  const body = {
    utc_offset_seconds: 3600,
    current_weather: {
      temperature: 50,
      windspeed: 36,
      winddirection: 90,
      weathercode: 95,
      time: "2026-11-27T13:00",
    },
    hourly_units: { temperature_2m: "°F", windspeed_10m: "km/h" },
    hourly: {
      time: ["2026-11-27T13:00", "2026-11-27T14:00"],
      temperature_2m: [50, 41],
      windspeed_10m: [36, 18],
      weathercode: [0, 77],
    },
    daily: { time: ["2026-11-27"], temperature_2m_max: [11] },
  };
  const { now, hours, days } = readOpenMeteo(reply(body));
  expect(now).toEqual({
    at: NOON,
    temperatureC: 50,
    windMs: 10,
    windDegrees: 90,
    condition: "lightning-rainy",
  });
  expect(hours[1]).toEqual({
    ...{ start: NOON + HOUR_MS, end: NOON + 2 * HOUR_MS },
    ...{ temperatureC: 5, windMs: 5, condition: "snowy" },
  });
  expect(days[0]?.start).toBe(Date.UTC(2026, 10, 26, 23));
});

test("an answer with hours alone says the weather of the hour that it is", () => {
  const { current: _, ...body } = openMeteoBody(NOON);
  expect(readOpenMeteo(reply(body), NOON + 1.5 * HOUR_MS).now).toMatchObject({
    at: NOON + HOUR_MS,
    temperatureC: 8.1,
  });
});

test("a unit that nobody knows has no value", () => {
  const body = openMeteoBody(NOON);
  body.current_units.wind_speed_10m = "knots per hour";
  expect(readOpenMeteo(reply(body)).now).not.toHaveProperty("windMs");
});

test("OpenWeatherMap is asked for now and for the coming days", async () => {
  await using vendor = await startFakeVendor();
  vendor.answer((path) => ({
    body: JSON.stringify(
      path.includes("/forecast?") ? openWeatherMapForecast(NOON) : openWeatherMapNow(NOON),
    ),
  }));
  const place = { latitude: 48.2, longitude: 16.37, timeZone: "Europe/Vienna" };
  const provider = createOpenWeatherMap({ place, key: "a-key", baseUrl: vendor.url });
  const { now, hours } = await provider.fetch(AbortSignal.timeout(5_000));
  expect(now).toMatchObject({ at: NOON, temperatureC: 4.2, windMs: 2.1, condition: "clear-night" });
  expect(hours[1]).toMatchObject({
    ...{ start: NOON + 3 * HOUR_MS, end: NOON + 6 * HOUR_MS, temperatureC: 4 },
    ...{ precipitationMm: 3.3, precipitationPercent: 87, condition: "pouring" },
  });
  expect(vendor.asked.every((path) => path.includes("units=metric"))).toBe(true);
});

test("OpenWeatherMap without a key asks nobody and says what to do", async () => {
  const provider = createOpenWeatherMap({
    place: { latitude: 0, longitude: 0, timeZone: "UTC" },
    key: "",
  });
  await expect(provider.fetch(AbortSignal.timeout(5_000))).rejects.toMatchObject({
    kind: "unconfigured",
    facts: { option: "openweathermap_key" },
  });
});

test("OpenWeatherMap's kelvin are degrees, and snow counts as water", () => {
  const body = { ...openWeatherMapNow(NOON), snow: { "1h": 0.5 }, rain: { "1h": 1 } };
  const kelvin = { ...body, main: { ...body.main, temp: 273.65, feels_like: 270 } };
  expect(readOpenWeatherMap(reply(kelvin)).now).toMatchObject({
    temperatureC: 0.5,
    feelsLikeC: -3.15,
    precipitationMm: 1.5,
  });
});

test("One Call is read whole and in parts", () => {
  const dt = NOON / SECOND_MS;
  const moment = {
    dt,
    temp: 6.8,
    humidity: 82,
    wind_speed: 9.8,
    weather: [{ id: 803, icon: "04d" }],
  };
  const hour = { ...moment, pop: 0.5, rain: { "1h": 0.4 } };
  const day = { dt, temp: { min: 1, max: 9 }, rain: 2, weather: [{ id: 600 }] };
  const whole = readOpenWeatherMap(reply({ current: moment, hourly: [hour], daily: [day] }));
  expect(whole).toMatchObject({
    now: { temperatureC: 6.8, condition: "cloudy" },
    hours: [{ start: NOON, end: NOON + HOUR_MS, precipitationMm: 0.4 }],
    days: [{ highC: 9, lowC: 1, precipitationMm: 2, condition: "snowy" }],
  });
  expect(readOpenWeatherMap(reply(moment)).now?.temperatureC).toBe(6.8);
  expect(readOpenWeatherMap(reply(hour)).hours).toHaveLength(1);
  expect(readOpenWeatherMap(reply({ dt, precipitation: 0.6 })).hours).toEqual([
    { start: NOON, end: NOON + 60_000, precipitationMm: 0.01 },
  ]);
});

test.each([401, 429])("OpenWeatherMap's status %i is heard also from the body", (cod) => {
  expect(() => readOpenWeatherMap(reply({ cod: String(cod), message: "no" }))).toThrowError(
    expect.objectContaining({ kind: cod === 401 ? "unconfigured" : "unavailable" }),
  );
});

const entity = {
  entityId: "weather.home",
  state: "cloudy",
  lastUpdatedAt: NOON,
  attributes: {
    temperature: 50,
    temperature_unit: "°F",
    pressure: 30,
    pressure_unit: "inHg",
    wind_speed: 10,
    wind_speed_unit: "mph",
    humidity: 61,
  },
};

test("a weather entity says its values in its own units, and its forecasts", () => {
  const facts = readHomeAssistantWeather(entity, {
    hourly: {
      type: "hourly",
      forecast: [
        {
          datetime: "2026-11-27T13:00:00+01:00",
          condition: "rainy",
          temperature: 41,
          precipitation: 1,
        },
        { datetime: "2026-11-27T14:00:00+01:00", temperature: 32 },
      ],
    },
    daily: {
      type: "daily",
      forecast: [{ datetime: "2026-11-27T12:00:00+00:00", temperature: 59, templow: 41 }],
    },
  });
  expect(facts.now).toEqual({
    ...{ at: NOON, temperatureC: 10, humidityPercent: 61, pressureHpa: 1015.92 },
    ...{ windMs: 4.47, condition: "cloudy" },
  });
  expect(facts.hours[0]).toEqual({
    ...{ start: NOON, end: NOON + HOUR_MS, temperatureC: 5 },
    ...{ precipitationMm: 1, condition: "rainy" },
  });
  expect(facts.days).toEqual([{ start: NOON, end: NOON + 24 * HOUR_MS, highC: 15, lowC: 5 }]);
});

test("a weather entity without a forecast is still the weather; one without a value is not", () => {
  expect(
    readHomeAssistantWeather(entity, { daily: { type: "daily", forecast: null } }).days,
  ).toEqual([]);
  expect(() => readHomeAssistantWeather({ ...entity, state: "unavailable" }, {})).toThrowError(
    expect.objectContaining({ kind: "unavailable", code: "surroundings.entity_unavailable" }),
  );
});
