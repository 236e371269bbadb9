import { createAirEntity } from "#enrichment/air-entity/air-entity.ts";
import { createAirNow } from "#enrichment/airnow/airnow.ts";
import { createAwattar } from "#enrichment/awattar/awattar.ts";
import type { Vendor } from "#enrichment/choice/choice.ts";
import { createDsmrP1 } from "#enrichment/dsmr-p1/dsmr-p1.ts";
import { createEasyEnergy } from "#enrichment/easy-energy/easy-energy.ts";
import { createElectricityMaps } from "#enrichment/electricity-maps/electricity-maps.ts";
import { createEnergyZero } from "#enrichment/energy-zero/energy-zero.ts";
import type { EnrichmentOptions } from "#enrichment/enrichment.options.ts";
import { createEntsoE } from "#enrichment/entso-e/entso-e.ts";
import { createEspn } from "#enrichment/espn/espn.ts";
import { createGbCarbonIntensity } from "#enrichment/gb-carbon-intensity/gb-carbon-intensity.ts";
import { createGlow } from "#enrichment/glow/glow.ts";
import { createHomeAssistantWeather } from "#enrichment/home-assistant-weather/home-assistant-weather.ts";
import { createHomeCalendar } from "#enrichment/home-calendar/home-calendar.ts";
import { createHomewizard, isLocalHost } from "#enrichment/homewizard/homewizard.ts";
import { createMeterEntities } from "#enrichment/meter-entities/meter-entities.ts";
import { createNordPool } from "#enrichment/nord-pool/nord-pool.ts";
import { createOctopusAgile } from "#enrichment/octopus-agile/octopus-agile.ts";
import { createOpenMeteo } from "#enrichment/open-meteo/open-meteo.ts";
import { createOpenMeteoAir } from "#enrichment/open-meteo-air/open-meteo-air.ts";
import { createOpenWeatherMap } from "#enrichment/openweathermap/openweathermap.ts";
import { createP1Monitor } from "#enrichment/p1-monitor/p1-monitor.ts";
import { createPriceEntity } from "#enrichment/price-entity/price-entity.ts";
import type { OutsideTopic, Place } from "#enrichment/provider.ts";
import { createStaticTariff } from "#enrichment/static-tariff/static-tariff.ts";
import { createTeamTracker } from "#enrichment/team-tracker/team-tracker.ts";
import { createTibber } from "#enrichment/tibber/tibber.ts";
import { createWattTime } from "#enrichment/watttime/watttime.ts";
import { toAddress, toFollowed, toList, toTariff } from "#enrichment/wishes/wishes.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Command, Session } from "#home/connection/connection.ts";
import type { EntityState } from "#home/states/states.ts";

/** What a vendor may be built of. */
export interface Site {
  readonly clock: Clock;
  readonly options: EnrichmentOptions;
  readonly place: Place;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly session: () => Session | undefined;
  readonly request: (command: Command) => Promise<unknown>;
  /** The integration that an entity comes from. */
  /** Whether HomeIQ itself shows this entity. */
  readonly isOwn: (entityId: string) => boolean;
  readonly platformOf: (entityId: string) => string | undefined;
  readonly baseUrlOf: (name: string) => { readonly baseUrl?: string };
  /** For those that report by themselves. */
  readonly push: (name: string, facts: unknown) => void;
  /** For those that get a secret by themselves: it is in no log. */
  readonly hide: (secret: string) => void;
  /** Listens on the household's broker; the answer ends it. */
  readonly subscribe: (topic: string, onMessage: (text: string) => void) => () => void;
}

/** Every source of outside facts, one line each; of a topic, the first that fits is used. */
export const vendorsOf = (site: Site): Vendor[] => [
  ...weather(site),
  ...price(site),
  ...carbon(site),
  ...air(site),
  ...ofTheDay(site),
  ...meter(site),
];

function weather({ clock, options: o, place, states, session, baseUrlOf }: Site): Vendor[] {
  const at = { clock, place };
  return [
    vendor("weather", "home-assistant-weather", Boolean(o.weather_entity), () =>
      createHomeAssistantWeather({ clock, states, session, entityId: o.weather_entity ?? "" }),
    ),
    vendor("weather", "openweathermap", Boolean(o.openweathermap_key), (n) =>
      createOpenWeatherMap({ ...at, ...baseUrlOf(n), key: o.openweathermap_key }),
    ),
    vendor("weather", "open-meteo", true, (n) => createOpenMeteo({ ...at, ...baseUrlOf(n) })),
  ];
}

