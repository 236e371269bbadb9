export { SYNERGY_NEEDS, type SynergyNeed } from "./need.ts";

/** Two or more things of the home that would do more together and are not joined by an automation yet. */
export const SYNERGY_TYPES = [
  "device_pair",
  "device_chain",
  "scene",
  "weather",
  "energy",
  "event",
  "calendar",
  "comfort",
  "security",
  "presence",
] as const;
export type SynergyType = (typeof SYNERGY_TYPES)[number];

/** A value with the range in which it lies in 95 of 100 cases. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export const BENEFIT_KINDS = ["acts", "kwh", "cost", "co2_grams", "hours"] as const;
/**
 * What it would have spared, as it was measured:
 * `acts` by hand, `kwh` of electricity (of `energy` by solar: from the grid), `cost` in the currency of the price, grams
 * of CO2, or `hours` in which something was as it should not be.
 */
export type BenefitKind = (typeof BENEFIT_KINDS)[number];

export interface Benefit {
  readonly kind: BenefitKind;
  /** The range is a bootstrap over the days that were looked at. */
  readonly perWeek: Estimate;
  /** What `perWeek` is worked out from: so many days were looked at, on so many of them there was some. */
  readonly days: number;
  readonly daysWithSome: number;
}

/** How often it was seen of the times that it could have been, and when. */
export interface Measured {
  readonly n: number;
  readonly of: number;
  /** What was looked at: milliseconds since the epoch. */
  readonly from: number;
  readonly to: number;
  /** The last of the times, newest first, at most 20: places on the timeline. */
  readonly seen: readonly { readonly at: number; readonly entityId: string }[];
}

/** `value` is `sure` times `worth`; both say what they come from. */
export interface Score {
  readonly value: number;
  /** The low end of the range of `n` of `of` (Wilson, 95 %), 0 to 1. */
  readonly sure: number;
  readonly n: number;
  readonly of: number;
  /** `perWeek / (perWeek + half)` of the benefit that is worth most; 0 where none was measured. */
  readonly worth: number;
  readonly by?: { readonly kind: BenefitKind; readonly perWeek: number; readonly half: number };
}

export const OUTSIDE_NODES = [
  "weather",
  "price",
  "carbon",
  "solar",
  "game",
  "calendar",
  "people",
  "night",
] as const;
export type OutsideNode = (typeof OUTSIDE_NODES)[number];

/** Something of the home, or something that is true around it (`outside`, whose id is what it is). */
export type SynergyNode =
  | { readonly kind: "entity"; readonly id: string }
  | { readonly kind: "outside"; readonly id: OutsideNode };

/** `sets_off`: the one makes the other happen; `when`: only while it is so; `with`: at the same time. */
export interface SynergyEdge {
  readonly from: string;
  readonly to: string;
  readonly joins: "sets_off" | "when" | "with";
}

interface Common {
  /** The same for the same things in every run. */
  readonly id: string;
  /** Entities of the home, what acts first. */
  readonly entityIds: readonly string[];
  /** Where all of them are in one area. */
  readonly areaId?: string;
  readonly nodes: readonly SynergyNode[];
  readonly edges: readonly SynergyEdge[];
  readonly measured: Measured;
  /** Empty where nothing could be measured. */
  readonly benefits: readonly Benefit[];
  readonly score: Score;
}

/** What would be done: an entity brought to a state. */
export interface Deed {
  readonly entityId: string;
  readonly to: string;
}

/** Minutes since 04:00 on the wall's clock, as patterns have it; the end may be past 1440. */
export interface Hours {
  readonly start: number;
  readonly end: number;
}

/** One follows the other by hand. */
export interface PairFacts {
  readonly type: "device_pair";
  readonly patternId: string;
  readonly trigger: Deed & { readonly isTrace: boolean };
  readonly action: Deed;
  readonly withinMinutes: number;
  readonly delaySeconds: number;
  readonly lift: number;
  readonly hours?: Hours;
}

/** Three to five in a row. */
export interface ChainFacts {
  readonly type: "device_chain";
  readonly patternId: string;
  readonly steps: readonly (Deed & { readonly isTrace: boolean; readonly delaySeconds: number })[];
  readonly lift: number;
  readonly hours?: Hours;
}

/** What is set together in a room. */
export interface SceneFacts {
  readonly type: "scene";
  readonly patternId: string;
  readonly areaId: string;
  readonly members: readonly (Deed & { readonly share: number })[];
  readonly withinMinutes: number;
  readonly lift: number;
  readonly hours?: Hours;
}

export type WeatherWhen =
  | { readonly is: readonly string[] }
  | { readonly above: number; readonly unit: string }
  | { readonly below: number; readonly unit: string };

