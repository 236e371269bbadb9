import type { UserEntry } from "../model/registry-entries.ts";
import type { Outbox } from "./outbox.ts";

/** One authenticated connection. */
export interface Client {
  readonly user: UserEntry;
  readonly outbox: Outbox;
  /** Came through the Supervisor's proxy. */
  readonly proxied: boolean;
  /** By the id of the command that made it. */
  readonly subscriptions: Map<number, Subscription>;
}

/** What a client listens to. */
export interface Subscription {
  readonly kind: "entities" | "events" | "other";
  /** For `events`: the type, or `*`. */
  readonly eventType?: string;
  /** For `entities`: whether an entity is among those asked for; absent means all are. */
  readonly includes?: (entityId: string) => boolean;
  end?(): void;
}

export function sendResult(client: Client, id: number, result: unknown): void {
  let text: string;
  try {
    text = JSON.stringify(result ?? null);
  } catch {
    // a result that JSON cannot hold is Core's own error, and told as such
    sendError(client, id, { code: "unknown_error", message: "Invalid JSON in response" });
    return;
  }
  client.outbox.send(`{"id":${id},"type":"result","success":true,"result":${text}}`);
}

export function sendError(
  client: Client,
  id: unknown,
  error: { code: string; message: string } & Readonly<Record<string, unknown>>,
): void {
  client.outbox.send(JSON.stringify({ id, type: "result", success: false, error }));
}

export function sendEvent(client: Client, id: number, event: unknown): void {
  client.outbox.send(`{"id":${id},"type":"event","event":${JSON.stringify(event)}}`);
}
