import type { OutsideTopic } from "#enrichment/provider.ts";
import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";

/** The domain of our own entities: no other program has it. */
export const OWN_DOMAIN = "homeiq";

export interface SeriesDescription {
  readonly topic: OutsideTopic;
  readonly name: string;
  /** Home Assistant's, where it has one. */
  readonly deviceClass?: string;
  /** Digits after the point: what is less is noise, and would be a change each time. */
  readonly digits: number;
  /** A change is kept no more often. */
  readonly everyMs: number;
}

const slow = { digits: 1, everyMs: MINUTE_MS };
const whole = { digits: 0, everyMs: MINUTE_MS };
const meter = { topic: "meter", digits: 3, everyMs: MINUTE_MS } as const;

/** All values of outside that the history keeps, by the entity's id without its domain. */
export const SERIES: Readonly<Record<string, SeriesDescription>> = {
  outdoor_temperature: {
    ...{ topic: "weather", name: "Outdoor temperature", deviceClass: "temperature" },
    ...slow,
  },
  outdoor_humidity: {
    ...{ topic: "weather", name: "Outdoor humidity", deviceClass: "humidity" },
    ...whole,
  },
  air_pressure: {
    ...{ topic: "weather", name: "Air pressure", deviceClass: "atmospheric_pressure" },
    ...slow,
  },
  cloud_cover: { topic: "weather", name: "Cloud cover", ...whole },
  wind_speed: { topic: "weather", name: "Wind speed", deviceClass: "wind_speed", ...slow },
  precipitation: { topic: "weather", name: "Precipitation", deviceClass: "precipitation", ...slow },
  uv_index: { topic: "weather", name: "UV index", ...slow },
  electricity_price: { topic: "price", name: "Electricity price", digits: 5, everyMs: MINUTE_MS },
  carbon_intensity: { topic: "carbon", name: "Carbon intensity of the grid", ...whole },
  carbon_percentile: { topic: "carbon", name: "Carbon percentile of the grid", ...whole },
  fossil_share: { topic: "carbon", name: "Fossil share of the grid", ...slow },
  air_quality_index: { topic: "air", name: "Air quality index", deviceClass: "aqi", ...whole },
  pm2_5: { topic: "air", name: "Fine dust PM2.5", deviceClass: "pm25", ...slow },
  pm10: { topic: "air", name: "Dust PM10", deviceClass: "pm10", ...slow },
  o3: { topic: "air", name: "Ozone", deviceClass: "ozone", ...slow },
  no2: { topic: "air", name: "Nitrogen dioxide", deviceClass: "nitrogen_dioxide", ...slow },
  so2: { topic: "air", name: "Sulphur dioxide", deviceClass: "sulphur_dioxide", ...slow },
  co: { topic: "air", name: "Carbon monoxide", ...slow },
  house_power: {
    ...{ topic: "meter", name: "House power", deviceClass: "power" },
    ...{ digits: 0, everyMs: SECOND_MS },
  },
  solar_power: {
    ...{ topic: "meter", name: "Solar power", deviceClass: "power" },
    ...{ digits: 0, everyMs: 10 * SECOND_MS },
  },
  battery_power: {
    ...{ topic: "meter", name: "Battery power", deviceClass: "power" },
    ...{ digits: 0, everyMs: 10 * SECOND_MS },
  },
  energy_import: { ...meter, name: "Energy from the grid", deviceClass: "energy" },
  energy_export: { ...meter, name: "Energy to the grid", deviceClass: "energy" },
  gas_volume: { ...meter, name: "Gas meter", deviceClass: "gas" },
};

export const toEntityId = (series: string) => `${OWN_DOMAIN}.${series}`;

/** What happened last in the games that the household follows. */
export const SPORTS_EVENT = "sports_event";
const TEAM = "game_";
/** How a team fares, by its key. */
export const toTeamSeries = (key: string) => `${TEAM}${key}`;

/** What an entity of our own is; `undefined` for those of Home Assistant. */
export function describeOwn(entityId: string): Described | undefined {
  if (!entityId.startsWith(`${OWN_DOMAIN}.`)) return undefined;
  const series = entityId.slice(OWN_DOMAIN.length + 1);
  if (series === SPORTS_EVENT) return { topic: "sports", name: "What happened in games" };
  if (series.startsWith(TEAM)) return { topic: "sports", name: toTitle(series.slice(TEAM.length)) };
  return SERIES[series];
}
type Described = Pick<SeriesDescription, "topic" | "name" | "deviceClass">;

/** Until the provider has said how it is written. */
const toTitle = (key: string) =>
  key
    .split("_")
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join(" ");
