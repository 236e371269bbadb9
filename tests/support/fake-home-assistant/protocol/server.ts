import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import type { Core } from "../model/core.ts";
import type { UserEntry } from "../model/registry-entries.ts";
import type { Client } from "./client.ts";
import type { Commands } from "./command.ts";
import { startFanOut } from "./fan-out.ts";
import { type Session, startSession } from "./session.ts";
import type { Troubles } from "./troubles.ts";

const MAX_CLIENT_FRAME = 4 * 1024 * 1024;

/** One REST request, after routing and authentication. */
export interface RestRequest {
  readonly method: string;
  /** Without `/core`, query and host: `/api/states`. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: string;
  readonly user: UserEntry;
}

/** What REST answers; a string is sent as plain text. */
export interface RestAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ServerParts {
  readonly core: Core;
  readonly commands: Commands;
  readonly troubles: Troubles;
  readonly port: number;
  findUser(token: unknown, proxied: boolean): UserEntry | undefined;
  rest(request: RestRequest): Promise<RestAnswer>;
  /** Orders of tests in other processes, under `/__fake/`. */
  control(name: string, body: unknown): Promise<RestAnswer>;
  catchUp(): void;
}

export interface FakeServer {
  readonly url: string;
  readonly clients: ReadonlySet<Client>;
  /** Cuts every connection. `code` absent: without a farewell, as a pulled cable does. */
  dropConnections(code?: number): void;
  stall(stalled: boolean): void;
  close(): Promise<void>;
}

/** Serves Core at `/api` and the Supervisor's proxy to it at `/core`. */
export async function startServer(parts: ServerParts): Promise<FakeServer> {
  const { core, troubles } = parts;
  const clients = new Set<Client>();
  const sockets = new Map<Client, Session>();
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_CLIENT_FRAME });
  const http = createServer((request, response) => {
    answer(request, response, parts).catch((error: unknown) => {
      send(response, { status: 500, body: { message: String(error) } });
    });
  });

  http.on("upgrade", (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const { pathname } = new URL(request.url ?? "/", "http://fake");
    const proxied = pathname === "/core/websocket" || pathname === "/core/api/websocket";
    if (!proxied && pathname !== "/api/websocket") {
      return socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
    }
    if (troubles.down) {
      if (!proxied) return socket.destroy();
      return socket.end("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n");
    }
    webSockets.handleUpgrade(request, socket, head, (accepted) => {
      startSession(accepted, proxied, { ...parts, clients, sockets });
    });
  });

  await new Promise<void>((resolve, reject) => {
    http.once("error", reject);
    http.listen(parts.port, "127.0.0.1", resolve);
  });
  const stopFanOut = startFanOut(core, clients);
  const { port } = http.address() as AddressInfo;

  function dropConnections(code?: number) {
    for (const socket of webSockets.clients) {
      if (code === undefined) socket.terminate();
      else socket.close(code);
    }
  }

  return {
    url: `http://127.0.0.1:${port}`,
    clients,
    dropConnections,
    stall(stalled) {
      troubles.stalled = stalled;
      for (const [client, session] of sockets) {
        if (stalled) client.outbox.hold(true);
        else session.resume();
      }
    },
    async close() {
      stopFanOut();
      dropConnections();
      await new Promise<void>((closed) => {
        http.close(() => closed());
        http.closeAllConnections();
      });
    },
  };
}

async function answer(request: IncomingMessage, response: ServerResponse, parts: ServerParts) {
  const url = new URL(request.url ?? "/", "http://fake");
  const body = await readBody(request);
  if (url.pathname.startsWith("/__fake/")) {
    return send(response, await parts.control(url.pathname.slice(8), body === "" ? {} : body));
  }
  const proxied = url.pathname.startsWith("/core/");
  const path = proxied ? url.pathname.slice(5) : url.pathname;
  const method = request.method ?? "GET";
  if (parts.troubles.down) {
    if (!proxied) return request.socket.destroy();
    return send(response, { status: 502, body: "" });
  }
  if (proxied && !["GET", "POST", "DELETE"].includes(method)) {
    return send(response, { status: 405, body: "405: Method Not Allowed" });
  }
  if (proxied && /^\/api\/hassio[/_]/u.test(path)) {
    return send(response, { status: 403, body: "403: Forbidden" });
  }
  const token = /^Bearer (.+)$/u.exec(request.headers.authorization ?? "")?.[1];
  const user = parts.findUser(token ?? request.headers["x-ha-access"], proxied);
  if (user === undefined || parts.troubles.refuseToken) {
    return send(response, { status: 401, body: "401: Unauthorized" });
  }
  while (parts.troubles.stalled) await new Promise((resume) => setTimeout(resume, 20));
  parts.catchUp();
  const { badGateway } = parts.troubles;
  const isBad = path.startsWith("/api/config/") && badGateway.left > 0;
  if (isBad) badGateway.left -= 1;
  if (isBad && !badGateway.late) return send(response, { status: 502, body: "" });
  const said = await parts.rest({ method, path, query: url.searchParams, body, user });
  send(response, isBad ? { status: 502, body: "" } : said);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, { status, body }: RestAnswer) {
  const isText = typeof body === "string";
  const contentType = isText ? "text/plain; charset=utf-8" : "application/json";
  response.writeHead(status, { "content-type": contentType });
  response.end(isText ? body : JSON.stringify(body ?? null));
}
