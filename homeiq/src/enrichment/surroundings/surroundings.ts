import { readSun, type Sun } from "#enrichment/astronomy/astronomy.ts";
import type { OccupancyView } from "#enrichment/calendar/calendar.ts";
import { findAt } from "#enrichment/curve/curve.ts";
import {
  type FactsByTopic,
  type OutsideTopic,
  type Place,
  type PriceFacts,
  type Slot,
  TOPICS,
} from "#enrichment/provider.ts";
import type { PublishingStatus } from "#enrichment/publish/publish.ts";
import { describeOwn, type Readings, toReadings } from "#enrichment/readings/readings.ts";
import type { Failure, ProviderStatus, Refresh, TestResult } from "#enrichment/refresh/refresh.ts";
import type { SportsEvent } from "#enrichment/sports/sports.ts";
import { present } from "#foundation/absent.ts";
import { type Clock, onEachMinute } from "#foundation/clock.ts";
import type { Topic } from "#foundation/topic.ts";
import {
  type Curve,
  type CurveTopic,
  type CurveWindow,
  curveOf,
  type WindowWish,
  windowOf,
} from "./curves.ts";

export { CURVE_TOPICS, type Curve, type CurveTopic, type CurveWindow } from "./curves.ts";

export type TopicState = "ok" | "stale" | "waiting" | "unconfigured" | "unavailable" | "off";

export interface VendorName {
  readonly topic: OutsideTopic;
  readonly name: string;
  /** Asks nobody outside of the house. */
  readonly isLocal: boolean;
}

/** What is known of one topic. */
export interface TopicView {
  readonly topic: OutsideTopic;
  readonly state: TopicState;
  /** Absent when the topic is off. */
  readonly provider?: string;
  /** Of the last good answer. */
  readonly at?: number;
  readonly ageMs?: number;
  readonly failure?: Failure;
  /** Entities under which its values are in the history. */
  readonly entityIds: readonly string[];
  /** What holds now; curves are left out in the overview. */
  readonly facts?: unknown;
}

export interface Overview {
  /** Whether servers outside of the house may be asked. */
  readonly isOutsideAllowed: boolean;
  readonly topics: readonly TopicView[];
  /** Those that are set up, or that need nothing. */
  readonly providers: readonly ProviderStatus[];
  /** All that there are, to be set up. */
  readonly vendors: readonly VendorName[];
  /** Whether values are shown in Home Assistant, and why not. */
  readonly publishing: PublishingStatus;
  /** Absent until the place of the house is known. */
  readonly sun?: Sun;
}

/** A value of outside at some moment. */
export interface ValueThen {
  readonly series: string;
  readonly name: string;
  readonly value: number;
  readonly unit?: string;
  readonly at: number;
}

export interface Surroundings extends Disposable {
  overview(): Overview;
  /** With its curves. */
  topic(topic: OutsideTopic): TopicView & { readonly sun?: Sun };
  /** Asks a provider now. Throws `not_found`. */
  test(provider: string): Promise<TestResult>;
  /** Prices are as the household pays them. */
  latest: Refresh["latest"];
  /** Now, today and tomorrow; `undefined` while nothing is known. */
  curve(topic: CurveTopic): Curve | undefined;
  /** The cheapest or greenest stretch of so many hours; `undefined` when none is known that is long enough. */
  window(topic: CurveTopic, wish: WindowWish): CurveWindow | undefined;
  /** What happened last in the games that are followed, the newest first. */
  gameEvents(): readonly SportsEvent[];
  /** What calendars say of who is at home. */
  occupancy(): Promise<OccupancyView>;
  /** What held at a moment. */
  at(moment: number): Promise<readonly ValueThen[]>;
}

interface Deps {
  readonly clock: Clock;
  readonly refresh: Refresh;
  readonly readings: Readings;
  readonly changed: Topic<OutsideTopic>;
  readonly isOutsideAllowed: boolean;
  /** The provider of each topic that is not off; absent until the place of the house is known. */
  readonly chosen: () => ReadonlyMap<OutsideTopic, string> | undefined;
  readonly vendors: () => readonly VendorName[];
  readonly place: () => Place | undefined;
  readonly publishing: () => PublishingStatus;
  readonly gameEvents: () => readonly SportsEvent[];
  readonly occupancy: () => Promise<OccupancyView>;
  /** A vendor's prices with the household's taxes and fees. */
  readonly asPaid: (facts: PriceFacts) => PriceFacts;
  readonly statesAt: (
    at: number,
    entityIds: readonly string[],
  ) => Promise<
    readonly {
      readonly entityId: string;
      readonly at: number;
      readonly value?: number;
      readonly unit?: string;
    }[]
  >;
}