/**
 * `habit`: people do it in such weather; `open_in_rain`: it was open while it rained; `shade`: a room was too warm while
 * the sun shone and a blind was open; `air_out`: a room was too warm while it was cooler outside and its windows were
 * shut; `heating_out`: a heater was heating while a window was open.
 */
export const WEATHER_KINDS = ["habit", "open_in_rain", "shade", "air_out", "heating_out"] as const;

export interface WeatherFacts {
  readonly type: "weather";
  readonly what: (typeof WEATHER_KINDS)[number];
  readonly patternId?: string;
  /** The entity that tells the weather; absent where the weather only makes it matter. */
  readonly weatherId?: string;
  /** The weather entity that tells what the next hours will be, where one does: then it is not waited for. */
  readonly forecastId?: string;
  readonly when?: WeatherWhen;
  /** What would be done; absent where somebody is told. */
  readonly action?: Deed;
  /** What was open, or which room was too warm by which sensor. */
  readonly watched: readonly string[];
}

export interface EnergyFacts {
  readonly type: "energy";
  readonly by: "price" | "carbon" | "solar";
  /** The power sensor by which its runs were measured. */
  readonly powerId: string;
  /** What switches it, where it can be switched. */
  readonly action?: Deed;
  readonly runs: number;
  readonly kwhPerRun: number;
  /** How much later a run may end than it did: hours. */
  readonly withinHours: number;
  /** When it usually started, and when it had best: milliseconds after midnight on the wall's clock, medians. */
  readonly usualStart: number;
  readonly bestStart: number;
  /** Of all runs together, in the currency, grams, or kWh from the grid. */
  readonly spent: number;
  readonly possible: number;
}

export interface EventFacts {
  readonly type: "event";
  /** `game_habit`: done at the beginning of games more than at that hour else; `game_watched`: on during games. */
  readonly what: "game_habit" | "game_watched";
  readonly teamId: string;
  readonly team: string;
  readonly action: Deed;
  readonly games: number;
  /** Of `game_habit`: how likely chance alone does as much, and how much more often than else. */
  readonly chance?: number;
  readonly lift?: number;
}

/** A habit that a calendar's days change. */
export interface CalendarFacts {
  readonly type: "calendar";
  readonly calendarId: string;
  readonly patternId: string;
  readonly action: Deed;
  /** Minutes since 04:00 on the wall's clock. */
  readonly minute: number;
  /** Whether the habit holds on the days of the calendar, or on the others. */
  readonly holds: "on" | "off";
  readonly onDays: { readonly n: number; readonly of: number };
  readonly otherDays: { readonly n: number; readonly of: number };
  readonly chance: number;
}

export const QUANTITIES = ["temperature", "humidity", "co2"] as const;
export type Quantity = (typeof QUANTITIES)[number];

/** A room was out of a comfortable band while something that could help was off. */
export interface ComfortFacts {
  readonly type: "comfort";
  readonly quantity: Quantity;
  readonly beyond: "above" | "below";
  /** The edge of the band, in the sensor's unit. */
  readonly limit: number;
  readonly unit: string;
  readonly sensorId: string;
  readonly action: Deed;
  /** Hours that were looked at (somebody at home, values known), out of the band, and those with the helper off. */
  readonly hours: number;
  readonly hoursOut: number;
  readonly hoursNotHelped: number;
  /** The worst of them, in the sensor's unit. */
  readonly worst: number;
}

/** Something was open or unlocked at night, or with nobody at home. */
export interface SecurityFacts {
  readonly type: "security";
  readonly entityId: string;
  readonly state: string;
  readonly while: "night" | "away";
  /** Of `night`: hours of the wall's clock, those in which people do least. */
  readonly night?: { readonly fromHour: number; readonly toHour: number };
  /** How long it was, the median. */
  readonly minutes: number;
  /** What would be done; absent where somebody is told. */
  readonly action?: Deed;
}

/** `left_on`: on with nobody at home; `habit`: done when people come or go. */
export interface PresenceFacts {
  readonly type: "presence";
  readonly what: "left_on" | "habit";
  readonly patternId?: string;
  readonly event?: "arriving" | "leaving" | "first_home" | "all_away";
  /** Of `habit`: whose; absent where it is about all together. */
  readonly personId?: string;
  readonly action: Deed;
  /** Of `left_on`: how long it was, the median. */
  readonly minutes?: number;
  /** What it draws, as measured. */
  readonly watts?: Estimate;
}

export type SynergyFacts =
  | PairFacts
  | ChainFacts
  | SceneFacts
  | WeatherFacts
  | EnergyFacts
  | EventFacts
  | CalendarFacts
  | ComfortFacts
  | SecurityFacts
  | PresenceFacts;

export type Synergy = Common & { readonly facts: SynergyFacts };
