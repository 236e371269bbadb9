import { setTimeout as pause } from "node:timers/promises";
import { AppError } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Broker } from "./broker.ts";

/** A connection that comes back by itself. */
export interface BrokerConnection extends AsyncDisposable {
  /** Why there is none; `undefined` while connected. */
  problem(): AppError | undefined;
  /** Retained, arrives at least once; while there is no connection it is dropped: `onConnect` says all again. */
  keep(topic: string, payload: string): void;
  /** Arrives at least once with those who listen now; while there is no connection it is dropped. */
  tell(topic: string, payload: string): void;
  /** Also after each reconnection, until the answer ends it. */
  subscribe(topic: string, onMessage: (text: string) => void): () => void;
  /** Takes the will's topic away as well, and ends. */
  leave(): Promise<void>;
}

interface Deps {
  readonly broker: Broker;
  readonly clientId: string;
  /** Said by the broker when we vanish. */
  readonly will: { readonly topic: string; readonly payload: string };
  readonly onConnect: () => void;
  /** Once for each reason; `undefined` when it is well again. */
  readonly onProblem?: (problem: AppError | undefined) => void;
  readonly reconnectMs?: number;
}

const RECONNECT_MS = 5 * SECOND_MS;
const REFUSED_TIMES_SLOWER = 12; // a wrong password is mended by a person; the broker's log need not fill with it
const GOODBYE_MS = SECOND_MS; // a broker that is stuck must not hold up a stop
const REFUSED = new Set([4, 5, 134, 135]); // bad password and not authorized, of MQTT 3.1.1 and of 5

/** Loads the client only here: a house without a broker does not pay for it. */
export async function connectBroker(deps: Deps): Promise<BrokerConnection> {
  const { broker, clientId, will, onConnect, reconnectMs = RECONNECT_MS } = deps;
  const { onProblem = () => {} } = deps;
  const { connect } = await import("mqtt");
  const facts = { host: broker.host, port: broker.port };
  const listeners = new Map<string, Set<(text: string) => void>>();
  let problem: AppError | undefined = away("not connected yet", facts);

  const client = connect({
    host: broker.host,
    port: broker.port,
    protocol: broker.ssl ? "mqtts" : "mqtt",
    ...(broker.username ? { username: broker.username } : {}),
    ...(broker.password ? { password: broker.password } : {}),
    clientId,
    will: { topic: will.topic, payload: Buffer.from(will.payload), qos: 1, retain: true },
    reconnectPeriod: reconnectMs,
    connectTimeout: 10 * SECOND_MS,
    reconnectOnConnackError: true, // a password may be mended in the broker
    queueQoSZero: false,
    resubscribe: true,
  });
  let isEnding = false;

  function settle(next: AppError | undefined): void {
    if (isEnding) return;
    const isSame = next?.code === problem?.code && next?.message === problem?.message;
    problem = next;
    client.options.reconnectPeriod =
      next?.kind === "unconfigured" ? reconnectMs * REFUSED_TIMES_SLOWER : reconnectMs;
    if (!isSame) onProblem(next);
  }

  client.on("connect", () => {
    settle(undefined);
    onConnect();
  });
  client.on("error", (error: Error & { code?: unknown }) => {
    const isRefused = REFUSED.has(Number(error.code));
    settle(isRefused ? refused(facts) : away(String(error.code ?? "failed"), facts));
  });
  client.on("close", () => settle(problem ?? away("closed", facts)));
  client.on("message", (topic, payload) => {
    for (const [filter, told] of listeners) {
      if (!matches(filter, topic)) continue;
      for (const tell of told) tell(payload.toString());
    }
  });

  /** With a proper goodbye, or else the broker would say the will after it. */
  async function end(lastWord: string): Promise<void> {
    isEnding = true;
    const isHeard = client.connected && (await isSaid(lastWord));
    await client.endAsync(!isHeard);
  }

  /** Fails when the connection goes first: then the broker says the will. */
  function isSaid(lastWord: string): Promise<boolean> {
    const said = client.publishAsync(will.topic, lastWord, { qos: 1, retain: true });
    return Promise.race([
      said.then(
        () => true,
        () => false,
      ),
      pause(GOODBYE_MS, false, { ref: false }),
    ]);
  }

  return {
    problem: () => problem,
    keep(topic, payload) {
      if (client.connected) client.publish(topic, payload, { qos: 1, retain: true }, () => {}); // said again on connect
    },
    tell(topic, payload) {
      if (client.connected) client.publish(topic, payload, { qos: 1 }, () => {}); // too late to say it again
    },
    subscribe(topic, onMessage) {
      const told = listeners.get(topic) ?? new Set();
      if (told.size === 0) client.subscribe(topic, { qos: 0 });
      listeners.set(topic, told.add(onMessage));
      return () => {
        told.delete(onMessage);
        if (told.size === 0 && listeners.delete(topic)) client.unsubscribe(topic);
      };
    },
    leave: () => end(""),
    [Symbol.asyncDispose]: () => end(will.payload),
  };
}

/** `+` stands for one level, `#` for all that follow. */
function matches(filter: string, topic: string): boolean {
  const [wanted, levels] = [filter.split("/"), topic.split("/")];
  const isAll = wanted.at(-1) === "#";
  if (isAll ? levels.length < wanted.length - 1 : levels.length !== wanted.length) return false;
  return wanted.every((level, index) => level === "+" || level === "#" || level === levels[index]);
}

const away = (reason: string, facts: Record<string, unknown>) =>
  new AppError("unavailable", "publish.unreachable", `The broker cannot be reached: ${reason}`, {
    facts: { ...facts, reason },
  });

const refused = (facts: Record<string, unknown>) =>
  new AppError("unconfigured", "publish.refused", "The broker refuses the user or password", {
    facts,
  });
