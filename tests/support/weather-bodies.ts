import { HOUR_MS, SECOND_MS } from "#src/foundation/time.ts";

// Bodies in the vendors' shapes, made up; the real ones are not part of the project.

const inSeconds = (at: number) => Math.round(at / SECOND_MS);

/** Open-Meteo's answer to our own question. */
export const openMeteoBody = (at: number, temperature = 7.5) => {
  const start = at - (at % HOUR_MS);
  const hours = [0, 1, 2].map((n) => inSeconds(start + n * HOUR_MS));
  return {
    latitude: 48.2,
    longitude: 16.37,
    utc_offset_seconds: 3600,
    current_units: {
      time: "unixtime",
      temperature_2m: "°C",
      wind_speed_10m: "m/s",
      wind_gusts_10m: "m/s",
    },
    current: {
      time: inSeconds(at),
      interval: 900,
      temperature_2m: temperature,
      relative_humidity_2m: 81,
      apparent_temperature: 5.1,
      precipitation: 0.2,
      weather_code: 61,
      cloud_cover: 95,
      pressure_msl: 1012.3,
      wind_speed_10m: 3.4,
      wind_direction_10m: 270,
      wind_gusts_10m: 8.8,
      uv_index: null,
      is_day: 1,
    },
    hourly_units: {
      time: "unixtime",
      temperature_2m: "°C",
      wind_speed_10m: "m/s",
      wind_gusts_10m: "m/s",
    },
    hourly: {
      time: hours,
      temperature_2m: [temperature, 8.1, null],
      relative_humidity_2m: [80, 78, 77],
      precipitation: [0.2, 0, 0],
      precipitation_probability: [60, 20, 5],
      weather_code: [61, 3, 0],
      cloud_cover: [95, 90, 10],
      wind_speed_10m: [3.4, 3, 2.5],
      wind_gusts_10m: [8.8, 7, 6],
      uv_index: [0.3, 0.5, 0.4],
      is_day: [1, 1, 0],
    },
    daily_units: { time: "unixtime", temperature_2m_max: "°C" },
    daily: {
      time: [inSeconds(start), inSeconds(start + 24 * HOUR_MS)],
      weather_code: [61, 71],
      temperature_2m_max: [9.1, 3],
      temperature_2m_min: [2.2, -1.5],
      precipitation_sum: [4.2, 1],
    },
  };
};

/** OpenWeatherMap's weather now, in metric units as we ask for them. */
export const openWeatherMapNow = (at: number) => ({
  coord: { lon: 16.37, lat: 48.2 },
  weather: [{ id: 800, main: "Clear", description: "clear sky", icon: "01n" }],
  main: { temp: 4.2, feels_like: 1.9, pressure: 1019, humidity: 70 },
  wind: { speed: 2.1, deg: 10 },
  clouds: { all: 0 },
  dt: inSeconds(at),
  cod: 200,
});

export const openWeatherMapForecast = (at: number) => ({
  cod: "200",
  list: [0, 1].map((n) => ({
    dt: inSeconds(at) + n * 10_800,
    main: { temp: 3 + n, pressure: 1018, humidity: 75 },
    weather: [{ id: 502, icon: "10d" }],
    clouds: { all: 90 },
    wind: { speed: 5, deg: 200, gust: 9 },
    rain: { "3h": 3.3 },
    pop: 0.87,
  })),
});
