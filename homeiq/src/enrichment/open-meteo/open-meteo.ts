import type {
  Place,
  Provider,
  WeatherDay,
  WeatherFacts,
  WeatherHour,
} from "#enrichment/provider.ts";
import {
  byNight,
  toCelsius,
  toDayEnds,
  toHectopascal,
  toMetersPerSecond,
  toMillimeters,
} from "#enrichment/weather/weather.ts";
import { dropAbsent } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, type Reply, readJson } from "#foundation/http.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import { conditionOf } from "./conditions.ts";
import { OpenMeteoForecast } from "./open-meteo.schema.ts";

const HOURLY = [
  "temperature_2m",
  "relative_humidity_2m",
  "precipitation",
  "precipitation_probability",
  "weather_code",
  "cloud_cover",
  "wind_speed_10m",
  "wind_gusts_10m",
  "uv_index",
  "is_day",
];
const CURRENT = [
  "temperature_2m",
  "relative_humidity_2m",
  "apparent_temperature",
  "precipitation",
  "weather_code",
  "cloud_cover",
  "pressure_msl",
  "wind_speed_10m",
  "wind_direction_10m",
  "wind_gusts_10m",
  "uv_index",
  "is_day",
];
const DAILY = ["weather_code", "temperature_2m_max", "temperature_2m_min", "precipitation_sum"];

/**
 * The weather of a place, now and for three days, from national weather services.
 *
 * Source: https://open-meteo.com/en/docs. Needs no key; free for homes up to 10,000 calls a day.
 */
export function createOpenMeteo({
  clock,
  place,
  baseUrl = "https://api.open-meteo.com/",
}: {
  readonly clock: Clock;
  readonly place: Place;
  readonly baseUrl?: string;
}): Provider<WeatherFacts> {
  return {
    name: "open-meteo",
    topic: "weather",
    maxAgeMs: 15 * MINUTE_MS,
    mostPerDay: 1_000,
    async fetch(signal) {
      const url = new URL("v1/forecast", baseUrl);
      const asked = {
        latitude: String(place.latitude),
        longitude: String(place.longitude),
        timezone: place.timeZone,
        timeformat: "unixtime",
        wind_speed_unit: "ms",
        forecast_days: "3",
        current: CURRENT.join(","),
        hourly: HOURLY.join(","),
        daily: DAILY.join(","),
      };
      for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value);
      return readOpenMeteo(await askServer(url, { signal }), clock.now());
    },
  };
}

/** `now` tells which hour it is when the answer has only hours; the first one when it is absent. */
export function readOpenMeteo(reply: Reply, now?: number): WeatherFacts {
  const body = readJson(reply, OpenMeteoForecast);
  const offsetMs = body.utc_offset_seconds * SECOND_MS;
  const hours = readHours(body, offsetMs);
  return {
    now: readNow(body, offsetMs) ?? hourAsNow(hours, now),
    hours,
    days: readDays(body, offsetMs),
  };
}

function readNow(body: OpenMeteoForecast, offsetMs: number): WeatherFacts["now"] | undefined {
  const fields = body.current ?? body.current_weather;
  if (!fields) return undefined;
  const row = rowOf(fields, body.current ? body.current_units : body.current_weather_units);
  const temperatureC = toCelsius(...row("temperature_2m", "temperature"));
  if (temperatureC === undefined) throw unexpected("current.temperature_2m");
  const [isDay] = row("is_day");
  const [code] = row("weather_code", "weathercode");
  return {
    at: toMoment(fields.time, offsetMs),
    temperatureC,
    ...dropAbsent({
      feelsLikeC: toCelsius(...row("apparent_temperature")),
      humidityPercent: row("relative_humidity_2m", "relativehumidity_2m")[0],
      pressureHpa: toHectopascal(...row("pressure_msl")),
      cloudPercent: row("cloud_cover", "cloudcover")[0],
      windMs: toMetersPerSecond(...wind(row("wind_speed_10m", "windspeed_10m", "windspeed"))),
      windDegrees: row("wind_direction_10m", "winddirection_10m", "winddirection")[0],
      gustMs: toMetersPerSecond(...wind(row("wind_gusts_10m", "windgusts_10m"))),
      precipitationMm: toMillimeters(...row("precipitation")),
      uvIndex: row("uv_index")[0],
      condition: byNight(conditionOf(code), isDay === 0),
    }),
  };
}

