import type { z } from "zod";
import type { WeatherDay, WeatherFacts, WeatherHour } from "#enrichment/provider.ts";
import { byNight, toCelsius, toDayEnds } from "#enrichment/weather/weather.ts";
import { dropAbsent } from "#foundation/absent.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import { conditionOf } from "./conditions.ts";
import type {
  DayOneCall,
  MinuteOneCall,
  Moment25,
  MomentOneCall,
} from "./openweathermap.schema.ts";

type Moment = z.infer<typeof MomentOneCall>;
type Amount = Moment["rain"];

const STEP_MS = 3 * HOUR_MS; // of the 2.5 forecast
const COLDEST_KELVIN = 150; // no Celsius is that hot and no kelvin of weather that cold

/** The 2.5 interface in the words of the newer one. */
export const toPlain = ({
  dt,
  main,
  weather,
  clouds,
  wind,
  rain,
  snow,
  pop,
}: z.infer<typeof Moment25>): Moment => ({
  dt,
  temp: main.temp,
  ...dropAbsent({
    feels_like: main.feels_like,
    pressure: main.sea_level ?? main.pressure,
    humidity: main.humidity,
    clouds: clouds?.all,
    wind_speed: wind?.speed,
    wind_deg: wind?.deg,
    wind_gust: wind?.gust,
    weather,
    rain,
    snow,
    pop,
  }),
});

export const toNow = (moment: Moment): WeatherFacts["now"] => ({
  at: moment.dt * SECOND_MS,
  temperatureC: temperature(moment.temp),
  ...dropAbsent({
    feelsLikeC: moment.feels_like === undefined ? undefined : temperature(moment.feels_like),
    humidityPercent: moment.humidity,
    pressureHpa: moment.pressure,
    cloudPercent: moment.clouds,
    windMs: moment.wind_speed,
    windDegrees: moment.wind_deg,
    gustMs: moment.wind_gust,
    precipitationMm: fallen(moment, "1h"),
    uvIndex: moment.uvi,
    condition: wordOf(moment.weather),
  }),
});

/** Each lasts until the next one; the last as long as the one before, or the interface's usual step. */
export function toSlots(moments: readonly Moment[]): WeatherHour[] {
  const starts = moments.map(({ dt }) => dt * SECOND_MS);
  return moments.map((moment, n) => {
    const start = starts[n] ?? 0;
    const usual = has3h(moment) ? STEP_MS : HOUR_MS;
    const before = starts[n - 1];
    const end = starts[n + 1] ?? start + (before === undefined ? usual : start - before);
    return {
      start,
      end,
      temperatureC: temperature(moment.temp),
      ...dropAbsent({
        humidityPercent: moment.humidity,
        precipitationMm: fallen(moment, "3h") ?? fallen(moment, "1h"),
        precipitationPercent: moment.pop === undefined ? undefined : Math.round(moment.pop * 100),
        cloudPercent: moment.clouds,
        windMs: moment.wind_speed,
        gustMs: moment.wind_gust,
        condition: wordOf(moment.weather),
      }),
    };
  });
}

/** The day's moment is its noon; it is kept as the 24 hours around it. */
export function toDays(days: readonly z.infer<typeof DayOneCall>[]): WeatherDay[] {
  return toDayEnds(
    days.map(({ dt, temp, weather, rain, snow }) => ({
      start: dt * SECOND_MS - DAY_MS / 2,
      highC: temperature(temp.max),
      lowC: temperature(temp.min),
      ...dropAbsent({
        precipitationMm:
          rain === undefined && snow === undefined ? undefined : (rain ?? 0) + (snow ?? 0),
        condition: wordOf(weather),
      }),
    })),
  );
}

/** The vendor says mm per hour. */
export const toMinute = ({ dt, precipitation }: z.infer<typeof MinuteOneCall>): WeatherHour => ({
  start: dt * SECOND_MS,
  end: dt * SECOND_MS + MINUTE_MS,
  precipitationMm: precipitation / 60,
});

const temperature = (value: number) =>
  toCelsius(value, value > COLDEST_KELVIN ? "K" : "°C") ?? value;

/** Rain and snow, as water. */
function fallen({ rain, snow }: Pick<Moment, "rain" | "snow">, span: "1h" | "3h") {
  const amounts = [rain, snow].map((one) => amountOf(one, span));
  if (amounts.every((one) => one === undefined)) return undefined;
  return amounts.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

const amountOf = (amount: Amount, span: "1h" | "3h") =>
  typeof amount === "number" ? amount : amount?.[span];

const has3h = ({ rain, snow }: Moment) =>
  [rain, snow].some((one) => typeof one === "object" && one["3h"] !== undefined);

const wordOf = (weather: Moment["weather"]) => {
  const [first] = weather ?? [];
  return byNight(conditionOf(first?.id), first?.icon?.endsWith("n") ?? false);
};
