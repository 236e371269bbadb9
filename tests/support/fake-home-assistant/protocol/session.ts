import type { WebSocket } from "ws";
import type { Core } from "../model/core.ts";
import type { UserEntry } from "../model/registry-entries.ts";
import { type Client, sendError } from "./client.ts";
import { type Commands, type Message, runCommand } from "./command.ts";
import { createOutbox } from "./outbox.ts";
import { isUnknown, type Troubles } from "./troubles.ts";

const AUTH_TIMEOUT_MS = 10_000;

/** What a session needs to know of the server it belongs to. */
export interface SessionParts {
  readonly core: Core;
  readonly commands: Commands;
  readonly troubles: Troubles;
  readonly clients: Set<Client>;
  readonly sockets: Map<Client, Session>;
  findUser(token: unknown, proxied: boolean): UserEntry | undefined;
  /** Brings the simulated time up to now, before anything is answered. */
  catchUp(): void;
}

/** One WebSocket connection, from greeting to close. */
export interface Session {
  readonly socket: WebSocket;
  /** Handles what came in while stalled. */
  resume(): void;
}

/** Greets a client, lets it authenticate, then runs its commands. */
export function startSession(socket: WebSocket, proxied: boolean, parts: SessionParts): void {
  const { core, troubles } = parts;
  const greet = () =>
    socket.send(JSON.stringify({ type: "auth_required", ha_version: core.version }));
  const timeout = setTimeout(() => socket.terminate(), AUTH_TIMEOUT_MS + troubles.slowAcceptMs);
  timeout.unref();
  socket.on("close", () => clearTimeout(timeout));
  socket.on("error", () => socket.terminate());

  socket.once("message", (frame, isBinary) => {
    clearTimeout(timeout);
    const message = isBinary ? undefined : parse(String(frame));
    if (message === undefined) return socket.close();
    const refusal = refusalOf(message, proxied);
    const user = parts.findUser(Object(message).access_token, proxied);
    if (refusal !== undefined || user === undefined || troubles.refuseToken) {
      const invalid = proxied ? "Invalid access" : "Invalid access token or password";
      socket.send(JSON.stringify({ type: "auth_invalid", message: refusal ?? invalid }));
      return socket.close();
    }
    socket.send(JSON.stringify({ type: "auth_ok", ha_version: core.version }));
    serve(socket, { user, proxied, parts });
  });

  if (troubles.slowAcceptMs > 0) setTimeout(greet, troubles.slowAcceptMs).unref();
  else greet();
}

function refusalOf(message: unknown, proxied: boolean): string | undefined {
  if (proxied) return undefined;
  const prefix = "Auth message incorrectly formatted: ";
  if (typeof message !== "object" || message === null) return `${prefix}expected a dictionary`;
  const extra = Object.keys(message).find(
    (key) => !["type", "access_token", "api_password"].includes(key),
  );
  if (extra !== undefined) return `${prefix}extra keys not allowed @ data['${extra}']. Got 1`;
  if (!("type" in message) || message.type !== "auth") {
    return `${prefix}value must be one of ['auth'] @ data['type']`;
  }
  return undefined;
}

function serve(
  socket: WebSocket,
  { user, proxied, parts }: { user: UserEntry; proxied: boolean; parts: SessionParts },
): void {
  const { troubles, clients, sockets } = parts;
  const client: Client = {
    user,
    proxied,
    outbox: createOutbox(socket, () => socket.terminate()),
    subscriptions: new Map(),
  };
  let lastId = 0;
  const waiting: string[] = [];

  function handleFrame(text: string) {
    parts.catchUp();
    const parsed = parse(text);
    if (parsed === undefined) return socket.close();
    for (const message of Array.isArray(parsed) ? parsed : [parsed]) handle(message);
  }

  function handle(message: unknown) {
    if (!isMessage(message)) {
      const given = Object(message).id;
      const id = typeof message === "object" && message !== null ? (given ?? 0) : 0;
      return sendError(client, id, {
        code: "invalid_format",
        message: "Message incorrectly formatted.",
      });
    }
    const { id, type } = message;
    if (proxied && /^(supervisor|hassio)\//u.test(type)) {
      return sendError(client, id, { code: "unauthorized", message: "Unauthorized" });
    }
    if (id <= lastId) {
      return sendError(client, id, {
        code: "id_reuse",
        message: "Identifier values have to increase.",
      });
    }
    const command = Object.hasOwn(parts.commands, type) ? parts.commands[type] : undefined;
    if (command === undefined || isUnknown(troubles, type)) {
      return sendError(client, id, { code: "unknown_command", message: "Unknown command." });
    }
    lastId = id;
    runCommand(command, { client, message, core: parts.core });
  }

  socket.on("message", (frame, isBinary) => {
    if (isBinary) return socket.close();
    if (troubles.stalled) waiting.push(String(frame));
    else handleFrame(String(frame));
  });
  socket.on("close", () => {
    clients.delete(client);
    sockets.delete(client);
    for (const subscription of client.subscriptions.values()) subscription.end?.();
    client.subscriptions.clear();
  });
  clients.add(client);
  client.outbox.hold(troubles.stalled);
  sockets.set(client, {
    socket,
    resume() {
      client.outbox.hold(false);
      for (const frame of waiting.splice(0)) handleFrame(frame);
    },
  });
}

function isMessage(value: unknown): value is Message & { type: string } {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const { id, type } = value as { id?: unknown; type?: unknown };
  return Number.isInteger(id) && Number(id) > 0 && typeof type === "string";
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Core closes the connection on bad JSON; so does the caller
  }
}