function price({ clock, options: o, place, states, isOwn, baseUrlOf }: Site): Vendor[] {
  const { timeZone, country = "", currency = "EUR" } = place;
  const at = { clock, timeZone };
  const findState = (entityId: string) => states.get(entityId);
  const zone = o.price_zone || country;
  const key = o.price_key ?? "";
  return [
    vendor("price", "price-entity", Boolean(o.price_entity), () =>
      createPriceEntity({ ...at, findState, isOwn, currency, entityIds: toList(o.price_entity) }),
    ),
    vendor("price", "static-tariff", Boolean(o.price_tariff), () =>
      createStaticTariff({ ...at, currency, ...present("tariff", toTariff(o.price_tariff)) }),
    ),
    vendor("price", "awattar", ["AT", "DE"].includes(zone), (n) =>
      createAwattar({ ...at, ...baseUrlOf(n), country: zone === "DE" ? "de" : "at" }),
    ),
    vendor("price", "energy-zero", country === "NL", (n) =>
      createEnergyZero({ ...at, ...baseUrlOf(n) }),
    ),
    vendor("price", "easy-energy", false, (n) => createEasyEnergy({ ...at, ...baseUrlOf(n) })),
    vendor(
      "price",
      "nord-pool",
      /^(SE|NO|DK|FI|EE|LV|LT)\d?$/.test(zone) && zone !== country,
      (n) => createNordPool({ ...at, ...baseUrlOf(n), area: zone, currency }),
    ),
    vendor("price", "octopus-agile", /AGILE/i.test(zone), (n) =>
      createOctopusAgile({ ...at, ...baseUrlOf(n), tariff: zone }),
    ),
    vendor("price", "entso-e", false, (n) =>
      createEntsoE({ ...at, ...baseUrlOf(n), token: key, area: zone }),
    ),
    vendor("price", "tibber", false, (n) => createTibber({ ...baseUrlOf(n), token: key })),
  ];
}

function carbon({ clock, options: o, place, baseUrlOf, hide }: Site): Vendor[] {
  const zone = o.carbon_zone || undefined;
  return [
    vendor("carbon", "electricity-maps", Boolean(o.carbon_key), (n) =>
      createElectricityMaps({
        ...{ ...baseUrlOf(n), place, key: o.carbon_key ?? "" },
        ...present("zone", zone),
      }),
    ),
    vendor("carbon", "watttime", Boolean(o.watttime_username), (n) =>
      createWattTime({
        ...{ ...baseUrlOf(n), place, username: o.watttime_username ?? "", onSecret: hide },
        ...{ password: o.watttime_password ?? "", ...present("region", zone) },
      }),
    ),
    vendor("carbon", "gb-carbon-intensity", place.country === "GB", (n) =>
      createGbCarbonIntensity({ clock, ...baseUrlOf(n), ...present("postcode", zone) }),
    ),
  ];
}

function air({ options: o, place, states, isOwn, baseUrlOf }: Site): Vendor[] {
  const findState = (entityId: string) => states.get(entityId);
  return [
    vendor("air", "air-entity", Boolean(o.air_entity), () =>
      createAirEntity({ entityIds: toList(o.air_entity), findState, isOwn }),
    ),
    vendor("air", "airnow", Boolean(o.airnow_key), (n) =>
      createAirNow({ ...baseUrlOf(n), place, key: o.airnow_key ?? "" }),
    ),
    vendor("air", "open-meteo-air", true, (n) => createOpenMeteoAir({ ...baseUrlOf(n), place })),
  ];
}

/** Games and appointments. */
function ofTheDay(site: Site): Vendor[] {
  const { clock, options: o, place, states, request, platformOf, baseUrlOf } = site;
  const all = () => states;
  const calendars = () => {
    const chosen = toList(o.calendar_entities);
    return chosen.length > 0
      ? chosen
      : [...states.keys()].filter((entityId) => entityId.startsWith("calendar."));
  };
  return [
    vendor("sports", "espn", Boolean(o.sports_teams), (n) =>
      createEspn({ clock, ...baseUrlOf(n), ...toFollowed(o.sports_teams) }),
    ),
    vendor("sports", "team-tracker", hasPlatform(site, "teamtracker"), () =>
      createTeamTracker({ states: all, platformOf }),
    ),
    vendor("calendar", "home-calendar", calendars().length > 0, () =>
      createHomeCalendar({ calendars, request, place, clock }),
    ),
  ];
}

function meter(site: Site): Vendor[] {
  const { clock, options: o, place, states, request, platformOf, push, subscribe } = site;
  const { host, port, url } = toAddress(o.meter_address);
  const all = () => states;
  const token = o.homewizard_token || undefined;
  return [
    vendor("meter", "meter-entities", true, () =>
      createMeterEntities({
        ...{ states: all, platformOf, request },
        ...present("chosenPower", o.meter_entity || undefined),
      }),
    ),
    vendor("meter", "dsmr-p1", false, (n) =>
      createDsmrP1({ host, port, place, clock, onFacts: (facts) => push(n, facts) }),
    ),
    vendor("meter", "homewizard", false, () =>
      createHomewizard({
        ...{ place, clock, ...present("token", token), acceptSelfSigned: isLocalHost(host) },
        baseUrl: token ? url.replace(/^http:/, "https:") : url, // it takes a token only over TLS
      }),
    ),
    vendor("meter", "p1-monitor", false, () => createP1Monitor({ baseUrl: url })),
    vendor("meter", "glow", false, (n) =>
      createGlow({ subscribe, clock, onFacts: (facts) => push(n, facts) }),
    ),
  ];
}

const hasPlatform = ({ states, platformOf }: Site, platform: string) =>
  [...states.keys()].some((entityId) => platformOf(entityId) === platform);

/** These ask nobody outside of the house. */
const LOCAL = new Set([
  "home-assistant-weather",
  "price-entity",
  "static-tariff",
  "air-entity",
  "team-tracker",
  "home-calendar",
  "dsmr-p1",
  "homewizard",
  "p1-monitor",
  "glow",
  "meter-entities",
]);

const vendor = (
  topic: OutsideTopic,
  name: string,
  isFitting: boolean,
  create: (name: string) => ReturnType<Vendor["create"]>,
): Vendor => ({ topic, name, isFitting, isLocal: LOCAL.has(name), create: () => create(name) });
