import { randomUUID } from "node:crypto";
import type { z } from "zod";
import { choose, type Vendor, type Wishes } from "#enrichment/choice/choice.ts";
import {
  formulaOf,
  enrichmentOptions as outsideOptions,
  secretsOf,
} from "#enrichment/enrichment.options.ts";
import { asPaid } from "#enrichment/price/price.ts";
import { type OutsideTopic, type Place, TOPICS } from "#enrichment/provider.ts";
import { publishOptions } from "#enrichment/publish/publish.options.ts";
import {
  createReadings,
  OWN_DOMAIN,
  type OwnChange,
  type OwnState,
} from "#enrichment/readings/readings.ts";
import { startRefresh } from "#enrichment/refresh/refresh.ts";
import { createSurroundings } from "#enrichment/surroundings/surroundings.ts";
import { findTrackers } from "#enrichment/team-tracker/team-tracker.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { createTopic, type Topic } from "#foundation/topic.ts";
import type { Command, Endpoint, Session } from "#home/connection/connection.ts";
import type { HouseConfig, Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History } from "#ingest/history/history.ts";
import type { StateChange } from "#ingest/normalize/normalize.ts";
import type { Store } from "#store/database.ts";
import { composeOccupancy } from "./compose-calendar.ts";
import { echoesIn } from "./compose-entities.ts";
import { composePublish, joinBroker } from "./compose-publish.ts";
import { composeSports } from "./compose-sports.ts";
import { vendorsOf } from "./compose-vendors.ts";

export const enrichmentOptions = outsideOptions.extend(publishOptions.shape);
type Options = z.infer<typeof enrichmentOptions>;

interface Parts {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  readonly options: Options;
  readonly endpoint: Endpoint | undefined;
  readonly registry: Pick<Registry, "config" | "entities">;
  readonly request: (command: Command) => Promise<unknown>;
  readonly registryChanged: Topic<void>;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly history: Pick<History, "record" | "stateAt" | "series" | "entities">;
  /** The user's filter holds for our own entities too. */
  readonly isKept: (entityId: string) => boolean;
  /** How one of our own entities is called, where only its provider knows. */
  readonly nameOwn: (entityId: string, name: string) => void;
  /** What the history had last, of every entity. */
  readonly lastStates: readonly EntityState[];
  /** Where vendors are asked instead of at home, by name; only tests have such. */
  readonly baseUrls?: Readonly<Record<string, string>>;
}

const wishesOf = (options: Options): Wishes => ({
  weather: options.weather_provider,
  price: options.price_provider,
  carbon: options.carbon_provider,
  air: options.air_provider,
  calendar: options.calendar_provider,
  meter: options.meter_provider,
});

