import type { CarbonFacts, PriceFacts, SportsFacts, WeatherFacts } from "#enrichment/provider.ts";
import type { EntityState } from "#home/states/states.ts";
import type { BatteryCourse } from "./battery-course.ts";
import type { LaundryRun } from "./laundry-run.ts";
import type { UsualReturns } from "./usual-return.ts";

/** When an appliance had best run, by prices, or grams of CO2, and by what its runs used. */
export interface BestRun {
  readonly by: "price" | "carbon";
  /** Its power sensor. */
  readonly entityId: string;
  readonly start: number;
  /** Money, or grams. */
  readonly cost: number;
  readonly costNow: number;
  readonly kwh: number;
  /** Measured. */
  readonly runs: number;
}

/** A time away that the household's calendar knows of. */
export interface Trip {
  readonly start: number;
  readonly end: number;
  readonly summary: string;
}

/** What is known at this moment; what is not known, or too old, is absent. */
export interface Facts {
  readonly now: number;
  readonly timeZone: string;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly isService: (service: string) => boolean;
  /** By the settings, or 22:00 to 07:00. */
  readonly night: { readonly from: string; readonly to: string };
  readonly weather?: WeatherFacts;
  readonly price?: PriceFacts;
  /** Of the time to come, where no price is known. */
  readonly carbon?: CarbonFacts;
  readonly sports?: SportsFacts;
  readonly trips: readonly Trip[];
  readonly bestRuns: readonly BestRun[];
  readonly batteries: readonly BatteryCourse[];
  readonly laundry: readonly LaundryRun[];
  readonly usualReturns: UsualReturns;
  /** What patterns say is at times forgotten when people leave. */
  readonly forgotten: ReadonlySet<string>;
  /** Titles of suggestions that came since the last digest. */
  readonly newSuggestions: readonly string[];
}
