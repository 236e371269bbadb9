/** What is known of outside, by topic. One topic may have several providers; one of them is used. */
export const TOPICS = ["weather", "price", "carbon", "air", "sports", "calendar", "meter"] as const;
export type OutsideTopic = (typeof TOPICS)[number];

/**
 * One source of outside facts.
 *
 * It asks once and says what it got: no cache, no retry, no timer. `refresh.ts` has them for all, with each one's
 * `maxAgeMs`.
 */
export interface Provider<Facts> {
  /** Stands in the API, the log and the readings: `open-meteo`. */
  readonly name: string;
  readonly topic: OutsideTopic;
  /** An answer is good for so long. */
  readonly maxAgeMs: number;
  /** What the vendor allows in 24 hours; the refresh job keeps below it. */
  readonly mostPerDay?: number;
  /**
   * Asks once.
   *
   * Throws `unconfigured` when the user must do something first (the message says what, the code what to translate),
   * `unavailable` when it is worth trying again (`facts.retryAfterMs` when the vendor said when), and `internal`
   * when the answer cannot be understood. Never throws anything else, and never with a key in it.
   */
  fetch(signal: AbortSignal): Promise<Facts>;
}

/** Where the house is, from Home Assistant's configuration. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
  readonly elevation?: number;
  readonly timeZone: string;
  /** ISO 3166, two letters, when Home Assistant knows it. */
  readonly country?: string;
  readonly currency?: string;
}

/** A stretch of time with one value; `end` is exclusive. Milliseconds since the epoch. */
export interface Slot {
  readonly start: number;
  readonly end: number;
}

/** A value of outside at a moment, as it is kept in the history. */
export interface Reading {
  /** The entity that it is kept as, without its domain: `outdoor_temperature`. */
  readonly series: string;
  readonly at: number;
  readonly value: number;
  readonly unit: string;
  /** The entity of Home Assistant that shows the same value. */
  readonly shownBy?: string;
}

/** One hour, or what the vendor has. SI units save for °C and hPa; absent where the vendor does not say. */
export interface WeatherHour extends Slot {
  readonly temperatureC?: number;
  readonly humidityPercent?: number;
  readonly precipitationMm?: number;
  readonly precipitationPercent?: number;
  readonly cloudPercent?: number;
  readonly windMs?: number;
  readonly gustMs?: number;
  /** Home Assistant's words: `sunny`, `rainy`. */
  readonly condition?: string;
}

export interface WeatherDay extends Slot {
  readonly highC?: number;
  readonly lowC?: number;
  readonly precipitationMm?: number;
  readonly condition?: string;
}

export interface WeatherFacts {
  readonly now: {
    readonly at: number;
    readonly temperatureC: number;
    readonly feelsLikeC?: number;
    readonly humidityPercent?: number;
    readonly pressureHpa?: number;
    readonly cloudPercent?: number;
    readonly windMs?: number;
    readonly windDegrees?: number;
    readonly gustMs?: number;
    readonly precipitationMm?: number;
    readonly uvIndex?: number;
    readonly condition?: string;
  };
  readonly hours: readonly WeatherHour[];
  readonly days: readonly WeatherDay[];
}

export interface PriceSlot extends Slot {
  /** Of one kWh, in the main unit of the currency, as the vendor says it; may be negative. */
  readonly price: number;
  /** What it is made of, where the household's taxes and fees were added to the vendor's price. */
  readonly parts?: PriceParts;
}

/** Per kWh, in the main unit of the currency; the sum is the price. */
export interface PriceParts {
  /** Without value added tax, as far as the vendor's price can be parted. */
  readonly market: number;
  /** Without value added tax. */
  readonly fees: number;
  readonly vat: number;
  /** With its value added tax. */
  readonly gridFee: number;
}

export interface PriceFacts {
  /** ISO 4217. */
  readonly currency: string;
  /** Whether taxes and fees are in it already; then the household's formula is not used. */
  readonly isFinal: boolean;
  /** Value added tax is in it, other fees are not: the household's formula takes it out before it counts. */
  readonly includesVat?: boolean;
  /** In order of time, without overlaps; quarter hours, half hours or hours. */
  readonly slots: readonly PriceSlot[];
}

