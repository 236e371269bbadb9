import type {
  Place,
  Provider,
  WeatherDay,
  WeatherFacts,
  WeatherHour,
} from "#enrichment/provider.ts";
import { AppError } from "#foundation/errors.ts";
import { askServer, parseJson, type Reply, readShape, refuseBadStatus } from "#foundation/http.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import {
  Coded,
  DayOneCall,
  Forecast25,
  MinuteOneCall,
  Moment25,
  MomentOneCall,
  OneCall,
} from "./openweathermap.schema.ts";
import { toDays, toMinute, toNow, toPlain, toSlots } from "./to-facts.ts";

/** What one answer says; each of the vendor's interfaces says another part. */
export interface OpenWeatherMapPart {
  readonly now?: WeatherFacts["now"];
  readonly hours: readonly WeatherHour[];
  readonly days: readonly WeatherDay[];
}

/**
 * The weather of a place, now and in steps of three hours for five days.
 *
 * Source: https://openweathermap.org/current and https://openweathermap.org/forecast5. Needs a key, which is free
 * for 1,000,000 calls a month. Each question is two calls.
 */
export function createOpenWeatherMap({
  place,
  key,
  baseUrl = "https://api.openweathermap.org/",
}: {
  readonly place: Place;
  readonly key: string | undefined;
  readonly baseUrl?: string;
}): Provider<WeatherFacts> {
  function addressOf(path: string, appid: string): URL {
    const url = new URL(`data/2.5/${path}`, baseUrl);
    url.searchParams.set("lat", String(place.latitude));
    url.searchParams.set("lon", String(place.longitude));
    url.searchParams.set("units", "metric");
    url.searchParams.set("appid", appid);
    return url;
  }
  return {
    name: "openweathermap",
    topic: "weather",
    maxAgeMs: 15 * MINUTE_MS,
    mostPerDay: 500,
    async fetch(signal) {
      if (!key) throw noKey();
      const [current, forecast] = await Promise.all(
        ["weather", "forecast"].map((path) => askServer(addressOf(path, key), { signal })),
      );
      const { now } = current ? readOpenWeatherMap(current) : {};
      if (!now) throw new AppError("internal", "http.unexpected_shape", "No weather of now");
      const { hours, days } = forecast ? readOpenWeatherMap(forecast) : { hours: [], days: [] };
      return { now, hours, days };
    },
  };
}

/** Any answer of the 2.5 interface or of One Call 3.0, whole or a part of it; in kelvin or Celsius. */
export function readOpenWeatherMap(reply: Reply): OpenWeatherMapPart {
  refuseBadStatus(reply);
  const body = parseJson(reply.text);
  const cod = Coded.safeParse(body).data?.cod;
  if (cod !== undefined) refuseBadStatus({ ...reply, status: cod });
  const fields = new Set(typeof body === "object" && body !== null ? Object.keys(body) : []);
  if (fields.has("list"))
    return { hours: toSlots(readShape(body, Forecast25).list.map(toPlain)), days: [] };
  if (fields.has("main")) return readMoment(body);
  if (["current", "hourly", "daily"].some((name) => fields.has(name))) return readOneCall(body);
  if (fields.has("precipitation"))
    return { hours: [toMinute(readShape(body, MinuteOneCall))], days: [] };
  const day = DayOneCall.safeParse(body).data;
  if (day) return { hours: [], days: toDays([day]) };
  const moment = readShape(body, MomentOneCall);
  return moment.pop === undefined
    ? { now: toNow(moment), hours: [], days: [] }
    : { hours: toSlots([moment]), days: [] };
}

/** An entry of the forecast has a chance of rain; the weather now has none. */
function readMoment(body: unknown): OpenWeatherMapPart {
  const moment = toPlain(readShape(body, Moment25));
  return moment.pop === undefined
    ? { now: toNow(moment), hours: [], days: [] }
    : { hours: toSlots([moment]), days: [] };
}

function readOneCall(body: unknown): OpenWeatherMapPart {
  const { current, hourly, daily } = readShape(body, OneCall);
  return {
    ...(current ? { now: toNow(current) } : {}),
    hours: toSlots(hourly),
    days: toDays(daily),
  };
}

const noKey = () =>
  new AppError("unconfigured", "surroundings.no_key", "OpenWeatherMap needs a key", {
    facts: { option: "openweathermap_key" },
  });
