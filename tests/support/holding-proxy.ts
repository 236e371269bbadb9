import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from "node:http";
import { type AddressInfo, connect } from "node:net";
import type { Duplex } from "node:stream";

/** Where a request waits: `before` it reaches the house; `after` it was carried out, and before its answer. */
export type Where = "before" | "after";

/** A request that waits, also when whoever sent it is gone. */
export interface Held {
  /** Goes on; resolves when the house has carried it out. */
  release(): Promise<void>;
}

export interface HoldingProxy extends AsyncDisposable {
  readonly url: string;
  /** The next request of this method to the configuration API waits; resolves when it does. */
  hold(method: "POST" | "DELETE", where: Where): Promise<Held>;
}

interface Order {
  readonly method: string;
  readonly where: Where;
  holds(held: Held): void;
}

interface Answered {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Stands between HomeIQ and a house, and keeps one request waiting: what lasts milliseconds can be met. */
export async function startHoldingProxy(target: string): Promise<HoldingProxy> {
  const { hostname, port } = new URL(target);
  let order: Order | undefined;

  const server = createServer((incoming, answer) => {
    pass(incoming, answer).catch(() => answer.destroy()); // the house is down
  });
  server.on("upgrade", (incoming, socket, head) => join(incoming, socket, head));

  async function pass(incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
    const body = await readAll(incoming);
    const isMeant = incoming.url?.startsWith("/api/config/") && incoming.method === order?.method;
    const taken = isMeant ? order : undefined;
    if (taken) order = undefined;
    const carryingOut = taken?.where === "before" ? wait(taken, forward) : forward();
    const carriedOut = await carryingOut;
    if (taken?.where === "after") await wait(taken, async () => {});
    answer.on("error", () => {}); // who asked may be gone
    answer.writeHead(carriedOut.status, carriedOut.headers).end(carriedOut.body);

    function forward() {
      return ask(incoming, body);
    }
  }

  /** Does what is next when it is released. */
  function wait<T>({ holds }: Order, next: () => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      holds({
        async release() {
          resolve(await next());
        },
      });
    });
  }

  function ask({ method, headers, url: path }: IncomingMessage, body: Buffer) {
    return new Promise<Answered>((resolve, reject) => {
      const asked = request({ hostname, port, method, path, headers });
      asked.once("error", reject);
      asked.once("response", (response) => {
        const { statusCode: status = 502, headers } = response;
        readAll(response).then((body) => resolve({ status, headers, body }), reject);
      });
      asked.end(body);
    });
  }

  function join(incoming: IncomingMessage, socket: Duplex, head: Buffer): void {
    const upstream = connect(Number(port), hostname, () => {
      const { method, url: path, rawHeaders } = incoming;
      const lines = rawHeaders.map((text, n) => (n % 2 === 0 ? `${text}: ` : `${text}\r\n`));
      upstream.write(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`);
      upstream.write(head);
      socket.pipe(upstream).pipe(socket);
    });
    for (const [one, other] of [
      [socket, upstream],
      [upstream, socket],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  }

  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a TCP server's address is an object
    hold: (method, where) =>
      new Promise((holds) => {
        order = { method, where, holds };
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((closed) => {
        server.close(() => closed());
        server.closeAllConnections();
      }),
  };
}

async function readAll(stream: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
