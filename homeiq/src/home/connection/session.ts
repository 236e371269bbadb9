import { Connection } from "home-assistant-js-websocket";
import { AppError, type ErrorKind } from "#foundation/errors.ts";
import { SECOND_MS } from "#foundation/time.ts";
import type { OpenSocket } from "./socket.ts";

const REQUEST_TIMEOUT_MS = 30 * SECOND_MS;

/** What one may ask Home Assistant; the `id` is added on the way. */
export type Command = { readonly type: string } & Readonly<Record<string, unknown>>;

/** One authenticated connection, from `auth_ok` until it is lost. It is never revived: a new one follows. */
export interface Session {
  readonly haVersion: string;
  /** Aborts when the connection is lost; the reason is an `AppError`. */
  readonly ended: AbortSignal;
  /** Throws `unavailable` when lost or late, else the kind that fits Home Assistant's error code. */
  request(command: Command, timeoutMs?: number): Promise<unknown>;
  /** Resolves once Home Assistant confirmed. A listener that throws does not end the subscription. */
  subscribe(command: Command, listener: (event: unknown) => void): Promise<void>;
}

export interface OwnedSession extends Session {
  /** Round trip in milliseconds. Throws `unavailable` after `timeoutMs`. */
  ping(timeoutMs: number): Promise<number>;
  end(why: AppError): void;
}

/** Wraps the library's connection and turns off its own reconnecting: the policy is ours. */
export function startSession(
  { socket, haVersion, terminate }: OpenSocket,
  onListenerError: (error: unknown) => void,
): OwnedSession {
  const ending = new AbortController();
  const connection = new Connection(socket, {
    setupRetry: 0,
    createSocket: () => Promise.reject(new Error("A session does not reconnect")),
  });
  const end = (why: AppError) => {
    if (ending.signal.aborted) return;
    ending.abort(why);
    connection.close();
    terminate();
  };
  connection.addEventListener("disconnected", () => {
    connection.closeRequested = true; // read by the library's reconnect timer, which then gives up
    end(lost());
  });

  // The library never settles a subscription whose confirmation did not come before the end.
  const ended = new Promise<never>((_, reject) => {
    ending.signal.addEventListener("abort", () => reject(lost()), { once: true });
  });
  ended.catch(() => {}); // who waits hears it by the race; without anybody nothing is lost

  async function request(command: Command, timeoutMs = REQUEST_TIMEOUT_MS): Promise<unknown> {
    if (ending.signal.aborted) throw lost();
    try {
      return await within(timeoutMs, connection.sendMessagePromise({ ...command }));
    } catch (error) {
      throw toHomeError(error, command.type);
    }
  }

  return {
    haVersion,
    ended: ending.signal,
    request,
    async subscribe(command, listener) {
      if (ending.signal.aborted) throw lost();
      const guarded = (event: unknown) => {
        try {
          listener(event);
        } catch (error) {
          onListenerError(error);
        }
      };
      try {
        const confirmed = connection.subscribeMessage(
          guarded,
          { ...command },
          { resubscribe: false },
        );
        await within(REQUEST_TIMEOUT_MS, Promise.race([confirmed, ended]));
      } catch (error) {
        throw toHomeError(error, command.type);
      }
    },
    async ping(timeoutMs) {
      const sentAt = performance.now();
      await within(timeoutMs, connection.ping()).catch((error: unknown) => {
        throw toHomeError(error, "ping");
      });
      return performance.now() - sentAt;
    },
    end,
  };
}

const lost = () => new AppError("unavailable", "connection.lost", "The connection was lost");

function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new AppError("unavailable", "connection.timeout", "No answer in time")),
      timeoutMs,
    );
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}

const KINDS: Readonly<Record<string, ErrorKind>> = {
  unauthorized: "forbidden",
  not_allowed: "forbidden",
  not_found: "not_found",
  invalid_format: "invalid",
  service_validation_error: "invalid",
  home_assistant_error: "unavailable",
  timeout: "unavailable",
  unknown_command: "unavailable", // the integration behind it is not loaded
};

/** The library rejects with bare numbers, wrapped numbers and plain objects; here they become ours. */
export function toHomeError(error: unknown, command: string): AppError {
  if (error instanceof AppError) return error;
  const { code, message } = (
    typeof error === "object" && error !== null && "error" in error
      ? (error as { error: unknown }).error
      : (error ?? {})
  ) as { code?: unknown; message?: unknown };
  if (typeof error === "number" || typeof code === "number") return lost();
  const kind = KINDS[String(code)] ?? "internal";
  return new AppError(kind, `home.${String(code ?? "failed")}`, `${command}: ${String(message)}`, {
    facts: { command },
    cause: error,
  });
}