export interface CarbonSlot extends Slot {
  readonly gramsPerKwh: number;
}

export interface CarbonFacts {
  /** Absent when the vendor only says how it compares (`percent`). */
  readonly gramsPerKwh?: number;
  /** 0 is the cleanest of the last weeks, 100 the dirtiest, where the vendor says that instead. */
  readonly percent?: number;
  readonly at: number;
  /** The vendor's name of the region. */
  readonly region?: string;
  readonly fossilPercent?: number;
  readonly slots: readonly CarbonSlot[];
}

export const POLLUTANTS = ["pm2_5", "pm10", "o3", "no2", "so2", "co"] as const;
export type Pollutant = (typeof POLLUTANTS)[number];

export interface AirFacts {
  readonly at: number;
  /** By the US EPA's breakpoints, the worst pollutant's. */
  readonly aqi: number;
  /** Which one that is. */
  readonly pollutant: Pollutant;
  /** The European index, where the vendor says it. */
  readonly europeanAqi?: number;
  readonly parts: readonly {
    readonly pollutant: Pollutant;
    readonly aqi?: number;
    /** µg/m³, where the vendor says it. */
    readonly microgramsPerM3?: number;
  }[];
}

export interface Side {
  readonly id: string;
  readonly name: string;
  readonly short?: string;
  readonly score?: number;
  /** In a poll of teams, 1 to 25. */
  readonly rank?: number;
}

export interface Game {
  readonly id: string;
  readonly league: string;
  readonly start: number;
  readonly status: "scheduled" | "playing" | "over" | "postponed" | "canceled";
  readonly home: Side;
  readonly away: Side;
  /** As the vendor says it: `Q3 4:12`. */
  readonly clock?: string;
  /** Whose side the household is on; absent where it follows the league as a whole. */
  readonly followed?: readonly ("home" | "away")[];
}

export interface SportsFacts {
  readonly games: readonly Game[];
}

export interface CalendarEvent extends Slot {
  readonly calendar: string;
  readonly summary: string;
  readonly isAllDay: boolean;
}

export interface CalendarFacts {
  readonly events: readonly CalendarEvent[];
}

/** What a meter shows at a moment. Only what it said: nothing is worked out, nothing is filled in. */
export interface MeterFacts {
  readonly at: number;
  /** Into the house minus out of it. */
  readonly powerW?: number;
  readonly phasePowerW?: readonly number[];
  readonly phaseVoltageV?: readonly number[];
  readonly importKwh?: number;
  readonly exportKwh?: number;
  /** The counters of the tariffs, where the meter has several. */
  readonly tariffs?: readonly MeterTariff[];
  /** The tariff that counts now, as the meter names it. */
  readonly tariff?: string;
  readonly gasM3?: number;
  /** When the gas meter was read; it reports by itself. */
  readonly gasAt?: number;
  /** Where the meter counts energy instead of volume. */
  readonly gasKwh?: number;
  /** Of the panels, and out of the battery (negative: into it), where Home Assistant knows them. */
  readonly solarPowerW?: number;
  readonly batteryPowerW?: number;
  /** Entities of Home Assistant that show such a power by themselves, in W or kW. */
  readonly shownBy?: MeterEntities;
}

export interface MeterEntities {
  readonly powerW?: string;
  readonly solarPowerW?: string;
  readonly batteryPowerW?: string;
}

export interface MeterTariff {
  /** As the meter names it: `1`. */
  readonly tariff: string;
  /** What it means; the Netherlands and Belgium number them the other way round. */
  readonly rate?: "low" | "normal";
  readonly importKwh?: number;
  readonly exportKwh?: number;
}

/** What a provider of each topic says. */
export interface FactsByTopic {
  readonly weather: WeatherFacts;
  readonly price: PriceFacts;
  readonly carbon: CarbonFacts;
  readonly air: AirFacts;
  readonly sports: SportsFacts;
  readonly calendar: CalendarFacts;
  readonly meter: MeterFacts;
}
