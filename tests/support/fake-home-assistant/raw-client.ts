import { WebSocket } from "ws";

/** A message of the server, not yet understood. */
// biome-ignore lint/suspicious/noExplicitAny: tests read whatever the wire holds
export type Wire = any;

/** A client without any library between the test and the wire. */
export interface RawClient extends Disposable {
  /** Every frame as it came. */
  readonly frames: readonly string[];
  /** Every message, with coalesced frames taken apart. */
  readonly messages: readonly Wire[];
  /** Sends one object, or an array of them, as one frame. */
  send(message: unknown): void;
  sendText(text: string): void;
  /** Sends a command with the next id and resolves with its result; errors resolve as well. */
  ask(type: string, keys?: Readonly<Record<string, unknown>>): Promise<Wire>;
  /** Resolves with the first message that fits, past or future. */
  until(fits: (message: Wire) => boolean): Promise<Wire>;
  readonly closed: Promise<number>;
  lastId(): number;
}

/** Connects; `token` absent: does not answer the greeting. */
export async function connectRaw(
  url: string,
  options: { path?: string; token?: string; coalesce?: boolean } = {},
): Promise<RawClient> {
  const { path = "/api/websocket", token, coalesce = false } = options;
  const socket = new WebSocket(url.replace(/^http/u, "ws") + path);
  const frames: string[] = [];
  const messages: Wire[] = [];
  const waiting = new Set<() => void>();
  let id = 0;
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  socket.on("message", (frame) => {
    const text = String(frame);
    frames.push(text);
    const parsed = JSON.parse(text);
    messages.push(...(Array.isArray(parsed) ? parsed : [parsed]));
    for (const look of waiting) look();
  });
  await new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("error", reject);
  });

  const until: RawClient["until"] = (fits) =>
    new Promise((resolve) => {
      const look = () => {
        const found = messages.find(fits);
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
    });
  const send = (message: unknown) => socket.send(JSON.stringify(message));
  const client: RawClient = {
    frames,
    messages,
    closed,
    until,
    send,
    sendText: (text) => socket.send(text),
    lastId: () => id,
    ask(type, keys = {}) {
      id += 1;
      const own = id;
      send({ id: own, type, ...keys });
      return until((message) => message.id === own && message.type !== "event");
    },
    [Symbol.dispose]: () => socket.terminate(),
  };
  if (token === undefined) return client;
  await until((message) => message.type === "auth_required");
  send({ type: "auth", access_token: token });
  await until((message) => message.type === "auth_ok" || message.type === "auth_invalid");
  if (coalesce) await client.ask("supported_features", { features: { coalesce_messages: 1 } });
  return client;
}
