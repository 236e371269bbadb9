import {
  type CurveWindow,
  type GameEvent,
  type Occupancy,
  type Overview,
  readGameEvents,
  readOccupancy,
  readOverview,
  readTopic,
  readWindow,
  type TopicView,
} from "#lib/surroundings-api.ts";

export interface SurroundingsNow {
  /** When this was asked. */
  readonly now: number;
  readonly overview: Overview;
  readonly price: TopicView<"price">;
  readonly carbon: TopicView<"carbon">;
  readonly weather: TopicView<"weather">;
  readonly air: TopicView<"air">;
  readonly sports: TopicView<"sports">;
  readonly calendar: TopicView<"calendar">;
  readonly meter: TopicView<"meter">;
  readonly gameEvents: readonly GameEvent[];
  readonly occupancy: Occupancy;
}

/** Everything that is known of outside, with its curves. */
export async function readSurroundings(): Promise<SurroundingsNow> {
  const [overview, price, carbon, weather, air, sports, calendar, meter, gameEvents, occupancy] =
    await Promise.all([
      readOverview(),
      readTopic("price"),
      readTopic("carbon"),
      readTopic("weather"),
      readTopic("air"),
      readTopic("sports"),
      readTopic("calendar"),
      readTopic("meter"),
      readGameEvents(),
      readOccupancy(),
    ]);
  const now = Date.now();
  const topics = { price, carbon, weather, air, sports, calendar, meter };
  return { now, overview, ...topics, gameEvents, occupancy };
}

/** The best stretch of so many hours; absent where none is known that is long enough. */
export interface Best {
  readonly hours: number;
  readonly window?: CurveWindow;
}

export async function readBest(hours: number): Promise<Readonly<Record<"price" | "carbon", Best>>> {
  const [price, carbon] = await Promise.all([
    readWindow("price", hours),
    readWindow("carbon", hours),
  ]);
  return { price: { hours, ...price }, carbon: { hours, ...carbon } };
}
