import type { InferResponseType } from "hono/client";
import type { FactsByTopic, OutsideTopic } from "../../../src/enrichment/provider.ts";
import { api, read } from "./api.ts";

export type {
  AirFacts,
  CalendarEvent,
  CarbonFacts,
  FactsByTopic,
  Game,
  MeterFacts,
  OutsideTopic,
  Pollutant,
  PriceFacts,
  Slot,
  WeatherFacts,
} from "../../../src/enrichment/provider.ts";

export type Overview = InferResponseType<typeof api.surroundings.$get>;
export type TopicState = Overview["topics"][number]["state"];
export type ProviderStatus = Overview["providers"][number];
export type Sun = NonNullable<Overview["sun"]>;
export type TestResult = InferResponseType<(typeof api.surroundings)[":provider"]["test"]["$post"]>;
export type GameEvent = InferResponseType<
  typeof api.surroundings.sports.events.$get
>["events"][number];
export type Occupancy = InferResponseType<typeof api.surroundings.calendar.occupancy.$get>;
/** Why nothing, or nothing new, came. */
export type Failure = NonNullable<ProviderStatus["failure"]>;

type AnyTopic = InferResponseType<(typeof api.surroundings)[":topic"]["$get"]>;
export interface TopicView<Topic extends OutsideTopic = OutsideTopic>
  extends Omit<AnyTopic, "facts" | "topic"> {
  readonly topic: Topic;
  readonly facts?: FactsByTopic[Topic];
}

/** The cheapest, or greenest, stretch from now on; absent when none is known that is long enough. */
export type CurveWindow = NonNullable<
  InferResponseType<(typeof api.surroundings)[":topic"]["window"]["$get"]>["window"]
>;

export const readOverview = () => read(api.surroundings.$get());
export const readTopic = <Topic extends OutsideTopic>(topic: Topic) =>
  read(api.surroundings[":topic"].$get({ param: { topic } })) as Promise<unknown> as Promise<
    TopicView<Topic>
  >; // each topic has its own facts, which the answer's type does not say
/** What happened last in the games that are followed, the newest first. */
export const readGameEvents = async (): Promise<readonly GameEvent[]> =>
  (await read(api.surroundings.sports.events.$get())).events;
/** What calendars say of who is at home, and how right that was. */
export const readOccupancy = () => read(api.surroundings.calendar.occupancy.$get());
export const readWindow = (topic: "price" | "carbon", hours: number) =>
  read(
    api.surroundings[":topic"].window.$get({ param: { topic }, query: { hours: String(hours) } }),
  );
/** Asks a provider now; what came back is not kept. */
export const testProvider = (provider: string) =>
  read(api.surroundings[":provider"].test.$post({ param: { provider } }));