/** What is true outside, joined: the providers' answers, their values in the history, and the sun. */
export function createSurroundings(deps: Deps): Surroundings {
  const { clock, refresh, readings, changed, chosen, place } = deps;

  let paid: { readonly said: PriceFacts; readonly facts: PriceFacts } | undefined;
  const latest: Refresh["latest"] = (topic) => {
    const found = refresh.latest(topic);
    if (topic !== "price" || !found) return found;
    const said = found.facts as PriceFacts; // by its topic
    if (paid?.said !== said) paid = { said, facts: deps.asPaid(said) };
    return { ...found, facts: paid.facts as typeof found.facts };
  };

  /** Values that hold now, into the history. Slots of a curve follow each other without a new answer. */
  function keepNow(topic: OutsideTopic): void {
    if (topic === "sports") return; // games are followed from one scoreboard to the next
    const found = latest(topic);
    if (!found) return;
    const now = clock.now();
    const isKnown = !found.isStale || slotOf(found.facts, now) !== undefined;
    if (isKnown) readings.keep(toReadings(topic, found.facts, now), found.name);
    else readings.lose(topic, found.name);
  }

  const endings = [changed.subscribe(keepNow)];
  const keepAll = () => {
    for (const topic of TOPICS) keepNow(topic);
  };
  keepAll();
  endings.push(onEachMinute(clock, keepAll));

  function view(topic: OutsideTopic, toFacts: (facts: unknown) => unknown): TopicView {
    const found = latest(topic);
    const provider = chosen() ? chosen()?.get(topic) : found?.name;
    const status = refresh.status().find((one) => one.name === provider);
    const entityIds = [...readings.states().keys()].filter(
      (entityId) => describeOwn(entityId)?.topic === topic,
    );
    if (provider === undefined) return { topic, state: chosen() ? "off" : "waiting", entityIds };
    return {
      ...{ topic, provider, entityIds, state: status?.state ?? "waiting" },
      ...present("at", found?.at),
      ...present("ageMs", found?.ageMs),
      ...present("failure", status?.failure),
      ...present("facts", found && toFacts(found.facts)),
    };
  }

  const sunNow = () => {
    const where = place();
    return where ? readSun(where, clock.now()) : undefined;
  };

  return {
    latest,
    curve(topic) {
      const facts = latest(topic)?.facts;
      const timeZone = place()?.timeZone;
      return facts && timeZone ? curveOf(facts, { now: clock.now(), timeZone }) : undefined;
    },
    window(topic, wish) {
      const facts = latest(topic)?.facts;
      return facts && windowOf(facts, { from: clock.now(), ...wish });
    },
    test: (name) => refresh.test(name),
    gameEvents: deps.gameEvents,
    occupancy: deps.occupancy,
    overview: () => ({
      isOutsideAllowed: deps.isOutsideAllowed,
      topics: TOPICS.map((topic) => view(topic, (facts) => briefOf(facts, clock.now()))),
      providers: refresh.status(),
      vendors: deps.vendors().map(({ topic, name, isLocal }) => ({ topic, name, isLocal })),
      publishing: deps.publishing(),
      ...present("sun", sunNow()),
    }),
    topic: (topic) => ({
      ...view(topic, (facts) => facts),
      ...present("sun", topic === "weather" ? sunNow() : undefined),
    }),
    async at(moment) {
      const then = await deps.statesAt(moment, [...readings.states().keys()]);
      return then.flatMap(({ entityId, value, unit, at }) => {
        const name = describeOwn(entityId)?.name;
        if (value === undefined || name === undefined) return [];
        const series = entityId.slice(entityId.indexOf(".") + 1);
        return [{ series, name, value, at, ...present("unit", unit) }];
      });
    },
    [Symbol.dispose]() {
      for (const end of endings) end();
    },
  };
}

const CURVES = new Set(["hours", "days", "slots"]);

/** Facts without their curves, but with the slot of now. */
function briefOf(facts: unknown, now: number): unknown {
  const rest = Object.entries(Object(facts)).filter(([name]) => !CURVES.has(name));
  return { ...Object.fromEntries(rest), ...present("current", slotOf(facts, now)) };
}

function slotOf(facts: unknown, now: number): Slot | undefined {
  // Prices and carbon have slots, the others do not.
  const { slots } = facts as Partial<Pick<FactsByTopic["price"], "slots">>;
  return slots && findAt(slots, now);
}
