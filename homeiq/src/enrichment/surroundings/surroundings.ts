import { readSun, type Sun } from "#enrichment/astronomy/astronomy.ts";
import {
  type FactsByTopic,
  type OutsideTopic,
  type Place,
  type Slot,
  TOPICS,
} from "#enrichment/provider.ts";
import {
  describeOwn,
  type Readings,
  SERIES,
  slotAt,
  toEntityId,
  toReadings,
} from "#enrichment/readings/readings.ts";
import type { Failure, ProviderStatus, Refresh, TestResult } from "#enrichment/refresh/refresh.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { MINUTE_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";

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
  latest: Refresh["latest"];
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

  /** Values that hold now, into the history. Slots of a curve follow each other without a new answer. */
  function keepNow(topic: OutsideTopic): void {
    const latest = refresh.latest(topic);
    if (!latest) return;
    const now = clock.now();
    const isKnown = !latest.isStale || slotOf(latest.facts, now) !== undefined;
    if (isKnown) readings.keep(toReadings(topic, latest.facts, now), latest.name);
    else readings.lose(topic, latest.name);
  }

  const endings = [changed.subscribe(keepNow)];
  let cancel = () => {};
  function tick(): void {
    cancel = clock.after(MINUTE_MS - (clock.now() % MINUTE_MS), () => {
      for (const topic of TOPICS) keepNow(topic);
      tick();
    });
  }
  for (const topic of TOPICS) keepNow(topic);
  tick();

  function view(topic: OutsideTopic, toFacts: (facts: unknown) => unknown): TopicView {
    const latest = refresh.latest(topic);
    const provider = chosen() ? chosen()?.get(topic) : latest?.name;
    const status = refresh.status().find((one) => one.name === provider);
    const entityIds = Object.keys(SERIES)
      .filter((series) => SERIES[series]?.topic === topic)
      .map(toEntityId)
      .filter((entityId) => readings.states().has(entityId));
    if (provider === undefined) return { topic, state: chosen() ? "off" : "waiting", entityIds };
    return {
      ...{ topic, provider, entityIds, state: status?.state ?? "waiting" },
      ...present("at", latest?.at),
      ...present("ageMs", latest?.ageMs),
      ...present("failure", status?.failure),
      ...present("facts", latest && toFacts(latest.facts)),
    };
  }

  const sunNow = () => {
    const where = place();
    return where ? readSun(where, clock.now()) : undefined;
  };

  return {
    latest: (topic) => refresh.latest(topic),
    test: (name) => refresh.test(name),
    overview: () => ({
      isOutsideAllowed: deps.isOutsideAllowed,
      topics: TOPICS.map((topic) => view(topic, (facts) => briefOf(facts, clock.now()))),
      providers: refresh.status(),
      vendors: deps.vendors().map(({ topic, name, isLocal }) => ({ topic, name, isLocal })),
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
      cancel();
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
  return slots && slotAt(slots, now);
}
