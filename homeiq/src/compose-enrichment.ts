import { randomUUID } from "node:crypto";
import { choose, type Vendor, type Wishes } from "#enrichment/choice/choice.ts";
import { type EnrichmentOptions, secretsOf } from "#enrichment/enrichment.options.ts";
import { createHomeAssistantWeather } from "#enrichment/home-assistant-weather/home-assistant-weather.ts";
import { createOpenMeteo } from "#enrichment/open-meteo/open-meteo.ts";
import { createOpenWeatherMap } from "#enrichment/openweathermap/openweathermap.ts";
import { type OutsideTopic, type Place, TOPICS } from "#enrichment/provider.ts";
import {
  createReadings,
  OWN_DOMAIN,
  type OwnChange,
  type OwnState,
} from "#enrichment/readings/readings.ts";
import { startRefresh } from "#enrichment/refresh/refresh.ts";
import { createSurroundings } from "#enrichment/surroundings/surroundings.ts";
import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import type { Log } from "#foundation/log.ts";
import { createTopic, type Topic } from "#foundation/topic.ts";
import type { Session } from "#home/connection/connection.ts";
import type { HouseConfig, Registry } from "#home/registry/registry.ts";
import type { EntityState } from "#home/states/states.ts";
import type { History } from "#ingest/history/history.ts";
import type { StateChange } from "#ingest/normalize/normalize.ts";
import type { Store } from "#store/database.ts";

export { enrichmentOptions } from "#enrichment/enrichment.options.ts";

interface Parts {
  readonly store: Pick<Store, "db" | "writer">;
  readonly clock: Clock;
  readonly log: Log;
  readonly options: EnrichmentOptions;
  readonly registry: Pick<Registry, "config">;
  readonly registryChanged: Topic<void>;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly history: Pick<History, "record" | "stateAt">;
  /** What the history had last, of every entity. */
  readonly lastStates: readonly EntityState[];
  /** Where vendors are asked instead of at home, by name; only tests have such. */
  readonly baseUrls?: Readonly<Record<string, string>>;
}

/** What a vendor may be built of. */
interface Site {
  readonly clock: Clock;
  readonly options: EnrichmentOptions;
  readonly place: Place;
  readonly states: ReadonlyMap<string, EntityState>;
  readonly session: () => Session | undefined;
  readonly baseUrlOf: (name: string) => { readonly baseUrl?: string };
  /** For those that report by themselves. */
  readonly push: (name: string, facts: unknown) => void;
}

/** Every source of outside facts, one line each; of a topic, the first that fits is used. */
function vendorsOf({ clock, options: o, place, states, session, baseUrlOf }: Site): Vendor[] {
  const at = { clock, place };
  return [
    vendor("weather", "home-assistant-weather", Boolean(o.weather_entity), () =>
      createHomeAssistantWeather({ clock, states, session, entityId: o.weather_entity ?? "" }),
    ),
    vendor("weather", "openweathermap", Boolean(o.openweathermap_key), (name) =>
      createOpenWeatherMap({ ...at, ...baseUrlOf(name), key: o.openweathermap_key }),
    ),
    vendor("weather", "open-meteo", true, (name) => createOpenMeteo({ ...at, ...baseUrlOf(name) })),
  ];
}

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

const wishesOf = (options: EnrichmentOptions): Wishes => ({
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
  let session: Session | undefined;
  let place: Place | undefined;
  let chosen: ReadonlyMap<OutsideTopic, string> | undefined;
  let vendors: readonly Vendor[] = [];

  const readings = createReadings({
    clock,
    before: parts.lastStates.map((one) => ({ ...one, at: one.lastChangedAt })),
    record: (changes) => {
      const context = { id: randomUUID() };
      for (const change of changes) history.record({ ...toStateChange(change), context });
    },
  });
  const refresh = startRefresh({
    ...{ store: parts.store, clock, log, changed, secrets: secretsOf(options) },
  });
  const surroundings = building.use(
    createSurroundings({
      ...{ clock, refresh, readings, changed, isOutsideAllowed },
      chosen: () => chosen,
      vendors: () => vendors,
      place: () => place,
      statesAt: (at, entityIds) => history.stateAt({ at, entityIds }),
    }),
  );

  function settle(): void {
    const next = placeOf(registry.config());
    if (!next || JSON.stringify(next) === JSON.stringify(place)) return;
    place = next;
    const baseUrlOf = (name: string) => present("baseUrl", parts.baseUrls?.[name]);
    vendors = vendorsOf({
      ...{ clock, options, place, states: parts.states, baseUrlOf },
      session: () => session,
      push: refresh.push,
    });
    chosen = choose(vendors, { wishes: wishesOf(options), isOutsideAllowed });
    for (const topic of TOPICS) if (!chosen.has(topic)) readings.lose(topic, OWN_DOMAIN);
    refresh.use(
      vendors
        .map((one) => ({ ...one, isActive: chosen?.get(one.topic) === one.name }))
        .filter(({ isLocal }) => isLocal || isOutsideAllowed)
        .filter(({ isActive, isFitting }) => isActive || isFitting)
        .map(({ create, isActive }) => ({ provider: create(), isActive })),
    );
  }
  building.defer(parts.registryChanged.subscribe(settle));
  settle();

  const endings = building.move();
  return {
    surroundings,
    changed,
    follow(next: Session) {
      session = next;
      next.ended.addEventListener("abort", () => {
        if (session === next) session = undefined;
      });
    },
    /** Our own entities beside those of the house, for lists of both. */
    withOwn: (states: ReadonlyMap<string, EntityState>) => joined(states, readings.states()),
    async [Symbol.asyncDispose]() {
      endings.dispose();
      await refresh[Symbol.asyncDispose]();
    },
  };
}

export const isOwn = (entityId: string) => entityId.startsWith(`${OWN_DOMAIN}.`);

const toStateChange = ({ by, ...change }: OwnChange): Omit<StateChange, "context"> => ({
  ...change,
  kind: kindOf(change),
  cause: { kind: "integration", confidence: 1, by },
});

function kindOf({ oldState, newState }: Pick<OwnChange, "oldState" | "newState">) {
  if (oldState === undefined) return "added";
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
}: OwnState): EntityState => ({
  ...{ entityId, state, lastChangedAt: at, lastUpdatedAt: at, context: { id: "" } },
  attributes: {
    friendly_name: name,
    ...present("unit_of_measurement", unit),
    ...present("device_class", deviceClass),
  },
});
