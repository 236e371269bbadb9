import { dropAbsent } from "#foundation/absent.ts";
import type { AppError } from "#foundation/errors.ts";
import type { Broker } from "./broker.ts";
import { connectBroker } from "./connection.ts";
import {
  AVAILABILITY_TOPIC,
  configTopic,
  isEvent,
  PUBLISHED,
  type PublishedEventKey,
  type PublishedKey,
  type PublishedValue,
  type PublishedValues,
  stateTopic,
  toConfig,
  toPayload,
} from "./sensors.ts";

export interface Publishing extends AsyncDisposable {
  problem(): AppError | undefined;
  /** Entities that Home Assistant has now. */
  shown(): readonly PublishedKey[];
  /** What is shown from now on; an entity that is not among them is taken away in Home Assistant. */
  choose(keys: readonly PublishedKey[]): void;
  /** What is known now. Said again it lasts an hour more; what is missing becomes unknown. */
  show(values: PublishedValues): void;
  /** Something happened. It is not retained, and nobody hears of it later. */
  tell(key: PublishedEventKey, happened: Readonly<Record<string, unknown>>): void;
  /** Listens to what others publish on the same broker. */
  subscribe(topic: string, onMessage: (text: string) => void): () => void;
  /** Takes everything away and ends; by disposing, the entities stay and are unavailable. */
  leave(): Promise<void>;
}

interface Deps {
  readonly broker: Broker;
  readonly version: string;
  /** What the user chose to show. */
  readonly chosen: readonly PublishedKey[];
  /** Home Assistant's own prefix, when the user changed it there. */
  readonly discoveryPrefix?: string;
  readonly clientId?: string;
  readonly reconnectMs?: number;
  readonly onProblem?: (problem: AppError | undefined) => void;
}

/**
 * Shows values as sensors of one device "HomeIQ" by MQTT discovery; an entity appears with its first real value.
 * All is retained, so that a restart of Home Assistant or of the broker's clients loses nothing.
 */
export async function createPublishing(deps: Deps): Promise<Publishing> {
  const { broker, version, discoveryPrefix = "homeassistant", clientId = "homeiq" } = deps;
  let chosen = new Set(deps.chosen);
  const known = new Map<PublishedKey, PublishedValue>();
  const announced = new Set<PublishedKey>();

  const connection = await connectBroker({
    broker,
    clientId,
    will: { topic: AVAILABILITY_TOPIC, payload: "offline" },
    ...dropAbsent({ reconnectMs: deps.reconnectMs, onProblem: deps.onProblem }),
    onConnect: sayAll,
  });

  function sayAll(): void {
    connection.keep(AVAILABILITY_TOPIC, "online");
    for (const key of PUBLISHED) {
      if (chosen.has(key)) say(key);
      else remove(key);
    }
  }

  function say(key: PublishedKey): void {
    const value = known.get(key);
    if (!value && !announced.has(key)) return; // nothing real yet: no entity
    if (value) {
      connection.keep(configTopic(key, discoveryPrefix), toConfig(key, value.unit, version));
      announced.add(key);
    }
    if (!isEvent(key)) connection.keep(stateTopic(key), toPayload(key, value?.value));
  }

  /** An empty text takes a retained message away, and with the configuration's the entity. */
  function remove(key: PublishedKey): void {
    connection.keep(configTopic(key, discoveryPrefix), "");
    connection.keep(stateTopic(key), "");
    announced.delete(key);
  }

  return {
    problem: connection.problem,
    shown: () => PUBLISHED.filter((key) => chosen.has(key) && announced.has(key)),
    subscribe: connection.subscribe,
    choose(keys) {
      const before = chosen;
      chosen = new Set(keys);
      for (const key of before) if (!chosen.has(key)) remove(key);
      for (const key of chosen) if (!before.has(key)) say(key);
    },
    show(values) {
      for (const key of PUBLISHED) {
        const value = values[key];
        if (value && Number.isFinite(value.value)) known.set(key, value);
        else known.delete(key);
        if (chosen.has(key)) say(key);
      }
    },
    tell(key, happened) {
      if (chosen.has(key) && announced.has(key)) {
        connection.tell(stateTopic(key), JSON.stringify(happened));
      }
    },
    leave() {
      for (const key of PUBLISHED) remove(key);
      return connection.leave();
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  };
}
