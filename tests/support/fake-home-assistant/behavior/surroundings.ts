import type { House } from "../household/house.ts";
import type { Core } from "../model/core.ts";
import { nextSunCrossing, sunPosition } from "../model/sun-position.ts";

const MINUTE_MS = 60_000;
const SUN_UPDATE_MS = 4 * MINUTE_MS; // Core moves the sun every few minutes by day
const WEATHER_UPDATE_MS = 17 * MINUTE_MS;
const FRONT_MS = 9 * 3_600_000; // how long a kind of weather lasts, about

/** What is true outside the house. */
export interface Surroundings {
  outdoorTemperature(): number;
  outdoorHumidity(): number;
  /** 0 clear to 1 overcast. */
  clouds(): number;
  /** Lux of daylight outdoors. */
  daylight(): number;
  /** Degrees above the horizon. */
  sunElevation(): number;
  wind(): number;
  pressure(): number;
  condition(): string;
}

/** Sun and weather; writes their entities as time passes. */
export function startSurroundings(core: Core, house: House): Surroundings {
  const { clock, random, place, entities, calendar } = core;
  let clouds = random.next();
  let front = random.next();
  let pressure = 1013;
  let sunAt = -1;
  let elevation = 0;

  function sunElevation() {
    if (Math.abs(clock.now() - sunAt) > MINUTE_MS) {
      sunAt = clock.now();
      elevation = sunPosition(sunAt, place).elevation;
    }
    return elevation;
  }
  const isRaining = () => clouds > 0.8 && front > 0.55;
  const outdoorTemperature = () => {
    const { minuteOfDay, dayOfYear } = calendar.at(clock.now());
    const season = 10 - 10.5 * Math.cos(((dayOfYear - 20) / 365) * 2 * Math.PI);
    const day = -4.2 * Math.cos(((minuteOfDay - 210) / 1440) * 2 * Math.PI);
    return season + day * (1.2 - 0.6 * clouds) + (front - 0.5) * 6;
  };
  const condition = () => {
    if (isRaining()) return clouds > 0.95 ? "pouring" : "rainy";
    if (clouds > 0.75) return "cloudy";
    if (clouds > 0.3) return "partlycloudy";
    return sunElevation() > 0 ? "sunny" : "clear-night";
  };
  const surroundings: Surroundings = {
    outdoorTemperature,
    outdoorHumidity: () => Math.min(99, 58 + clouds * 22 + (isRaining() ? 14 : 0)),
    clouds: () => clouds,
    daylight() {
      const sine = Math.sin((Math.max(0, sunElevation() + 3) * Math.PI) / 180);
      return sine * 90_000 * (1 - 0.75 * clouds);
    },
    sunElevation,
    wind: () => 4 + clouds * 14 + random.next() * 7,
    pressure: () => pressure,
    condition,
  };

  function moveWeather() {
    clouds = Math.min(1, Math.max(0, clouds + (front - clouds) * 0.25 + random.bell() * 0.08));
    pressure += (1022 - front * 20 - pressure) * 0.2 + random.bell() * 0.2;
    if (random.chance(WEATHER_UPDATE_MS / FRONT_MS)) front = random.next();
    if (house.weather !== undefined) {
      entities.write(house.weather, {
        state: condition(),
        attributes: {
          temperature: Math.round(outdoorTemperature() * 10) / 10,
          humidity: Math.round(surroundings.outdoorHumidity()),
          pressure: Math.round(pressure * 10) / 10,
          wind_speed: Math.round(surroundings.wind() * 10) / 10,
          cloud_coverage: Math.round(clouds * 100),
        },
      });
    }
    clock.after(WEATHER_UPDATE_MS, moveWeather);
  }

  function moveSun() {
    const position = sunPosition(clock.now(), place);
    entities.write("sun.sun", {
      attributes: {
        elevation: Math.round(position.elevation * 100) / 100,
        azimuth: Math.round(position.azimuth * 100) / 100,
      },
    });
    clock.after(position.elevation > -6 ? SUN_UPDATE_MS : 5 * SUN_UPDATE_MS, moveSun);
  }

  function turnSun() {
    const rises = nextSunCrossing(clock.now() + 1000, { ...place, rising: true });
    const sets = nextSunCrossing(clock.now() + 1000, { ...place, rising: false });
    entities.write("sun.sun", {
      state: sets < rises ? "above_horizon" : "below_horizon",
      attributes: {
        next_rising: new Date(rises).toISOString(),
        next_setting: new Date(sets).toISOString(),
        rising: calendar.at(clock.now()).minuteOfDay < 780,
      },
    });
    clock.at(Math.min(rises, sets), turnSun);
  }

  turnSun();
  moveSun();
  moveWeather();
  return surroundings;
}
