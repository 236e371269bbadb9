import { z } from "zod";
import type { Provider, WeatherDay, WeatherFacts, WeatherHour } from "#enrichment/provider.ts";
import {
  toCelsius,
  toDayEnds,
  toHectopascal,
  toMetersPerSecond,
  toMillimeters,
} from "#enrichment/weather/weather.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { type Clock, sleep } from "#foundation/clock.ts";
import { AppError, toAppError } from "#foundation/errors.ts";
import { readShape } from "#foundation/http.ts";
import { HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { Session } from "#home/connection/connection.ts";
import type { EntityState } from "#home/states/states.ts";

const FORECAST_WITHIN_MS = 3 * SECOND_MS; // the first one comes right after the subscription
const KINDS = ["hourly", "daily"] as const;
type Kind = (typeof KINDS)[number];

const number = z.number().nullish().catch(undefined);
const Entry = z.object({
  datetime: z.string(),
  condition: z.string().nullish().catch(undefined),
  temperature: number,
  templow: number,
  precipitation: number,
  precipitation_probability: number,
  wind_speed: number,
  wind_gust_speed: number,
  humidity: number,
  cloud_coverage: number,
});
const Forecast = z.object({ forecast: z.array(Entry).nullable() });
type Entry = z.infer<typeof Entry>;

export interface Forecasts {
  readonly hourly?: unknown;
  readonly daily?: unknown;
}

interface Deps {
  readonly clock: Clock;
  readonly entityId: string;
  readonly states: ReadonlyMap<string, EntityState>;
  /** The connection there is now; `undefined` while there is none. */
  session(): Pick<Session, "subscribe"> | undefined;
}

/** A weather entity of Home Assistant; its forecasts are subscribed to once per connection. */
export function createHomeAssistantWeather({
  clock,
  entityId,
  states,
  session,
}: Deps): Provider<WeatherFacts> {
  let subscribed: Pick<Session, "subscribe"> | undefined;
  let forecasts: Forecasts = {};

  async function follow(signal: AbortSignal): Promise<void> {
    const current = session();
    if (!current || current === subscribed) return;
    subscribed = current;
    const came = new AbortController();
    try {
      await Promise.all(KINDS.map((kind) => subscribe(current, kind, () => came.abort())));
    } catch (error) {
      subscribed = undefined;
      throw error;
    }
    const waiting = AbortSignal.any([signal, came.signal]);
    await sleep(clock, FORECAST_WITHIN_MS, waiting).catch(() => {}); // it came, or it comes later
  }

  async function subscribe(
    current: Pick<Session, "subscribe">,
    kind: Kind,
    onFirst: () => void,
  ): Promise<void> {
    const command = {
      type: "weather/subscribe_forecast",
      entity_id: entityId,
      forecast_type: kind,
    };
    try {
      await current.subscribe(command, (event) => {
        forecasts = { ...forecasts, [kind]: event };
        onFirst();
      });
    } catch (error) {
      // Many entities have only one of the two, or none.
      if (toAppError(error).code !== "home.forecast_not_supported") throw error;
    }
  }

  return {
    name: "home-assistant-weather",
    topic: "weather",
    maxAgeMs: 5 * MINUTE_MS,
    async fetch(signal) {
      const found = states.get(entityId);
      if (!found) throw noEntity(entityId, session() !== undefined);
      await follow(signal);
      return readHomeAssistantWeather(states.get(entityId) ?? found, forecasts);
    },
  };
}

/** Throws `unavailable` while the entity has no value. */
export function readHomeAssistantWeather(
  {
    entityId,
    state,
    attributes,
    lastUpdatedAt,
  }: Pick<EntityState, "entityId" | "state" | "attributes" | "lastUpdatedAt">,
  forecasts: Forecasts,
): WeatherFacts {
  const value = (name: string) => {
    const found = attributes[name];
    return typeof found === "number" ? found : undefined;
  };
  const units = unitsOf(attributes);
  const temperatureC = toCelsius(value("temperature"), units.temperature);
  if (state === "unavailable" || state === "unknown" || temperatureC === undefined) {
    throw new AppError(
      "unavailable",
      "surroundings.entity_unavailable",
      `${entityId} is ${state}`,
      {
        facts: { entityId, state },
      },
    );
  }
  return {
    now: {
      at: Math.round(lastUpdatedAt),
      temperatureC,
      condition: state,
      ...dropAbsent({
        feelsLikeC: toCelsius(value("apparent_temperature"), units.temperature),
        humidityPercent: value("humidity"),
        pressureHpa: toHectopascal(value("pressure"), units.pressure),
        cloudPercent: value("cloud_coverage"),
        windMs: toMetersPerSecond(value("wind_speed"), units.wind),
        windDegrees: value("wind_bearing"),
        gustMs: toMetersPerSecond(value("wind_gust_speed"), units.wind),
        uvIndex: value("uv_index"),
      }),
    },
    hours: entriesOf(forecasts.hourly).map((entry, n, all) => toHour(entry, all[n + 1], units)),
    days: toDayEnds(entriesOf(forecasts.daily).map((entry) => toDay(entry, units))),
  };
}

const entriesOf = (event: unknown): readonly Entry[] =>
  event === undefined ? [] : (readShape(event, Forecast).forecast ?? []);

interface Units {
  readonly temperature: string;
  readonly pressure: string;
  readonly wind: string;
  readonly precipitation: string;
}

function unitsOf(attributes: EntityState["attributes"]): Units {
  const unit = (name: string, usual: string) => {
    const found = attributes[`${name}_unit`];
    return typeof found === "string" ? found : usual;
  };
  return {
    temperature: unit("temperature", "°C"),
    pressure: unit("pressure", "hPa"),
    wind: unit("wind_speed", "km/h"),
    precipitation: unit("precipitation", "mm"),
  };
}

function toHour(entry: Entry, next: Entry | undefined, units: Units): WeatherHour {
  const start = toMoment(entry.datetime);
  return {
    start,
    end: next ? toMoment(next.datetime) : start + HOUR_MS,
    ...dropAbsent({
      temperatureC: toCelsius(entry.temperature ?? undefined, units.temperature),
      humidityPercent: entry.humidity ?? undefined,
      precipitationMm: toMillimeters(entry.precipitation ?? undefined, units.precipitation),
      precipitationPercent: entry.precipitation_probability ?? undefined,
      cloudPercent: entry.cloud_coverage ?? undefined,
      windMs: toMetersPerSecond(entry.wind_speed ?? undefined, units.wind),
      gustMs: toMetersPerSecond(entry.wind_gust_speed ?? undefined, units.wind),
      condition: entry.condition ?? undefined,
    }),
  };
}

const toDay = (entry: Entry, units: Units): Omit<WeatherDay, "end"> => ({
  start: toMoment(entry.datetime),
  ...dropAbsent({
    highC: toCelsius(entry.temperature ?? undefined, units.temperature),
    lowC: toCelsius(entry.templow ?? undefined, units.temperature),
    precipitationMm: toMillimeters(entry.precipitation ?? undefined, units.precipitation),
    condition: entry.condition ?? undefined,
  }),
});

function toMoment(text: string): number {
  const at = Date.parse(text);
  if (!Number.isNaN(at)) return at;
  throw new AppError("internal", "http.unexpected_shape", "A forecast without a time", {
    facts: { at: "forecast.datetime" },
  });
}

/** Before Home Assistant is there, no entity is: that passes by itself. */
const noEntity = (entityId: string, isConnected: boolean) =>
  isConnected
    ? new AppError("unconfigured", "surroundings.no_entity", `There is no ${entityId}`, {
        facts: { entityId },
      })
    : new AppError("unavailable", "surroundings.home_away", "Home Assistant is not there yet");
