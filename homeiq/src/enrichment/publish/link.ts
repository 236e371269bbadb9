import { present } from "#foundation/absent.ts";
import type { Clock } from "#foundation/clock.ts";
import { type AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { Broker } from "./broker.ts";
import { createPublishing, type Publishing } from "./entities.ts";
import type { PublishedEventKey, PublishedKey, PublishedValues } from "./sensors.ts";

export interface PublishingStatus {
  /** `absent`: there is no broker. */
  readonly state: "off" | "absent" | "waiting" | "ok" | "unconfigured" | "unavailable";
  /** Host and port. */
  readonly broker?: string;
  readonly failure?: {
    readonly kind: AppError["kind"];
    readonly code: string;
    readonly message: string;
  };
  /** What is shown in Home Assistant now. */
  readonly keys: readonly PublishedKey[];
}

/** The household's broker: looked for, joined, and looked for again when it is gone. Nobody ever waits for it. */
export interface BrokerLink extends AsyncDisposable {
  status(): PublishingStatus;
  /** What is known now; what is missing becomes unknown. */
  show(values: PublishedValues): void;
  /** Something happened, for those who listen now. */
  tell(key: PublishedEventKey, happened: Readonly<Record<string, unknown>>): void;
  /** Listens to what others publish, from when there is a broker. */
  subscribe(topic: string, onMessage: (text: string) => void): () => void;
}

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly version: string;
  /** `undefined` when there is none. */
  readonly find: (signal: AbortSignal) => Promise<Broker | undefined>;
  /** Nothing when it is off: then what was shown before is taken away. */
  readonly chosen: readonly PublishedKey[];
  readonly reconnectMs?: number;
}

const LOOK_EVERY_MS = MINUTE_MS;
const FIND_WITHIN_MS = 10 * SECOND_MS;
const RENEW_MS = 20 * MINUTE_MS; // Home Assistant forgets a value after an hour

interface Listener {
  readonly topic: string;
  readonly onMessage: (text: string) => void;
  end(): void;
}

export function startBrokerLink(deps: Deps): BrokerLink {
  const { clock, log, version, find, chosen } = deps;
  const isOff = chosen.length === 0;
  const stopping = new AbortController();
  const listeners = new Set<Listener>();
  let joined: { readonly broker: Broker; readonly publishing: Publishing } | undefined;
  let failure: AppError | undefined;
  let hasLooked = false;
  let isTakenAway = false;
  let values: PublishedValues = {};
  let shown = { text: "", at: Number.NEGATIVE_INFINITY };
  let cancel = () => {};
  let looking: Promise<void> = Promise.resolve();

  /** One step after the other. */
  function then(step: () => Promise<void>): void {
    looking = looking.then(step).catch((error: unknown) => tell(toAppError(error)));
  }

  function look(): void {
    cancel();
    then(lookOnce);
    cancel = clock.after(LOOK_EVERY_MS, look);
  }

  async function lookOnce(): Promise<void> {
    if (stopping.signal.aborted || (joined && !joined.publishing.problem())) return;
    if (isTakenAway && listeners.size === 0) return;
    const inTime = AbortSignal.timeout(FIND_WITHIN_MS);
    const found = await find(AbortSignal.any([stopping.signal, inTime]));
    hasLooked = true;
    failure = undefined;
    if (stopping.signal.aborted || isSame(found, joined?.broker)) return;
    await joined?.publishing[Symbol.asyncDispose]();
    joined = undefined;
    if (found) await join(found);
  }

  async function join(broker: Broker): Promise<void> {
    const publishing = await createPublishing({
      ...{ broker, version, chosen, onProblem: onTurn },
      ...present("reconnectMs", deps.reconnectMs),
    });
    joined = { broker, publishing };
    publishing.show(values);
    for (const one of listeners) one.end = publishing.subscribe(one.topic, one.onMessage);
  }

  /** The connection is well, or is not any more. */
  function onTurn(problem: AppError | undefined): void {
    if (problem) tell(problem);
    else {
      failure = undefined;
      log.info("Connected to the MQTT broker");
      if (isOff) then(leaveIfIdle);
    }
  }

  /** Who turned it off has no connection, once what was shown is taken away. */
  async function leaveIfIdle(): Promise<void> {
    isTakenAway = true;
    if (listeners.size > 0 || !joined) return;
    const { publishing } = joined;
    joined = undefined;
    await publishing.leave();
  }

  function tell(problem: AppError): void {
    hasLooked = true;
    if (stopping.signal.aborted) return;
    const { kind, code, message } = problem;
    if (failure?.code !== code) log.warn({ kind, code }, message);
    failure = problem;
  }

  look();

  return {
    status() {
      const { broker, publishing } = joined ?? {};
      const problem = publishing?.problem();
      const because = problem ?? (joined ? undefined : failure);
      const isWell = publishing !== undefined && problem === undefined;
      return {
        state: isOff ? "off" : stateOf(isWell, because, hasLooked),
        keys: isWell ? publishing.shown() : [],
        ...present("broker", broker && `${broker.host}:${broker.port}`),
        ...present("failure", because && toFailure(because)),
      };
    },
    show(next) {
      const text = JSON.stringify(next);
      const now = clock.now();
      if (text === shown.text && now - shown.at < RENEW_MS) return;
      shown = { text, at: now };
      values = next;
      joined?.publishing.show(next);
    },
    tell: (key, happened) => joined?.publishing.tell(key, happened),
    subscribe(topic, onMessage) {
      const end = joined?.publishing.subscribe(topic, onMessage) ?? (() => {});
      const listener: Listener = { topic, onMessage, end };
      listeners.add(listener);
      if (!joined) look();
      return () => {
        listeners.delete(listener);
        listener.end();
      };
    },
    async [Symbol.asyncDispose]() {
      stopping.abort();
      cancel();
      await looking;
      await joined?.publishing[Symbol.asyncDispose]();
    },
  };
}

const isSame = (one: Broker | undefined, other: Broker | undefined) =>
  JSON.stringify(one) === JSON.stringify(other);

function stateOf(
  isWell: boolean,
  because: AppError | undefined,
  hasLooked: boolean,
): PublishingStatus["state"] {
  if (isWell) return "ok";
  if (because) return because.kind === "unconfigured" ? "unconfigured" : "unavailable";
  return hasLooked ? "absent" : "waiting";
}

const toFailure = ({ kind, code, message }: AppError) => ({ kind, code, message });