function readHours({ hourly, hourly_units }: OpenMeteoForecast, offsetMs: number): WeatherHour[] {
  if (!hourly) return [];
  return hourly.time.flatMap((time, n) => {
    if (time === null) return [];
    const row = rowOf(hourly, hourly_units, n);
    const start = toMoment(time, offsetMs);
    const [isDay] = row("is_day");
    const [code] = row("weather_code", "weathercode");
    return {
      start,
      end: start + HOUR_MS,
      ...dropAbsent({
        temperatureC: toCelsius(...row("temperature_2m")),
        humidityPercent: row("relative_humidity_2m", "relativehumidity_2m")[0],
        precipitationMm: toMillimeters(...row("precipitation")),
        precipitationPercent: row("precipitation_probability")[0],
        cloudPercent: row("cloud_cover", "cloudcover")[0],
        windMs: toMetersPerSecond(...wind(row("wind_speed_10m", "windspeed_10m"))),
        gustMs: toMetersPerSecond(...wind(row("wind_gusts_10m", "windgusts_10m"))),
        condition: byNight(conditionOf(code), isDay === 0),
      }),
    };
  });
}

function readDays({ daily, daily_units }: OpenMeteoForecast, offsetMs: number): WeatherDay[] {
  if (!daily) return [];
  const days = daily.time.flatMap((time, n) => {
    if (time === null) return [];
    const row = rowOf(daily, daily_units, n);
    return {
      start: toMoment(time, offsetMs),
      ...dropAbsent({
        highC: toCelsius(...row("temperature_2m_max")),
        lowC: toCelsius(...row("temperature_2m_min")),
        precipitationMm: toMillimeters(...row("precipitation_sum")),
        condition: conditionOf(row("weather_code", "weathercode")[0]),
      }),
    };
  });
  return toDayEnds(days);
}

function hourAsNow(hours: readonly WeatherHour[], now: number | undefined): WeatherFacts["now"] {
  const hour = hours.find(({ end }) => now === undefined || end > now) ?? hours[0];
  if (hour?.temperatureC === undefined) throw unexpected("hourly.temperature_2m");
  const { start, end: _, precipitationPercent: __, temperatureC, ...rest } = hour;
  return { at: start, temperatureC, ...rest };
}

/** A number and its unit, under the first of the names that is there. */
function rowOf(
  fields: Readonly<Record<string, unknown>>,
  units: Readonly<Record<string, string>> | undefined,
  n?: number,
) {
  return (...names: readonly string[]): [number | undefined, string | undefined] => {
    const name = names.find((one) => fields[one] !== undefined) ?? "";
    const field = fields[name];
    const value = n === undefined || !Array.isArray(field) ? field : field[n];
    return [typeof value === "number" ? value : undefined, units?.[name]];
  };
}

/** Without a unit it is the vendor's own. */
const wind = ([value, unit]: [number | undefined, string | undefined]): Parameters<
  typeof toMetersPerSecond
> => [value, unit ?? "km/h"];

/** Seconds since the epoch, or local time without a zone. */
function toMoment(time: number | string, offsetMs: number): number {
  if (typeof time === "number") return time * SECOND_MS;
  const at = Date.parse(time.includes("T") ? `${time}Z` : `${time}T00:00Z`) - offsetMs;
  if (Number.isNaN(at)) throw unexpected("time");
  return at;
}

const unexpected = (at: string) =>
  new AppError("internal", "http.unexpected_shape", `Open-Meteo says no ${at}`, { facts: { at } });
