import { backoffMs } from "#foundation/backoff.ts";
import type { Clock } from "#foundation/clock.ts";
import { type AppError, toAppError } from "#foundation/errors.ts";
import type { Log } from "#foundation/log.ts";
import { MINUTE_MS, SECOND_MS } from "#foundation/time.ts";
import type { Influx, InfluxServer } from "#store/influx/influx.ts";
import { type Bell, createBell } from "./bell.ts";

export type SenderState = "connecting" | "sending" | "waiting" | "needs_you";

export interface SenderStatus {
  readonly state: SenderState;
  readonly server?: InfluxServer;
  readonly lastSentAt?: number;
  /** Why it does not work, and what to do; absent while it works. */
  readonly lastError?: { readonly code: string; readonly message: string; readonly at: number };
  readonly nextTryAt?: number;
}

export interface Sender extends AsyncDisposable {
  /** There is something new to send. */
  wake(): void;
  /** Tries again at once. */
  retry(): void;
  /** The server, while it answers. */
  influx(): Influx | undefined;
  status(): SenderStatus;
}

interface Deps {
  readonly clock: Clock;
  readonly log: Log;
  readonly random?: () => number;
  connect(signal: AbortSignal): Promise<Influx>;
  /** Sends one request's worth, or does one piece of other work; `false` when there is nothing to do. */
  work(influx: Influx, signal: AbortSignal): Promise<boolean>;
}

const GATHER_MS = SECOND_MS; // one request a second at most, however many transactions there were
const LOOK_AGAIN_MS = MINUTE_MS;
const LONGEST_WAIT_MS = MINUTE_MS; // the server is a neighbor: it is not hammered by a request a minute
const LONGEST_ASKED_WAIT_MS = 60 * MINUTE_MS; // a Retry-After beyond this is taken for a mistake
const NEEDS_YOU_MS = 5 * MINUTE_MS;

/** Works off the outbox, in order, one request at a time, for as long as the process lives. */
export function startSender({ clock, log, random = Math.random, connect, work }: Deps): Sender {
  const stopping = new AbortController();
  const { signal } = stopping;
  const bell: Bell = createBell(clock);
  let urgent = createBell(clock);
  let influx: Influx | undefined;
  let attempt = 0;
  let cancelGather: (() => void) | undefined;
  let status: SenderStatus = { state: "connecting" };

  async function step(): Promise<void> {
    if (!influx) {
      influx = await connect(signal);
      status = { ...status, server: influx.server };
    }
    const worked = await work(influx, signal);
    succeeded(influx, worked);
    if (!worked) await bell.wait(LOOK_AGAIN_MS, signal);
  }

  function succeeded({ server }: Influx, worked: boolean): void {
    if (attempt > 0) log.info({ server }, "InfluxDB takes changes again");
    attempt = 0;
    const lastSentAt = worked ? clock.now() : status.lastSentAt;
    status = { state: "sending", server, ...(lastSentAt === undefined ? {} : { lastSentAt }) };
  }

  async function failed(error: AppError): Promise<void> {
    influx = undefined; // it may be another one when it is back
    attempt += 1;
    const { code, message } = error;
    const sameAsBefore = status.lastError?.code === code;
    if (!sameAsBefore) report(error);
    const delayMs = waitAfter(error);
    const now = clock.now();
    const { nextTryAt: _, ...before } = status;
    status = {
      ...before,
      state: error.kind === "unconfigured" ? "needs_you" : "waiting",
      lastError: { code, message, at: now },
      nextTryAt: now + delayMs,
    };
    urgent = createBell(clock);
    await urgent.wait(delayMs, signal);
  }

  function report(error: AppError): void {
    const { code, facts } = error;
    if (error.kind === "internal") log.error({ err: error, code }, "InfluxDB failed");
    else log.warn({ code, facts }, error.message);
  }

  function waitAfter({ kind, facts }: AppError): number {
    const usual =
      kind === "unconfigured"
        ? NEEDS_YOU_MS
        : Math.min(LONGEST_WAIT_MS, backoffMs(attempt, random));
    const asked = typeof facts.retryAfterMs === "number" ? facts.retryAfterMs : 0;
    return Math.max(usual, Math.min(asked, LONGEST_ASKED_WAIT_MS));
  }

  async function run(): Promise<void> {
    while (!signal.aborted) {
      try {
        await step();
      } catch (error) {
        if (!signal.aborted) await failed(toAppError(error));
      }
    }
  }
  const ended = run();

  return {
    wake() {
      cancelGather ??= clock.after(GATHER_MS, () => {
        cancelGather = undefined;
        bell.ring();
      });
    },
    retry: () => urgent.ring(),
    influx: () => influx,
    status: () => status,
    async [Symbol.asyncDispose]() {
      cancelGather?.();
      stopping.abort();
      await ended;
    },
  };
}
