import { z } from "zod";

const text = z.string().trim().optional();
const choice = <const N extends string>(...names: readonly N[]) =>
  z.enum(["auto", "off", ...names]).optional();

/** Who is asked about outside, and with which keys. All of it is optional; an empty text is as good as none. */
export const enrichmentOptions = z.object({
  outside_off: z.boolean().optional(),
  weather_provider: choice("open-meteo", "openweathermap", "home-assistant-weather"),
  weather_entity: text,
  openweathermap_key: text,
  price_provider: choice(
    "awattar",
    "entso-e",
    "nord-pool",
    "octopus-agile",
    "tibber",
    "energy-zero",
    "easy-energy",
    "price-entity",
    "static-tariff",
  ),
  price_zone: text,
  price_key: text,
  price_entity: text,
  price_tariff: text,
  carbon_provider: choice("gb-carbon-intensity", "electricity-maps", "watttime"),
  carbon_zone: text,
  carbon_key: text,
  watttime_username: text,
  watttime_password: text,
  air_provider: choice("open-meteo-air", "airnow", "air-entity"),
  air_entity: text,
  airnow_key: text,
  sports_teams: text,
  calendar_provider: choice("home-calendar"),
  calendar_entities: text,
  meter_provider: choice("dsmr-p1", "homewizard", "p1-monitor", "glow", "meter-entities"),
  meter_address: text,
  meter_entity: text,
});

export type EnrichmentOptions = z.infer<typeof enrichmentOptions>;

/** What must never be told to anybody, whatever fails. */
export const secretsOf = (options: EnrichmentOptions): string[] =>
  [
    options.openweathermap_key,
    options.price_key,
    options.carbon_key,
    options.watttime_password,
    options.airnow_key,
  ].filter((one) => one !== undefined && one !== "") as string[];