/** What is true outside: who is asked, and where the answers go. */
export function composeEnrichment(parts: Parts) {
  const { clock, log, options, registry, history } = parts;
  using building = new DisposableStack();
  const changed = createTopic<OutsideTopic>({ name: "surroundings changed", log });
  const isOutsideAllowed = options.outside_off !== true;
  const formula = formulaOf(options);
  const isEcho = echoesIn(registry);
  let session: Session | undefined;
  let place: Place | undefined;
  let chosen: ReadonlyMap<OutsideTopic, string> | undefined;
  let vendors: readonly Vendor[] = [];
  let settled = "";

  const readings = createReadings({
    clock,
    before: parts.lastStates.map((one) => ({ ...one, at: one.lastChangedAt })),
    isRecorded: parts.isKept,
    record: (changes) => {
      const context = { id: randomUUID() };
      const kept = changes.filter(({ entityId }) => parts.isKept(entityId));
      for (const change of kept) history.record({ ...toStateChange(change), context });
    },
  });
  const refresh = startRefresh({
    ...{
      store: parts.store,
      clock,
      log,
      changed,
      secrets: [...secretsOf(options), options.mqtt_password ?? ""],
    },
  });
  const broker = joinBroker({
    ...{ clock, log, options, version: parts.version, endpoint: parts.endpoint },
  });
  const sports = composeSports({
    ...{ store: parts.store, clock, log, changed, readings, broker },
    latest: () => refresh.latest("sports"),
    trackers: () => findTrackers({ states: () => parts.states, platformOf: platformOf(registry) }),
    nameOwn: parts.nameOwn,
  });
  const occupancy = composeOccupancy({
    ...{ store: parts.store, clock, log, history, states: parts.states },
    ...{ rules: options.calendar_rules, timeZone: () => place?.timeZone },
    facts: () => refresh.latest("calendar")?.facts,
  });
  const surroundings = building.use(
    createSurroundings({
      ...{ clock, refresh, readings, changed, isOutsideAllowed },
      gameEvents: sports.events,
      occupancy: occupancy.read,
      chosen: () => chosen,
      vendors: () => vendors,
      place: () => place,
      publishing: broker.status,
      asPaid: (facts) =>
        formula && place ? asPaid(facts, { formula, timeZone: place.timeZone }) : facts,
      statesAt: async (at, entityIds) => {
        const kept = entityIds.filter((entityId) => history.entities.find(entityId));
        return kept.length === 0 ? [] : history.stateAt({ at, entityIds: kept });
      },
    }),
  );

  const { alsoShow } = building.use(
    composePublish({
      ...{ clock, options, broker, changed, latest: surroundings.latest },
      homeExpected: occupancy.now,
    }),
  );

  /** Who is asked: anew when the house is elsewhere, or when something of it can be asked that could not before. */
  function settle(): void {
    const next = placeOf(registry.config());
    if (!next) return;
    const baseUrlOf = (name: string) => present("baseUrl", parts.baseUrls?.[name]);
    const all = vendorsOf({
      ...{ clock, options, place: next, states: parts.states, baseUrlOf },
      session: () => session,
      request: parts.request,
      isOwn: (entityId) => isOwn(entityId) || isEcho(entityId),
      platformOf: platformOf(registry),
      ...{ push: refresh.push, hide: refresh.hide },
      subscribe: broker.subscribe,
    });
    const active = choose(all, { wishes: wishesOf(options), isOutsideAllowed });
    const used = all
      .map((one) => ({ ...one, isActive: active.get(one.topic) === one.name }))
      .filter(({ isLocal }) => isLocal || isOutsideAllowed)
      .filter(({ isActive, isFitting }) => isActive || isFitting);
    const text = JSON.stringify([next, used]);
    if (text === settled) return;
    settled = text;
    place = next;
    vendors = all;
    chosen = active;
    for (const topic of TOPICS) if (!active.has(topic)) readings.lose(topic, OWN_DOMAIN);
    refresh.use(used.map(({ create, isActive }) => ({ provider: create(), isActive })));
  }
  building.defer(parts.registryChanged.subscribe(settle));
  settle();

  const endings = building.move();
  return {
    surroundings,
    changed,
    alsoShow,
    follow(next: Session) {
      session = next;
      next.ended.addEventListener("abort", () => {
        if (session === next) session = undefined;
      });
    },
    settle,
    /** Our own entities beside those of the house, for lists of both. */
    withOwn: (states: ReadonlyMap<string, EntityState>) => joined(states, readings.states()),
    async [Symbol.asyncDispose]() {
      endings.dispose();
      await Promise.all(
        [refresh, sports, occupancy, broker].map((one) => one[Symbol.asyncDispose]()),
      );
    },
  };
}

const platformOf = (registry: Pick<Registry, "entities">) => (entityId: string) =>
  registry.entities.get(entityId)?.platform;

export const isOwn = (entityId: string) => entityId.startsWith(`${OWN_DOMAIN}.`);

const toStateChange = ({ by, attributes, ...change }: OwnChange): Omit<StateChange, "context"> => ({
  ...{ ...change, ...present("changedAttributes", attributes) },
  kind: kindOf(change),
  cause: { kind: "integration", confidence: 1, by },
});

function kindOf({ oldState, newState }: Pick<OwnChange, "oldState" | "newState">) {
  if (oldState === undefined) return "added";
  if (oldState === newState) return "attributes";
  return [oldState, newState].includes("unavailable") ? "availability" : "state";
}

/** Vendors learn where the house is to about a kilometer, which is all that they can use. */
function placeOf(config: HouseConfig | undefined): Place | undefined {
  const { latitude, longitude, elevation, country, currency } = config ?? {};
  if (!config || typeof latitude !== "number" || typeof longitude !== "number") return undefined;
  return {
    latitude: Math.round(latitude * 100) / 100,
    longitude: Math.round(longitude * 100) / 100,
    timeZone: config.time_zone,
    ...present("elevation", elevation),
    ...present("country", country),
    ...present("currency", currency),
  };
}

function joined(
  states: ReadonlyMap<string, EntityState>,
  own: ReadonlyMap<string, OwnState>,
): Pick<ReadonlyMap<string, EntityState>, "get" | "has" | "keys"> {
  return {
    get(entityId) {
      const found = own.get(entityId);
      return found ? toEntityState(found) : states.get(entityId);
    },
    has: (entityId) => own.has(entityId) || states.has(entityId),
    keys: () => new Set([...states.keys(), ...own.keys()]).values(),
  };
}

const toEntityState = ({
  entityId,
  state,
  at,
  unit,
  name,
  deviceClass,
  attributes,
}: OwnState): EntityState => ({
  ...{ entityId, state, lastChangedAt: at, lastUpdatedAt: at, context: { id: "" } },
  attributes: {
    ...attributes,
    friendly_name: name,
    ...present("unit_of_measurement", unit),
    ...present("device_class", deviceClass),
  },
});
