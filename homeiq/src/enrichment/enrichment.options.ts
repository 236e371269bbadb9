import { z } from "zod";
import { MEANINGS, readRules } from "./calendar/calendar.ts";
import type { PriceFormula } from "./price/price.ts";
import { toTariff } from "./wishes/wishes.ts";

const text = z.string().trim().optional();
const choice = <const N extends string>(...names: readonly N[]) =>
  z.enum(["auto", "off", ...names]).optional();

/** A price, and others for some hours, as on the bill. */
const tariff = text.refine((given) => !given || toTariff(given) !== undefined, {
  message: 'Write a price, and others for some hours: "0.31" or "0.31, 22-6 0.24"',
});

function areRules(given: string): boolean {
  try {
    readRules(given);
    return true;
  } catch {
    return false; // the refusal says what is allowed
  }
}

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
  price_tariff: tariff,
  price_surcharge: z.number().min(-10).max(10).optional(),
  price_surcharge_percent: z.number().min(0).max(100).optional(),
  price_vat_percent: z.number().min(0).max(100).optional(),
  price_grid_fee: tariff,
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
  calendar_rules: text.refine((given) => areRules(given ?? ""), {
    message: `Write words for ${MEANINGS.join(", ")}: "guests: grandma, poker night; away: camp"`,
  }),
  meter_provider: choice("dsmr-p1", "homewizard", "p1-monitor", "glow", "meter-entities"),
  meter_address: text,
  meter_entity: text,
  homewizard_token: text,
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
    options.homewizard_token,
  ].filter((one) => one !== undefined && one !== "") as string[];

/** What the household pays on top of the market's price; absent when nothing was entered. */
export function formulaOf(options: EnrichmentOptions): PriceFormula | undefined {
  const grid = toTariff(options.price_grid_fee);
  const said = [
    ...[options.price_surcharge, options.price_surcharge_percent, options.price_vat_percent],
    grid,
  ];
  if (said.every((one) => one === undefined || one === 0)) return undefined;
  return {
    surcharge: options.price_surcharge ?? 0,
    surchargePercent: options.price_surcharge_percent ?? 0,
    vatPercent: options.price_vat_percent ?? 0,
    gridFee: grid?.price ?? 0,
    gridFees: grid?.rates ? [...grid.rates] : [],
  };
}
