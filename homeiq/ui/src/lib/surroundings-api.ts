import type {
  AirFacts,
  CalendarFacts,
  CarbonFacts,
  MeterFacts,
  OutsideTopic,
  PriceFacts,
  SportsFacts,
  WeatherFacts,
} from "../../../src/enrichment/provider.ts";
import { apiUrl, read } from "./api.ts";

export type {
  AirFacts,
  CalendarEvent,
  CarbonFacts,
  Game,
  MeterFacts,
  OutsideTopic,
  Pollutant,
  PriceFacts,
  Slot,
  WeatherFacts,
} from "../../../src/enrichment/provider.ts";

/** What a provider of each topic says. */
export interface FactsOf {
  readonly weather: WeatherFacts;
  readonly price: PriceFacts;
  readonly carbon: CarbonFacts;
  readonly air: AirFacts;
  readonly sports: SportsFacts;
  readonly calendar: CalendarFacts;
  readonly meter: MeterFacts;
}

export type TopicState = "ok" | "stale" | "waiting" | "unconfigured" | "unavailable" | "off";

/** Why nothing, or nothing new, came. */
export interface Failure {
  readonly kind: string;
  readonly code: string;
  readonly message: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly at: number;
}

export interface TopicView<Topic extends OutsideTopic = OutsideTopic> {
  readonly topic: Topic;
  readonly state: TopicState;
  readonly provider?: string;
  readonly at?: number;
  readonly ageMs?: number;
  readonly failure?: Failure;
  readonly entityIds: readonly string[];
  readonly facts?: FactsOf[Topic];
  readonly sun?: Sun;
}

export interface SunDay {
  readonly sunrise?: number;
  readonly sunset?: number;
  readonly dawn?: number;
  readonly dusk?: number;
  readonly noon: number;
  readonly dayLengthMs: number;
  readonly polar?: "day" | "night";
}

export interface Sun {
  readonly at: number;
  readonly elevation: number;
  readonly isUp: boolean;
  readonly today: SunDay;
  readonly tomorrow: SunDay;
}

export interface ProviderStatus {
  readonly name: string;
  readonly topic: OutsideTopic;
  readonly isActive: boolean;
  readonly state: Exclude<TopicState, "off">;
  readonly maxAgeMs: number;
  readonly at?: number;
  readonly ageMs?: number;
  readonly nextAt?: number;
  readonly failure?: Failure;
  readonly isProbed: boolean;
  readonly asked: number;
  readonly ok: number;
  readonly failed: Readonly<Record<string, number>>;
  readonly quota?: { readonly used: number; readonly mostPerDay: number };
}

export interface Overview {
  readonly isOutsideAllowed: boolean;
  readonly topics: readonly TopicView[];
  readonly providers: readonly ProviderStatus[];
  readonly sun?: Sun;
}

export interface TestResult {
  readonly name: string;
  readonly topic: OutsideTopic;
  readonly ms: number;
  readonly facts?: unknown;
  readonly failure?: Failure;
}

export const readOverview = () => read<Overview>(fetch(apiUrl("surroundings")));
export const readTopic = <Topic extends OutsideTopic>(topic: Topic) =>
  read<TopicView<Topic>>(fetch(apiUrl(`surroundings/${topic}`)));
/** Asks a provider now; what came back is not kept. */
export const testProvider = (name: string) =>
  read<TestResult>(
    fetch(apiUrl(`surroundings/${encodeURIComponent(name)}/test`), { method: "POST" }),
  );
