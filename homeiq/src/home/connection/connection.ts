import { backoffMs } from "#foundation/backoff.ts";
import type { Clock } from "#foundation/clock.ts";
import { AppError, type ErrorKind, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { Topic } from "#foundation/topic.ts";
import type { Endpoint } from "./endpoint.ts";
import { type Command, type OwnedSession, type Session, startSession } from "./session.ts";
import { openSocket } from "./socket.ts";

export { directEndpoint, type Endpoint, supervisorEndpoint } from "./endpoint.ts";
export type { Command, Session } from "./session.ts";

const PING_EVERY_MS = 30 * SECOND_MS;
const PONG_WITHIN_MS = 10 * SECOND_MS;
const RETRY_REFUSED_MS = 300 * SECOND_MS; // the Supervisor may refuse for a moment while it starts

export interface ConnectionStatus {
  readonly status: "connecting" | "connected" | "reconnecting" | "unconfigured" | "stopped";
  readonly since: number;
  readonly url: string;
  readonly haVersion?: string;
  /** Failed tries since the last connection. */
  readonly attempt: number;
  readonly nextAttemptAt?: number;
  readonly latencyMs?: number;
  readonly error?: { readonly kind: ErrorKind; readonly code: string; readonly message: string };
}

/** A frame that could not be used, and why. */
export type BadFrame = "binary_frame" | "malformed_frame";

export interface HomeConnection extends AsyncDisposable {
  status(): ConnectionStatus;
  /** Moment of the last frame of any kind. */
  lastFrameAt(): number | undefined;
  /** Throws `unavailable` while there is no connection. */
  request(command: Command, timeoutMs?: number): Promise<unknown>;
  /** Tries again now, also after a refused token. */
  retry(): void;
}

interface Deps {
  readonly endpoint: Endpoint | undefined;
  readonly clock: Clock;
  readonly log: Log;
  readonly statusTopic: Topic<ConnectionStatus>;
  readonly random?: () => number;
  /** Subscribes and reads the snapshots. The connection counts as up when it resolves. */
  onSession(session: Session): Promise<void>;
  /** Called once per session that had come up. `at` is the moment of the last frame. */
  onLost(lost: { readonly at: number; readonly error: AppError }): void;
  onAlive(): void;
  onBadFrame(reason: BadFrame): void;
}

/** Keeps one connection to Home Assistant, for as long as the process lives. */
export function connectHome(deps: Deps): HomeConnection {
  const { endpoint, clock, log, statusTopic, random = Math.random } = deps;
  const stopping = new AbortController();
  let session: OwnedSession | undefined;
  let lastFrameAt: number | undefined;
  let wake: () => void = () => {};
  let status: ConnectionStatus = {
    status: "connecting",
    since: clock.now(),
    url: endpoint?.displayUrl ?? "",
    attempt: 0,
  };

  function become(next: Omit<ConnectionStatus, "since" | "url">): void {
    const since = next.status === status.status ? status.since : clock.now();
    status = { ...next, since, url: status.url };
    statusTopic.publish(status);
  }

  async function holdSession(target: Endpoint): Promise<void> {
    const opened = await openSocket(target, {
      onFrame: () => {
        lastFrameAt = clock.now();
      },
      onBadFrame: (reason, error) => {
        log.warn({ err: error, reason }, "Home Assistant sent a frame that cannot be used");
        deps.onBadFrame(reason);
      },
    });
    const current = startSession(opened, (error) => log.error({ err: error }, "A listener failed"));
    const stop = () => current.end(new AppError("unavailable", "connection.stopped", "Stopping"));
    stopping.signal.addEventListener("abort", stop, { once: true });
    if (stopping.signal.aborted) stop();
    session = current;
    try {
      await deps.onSession(current);
      become({ status: "connected", haVersion: current.haVersion, attempt: 0 });
      log.info({ haVersion: current.haVersion }, "Connected to Home Assistant");
      deps.onAlive();
      await watch(current);
      deps.onLost({ at: lastFrameAt ?? clock.now(), error: toAppError(current.ended.reason) });
    } finally {
      current.end(new AppError("unavailable", "connection.closed", "Closed"));
      session = undefined;
      stopping.signal.removeEventListener("abort", stop);
    }
  }

  /** Resolves when the session is over. A silent peer counts as gone after one unanswered ping. */
  async function watch(current: OwnedSession): Promise<void> {
    const over = new Promise<void>((resolve) => {
      current.ended.addEventListener("abort", () => resolve(), { once: true });
      if (current.ended.aborted) resolve();
    });
    while (!current.ended.aborted) {
      try {
        const latencyMs = Math.round((await current.ping(PONG_WITHIN_MS)) * 10) / 10;
        become({ status: "connected", haVersion: current.haVersion, attempt: 0, latencyMs });
        deps.onAlive();
      } catch (error) {
        current.end(toAppError(error));
      }
      const timer = new AbortController();
      await Promise.race([over, wait(PING_EVERY_MS, timer.signal)]);
      timer.abort();
    }
  }

  const wait = (delayMs: number, signal: AbortSignal) =>
    new Promise<void>((resolve) => {
      const cancel = clock.after(delayMs, resolve);
      signal.addEventListener("abort", () => {
        cancel();
        resolve();
      });
    });

  async function run(target: Endpoint): Promise<void> {
    let attempt = 0;
    while (!stopping.signal.aborted) {
      let failure: AppError | undefined;
      const wasUp = await holdSession(target).then(
        () => true,
        (error: unknown) => {
          failure = toAppError(error);
          return false;
        },
      );
      if (stopping.signal.aborted) return;
      attempt = wasUp ? 1 : attempt + 1;
      const refused = failure?.kind === "unconfigured";
      const delayMs = refused && !target.viaSupervisor ? undefined : nextDelay(attempt, refused);
      report(failure, attempt, delayMs);
      await pause(delayMs);
    }
  }

  const nextDelay = (attempt: number, refused: boolean) =>
    refused ? RETRY_REFUSED_MS : backoffMs(attempt, random);

  function report(failure: AppError | undefined, attempt: number, delayMs?: number): void {
    const error =
      failure ?? new AppError("unavailable", "connection.lost", "The connection was lost");
    if (attempt === 1) log.warn({ code: error.code }, error.message); // once per outage
    become({
      status: error.kind === "unconfigured" ? "unconfigured" : "reconnecting",
      attempt,
      ...(status.haVersion === undefined ? {} : { haVersion: status.haVersion }),
      ...(delayMs === undefined ? {} : { nextAttemptAt: clock.now() + delayMs }),
      error: { kind: error.kind, code: error.code, message: error.message },
    });
  }

  /** Until the delay is over, `retry` is called or the process stops; without a delay only the latter two. */
  function pause(delayMs: number | undefined): Promise<void> {
    return new Promise((resolve) => {
      const cancel = delayMs === undefined ? () => {} : clock.after(delayMs, resolve);
      wake = () => {
        cancel();
        resolve();
      };
      stopping.signal.addEventListener("abort", wake, { once: true });
    });
  }

  if (!endpoint) {
    const message = "Set HA_URL and HA_TOKEN, or install HomeIQ as an app in Home Assistant.";
    become({
      status: "unconfigured",
      attempt: 0,
      error: { kind: "unconfigured", code: "connection.no_address", message },
    });
  }
  const running = endpoint ? run(endpoint) : Promise.resolve();

  return {
    status: () => status,
    lastFrameAt: () => lastFrameAt,
    async request(command, timeoutMs) {
      if (!session) throw new AppError("unavailable", "connection.lost", "Home Assistant is away");
      return session.request(command, timeoutMs);
    },
    retry: () => wake(),
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await running;
      become({ status: "stopped", attempt: 0 });
    },
  };
}
