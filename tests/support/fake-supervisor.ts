import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import { serveCoreWebSocket } from "./fake-supervisor-web-socket.ts";

const CORE_METHODS = ["GET", "POST", "DELETE"]; // the Supervisor passes on no other

/** A Supervisor with one app, HomeIQ, in front of a (fake) Home Assistant. */
export interface FakeSupervisor extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`. Inside an app it is `http://supervisor`; see fake-supervisor-host.ts. */
  readonly url: string;
  readonly port: number;
  /** `SUPERVISOR_TOKEN` of the app now. */
  readonly token: string;
  /** Paths that the app asked for, in order. */
  readonly asked: readonly string[];
  /** While down, Home Assistant is out of reach: 502, and open connections end. */
  setCoreDown(down: boolean): void;
  /** While starting, the Supervisor answers every call "System is not ready". */
  setStarting(starting: boolean): void;
  /** As when the container is replaced: the old token is refused from now on. */
  rotateToken(): void;
  close(): Promise<void>;
}

interface Options {
  readonly homeAssistant: { readonly url: string; readonly token: string };
  readonly port?: number;
  readonly token?: string;
  /** What `GET /addons/self/info` says, beside the usual. */
  readonly app?: Readonly<Record<string, unknown>>;
  /** Other apps that are installed. */
  readonly apps?: readonly Readonly<Record<string, unknown>>[];
  /** The MQTT broker that an app provides, as `GET /services/mqtt` says it. */
  readonly mqtt?: Readonly<Record<string, unknown>>;
}

/** Starts the parts of a Supervisor that an app meets: the proxies to Home Assistant, and what it says of itself. */
export async function startFakeSupervisor({
  homeAssistant,
  port: wantedPort = 0,
  token: firstToken = newToken(),
  app = {},
  apps = [],
  mqtt,
}: Options): Promise<FakeSupervisor> {
  let token = firstToken;
  let coreDown = false;
  let starting = false;
  const asked: string[] = [];

  const server = createServer((incoming, answer) => {
    const path = incoming.url ?? "/";
    asked.push(path);
    if (path === "/supervisor/ping") return ok(answer, {});
    if (starting) return refuse(answer, 503, "System is not ready");
    if (incoming.headers.authorization !== `Bearer ${token}`)
      return refuse(answer, 401, "Unauthorized");
    if (path.startsWith("/core/api")) return void passToCore(incoming, answer, path);
    if (path === "/services/mqtt") {
      return mqtt ? ok(answer, mqtt) : refuse(answer, 400, "Service not enabled");
    }
    const said = says(path, app, apps);
    return said ? ok(answer, said) : refuse(answer, 403, "Forbidden");
  });

  async function passToCore(incoming: IncomingMessage, answer: ServerResponse, path: string) {
    const { method = "GET" } = incoming;
    if (!CORE_METHODS.includes(method)) return refuse(answer, 405, "Method Not Allowed");
    if (coreDown || path.startsWith("/core/api/hassio")) return refuse(answer, 502, "Bad Gateway");
    const body = method === "POST" ? await text(incoming) : undefined;
    const response = await fetch(`${homeAssistant.url}${path.slice("/core".length)}`, {
      method,
      headers: {
        authorization: `Bearer ${homeAssistant.token}`,
        "content-type": "application/json",
      },
      ...(body !== undefined && { body }),
    }).catch(() => undefined); // not listening: the same 502
    if (!response) return refuse(answer, 502, "Bad Gateway");
    const type = response.headers.get("content-type") ?? "application/json";
    answer.writeHead(response.status, { "content-type": type });
    return answer.end(Buffer.from(await response.arrayBuffer()));
  }

  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (incoming, socket, head) => {
    asked.push(incoming.url ?? "");
    const wrong = incoming.url !== "/core/websocket";
    if (wrong || coreDown || starting) {
      return void socket.end(
        `HTTP/1.1 ${wrong ? "404 Not Found" : "502 Bad Gateway"}\r\nConnection: close\r\n\r\n`,
      );
    }
    sockets.handleUpgrade(incoming, socket, head, (joined) =>
      serveCoreWebSocket(joined, homeAssistant, (given) => given === token),
    );
  });
  const endConnections = () => {
    for (const socket of sockets.clients) socket.terminate();
  };

  await new Promise<void>((listening) => server.listen(wantedPort, "127.0.0.1", listening));
  // A TCP server's address is an object.
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    endConnections();
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    get token() {
      return token;
    },
    asked,
    setCoreDown(down) {
      coreDown = down;
      if (down) endConnections();
    },
    setStarting(now) {
      starting = now;
    },
    rotateToken() {
      token = newToken();
      endConnections();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** What is open to the role `manager`, as far as an app asks. */
function says(
  path: string,
  app: Readonly<Record<string, unknown>>,
  apps: readonly object[],
): object | undefined {
  const self = {
    slug: "1a2b3c4d_homeiq",
    name: "HomeIQ",
    hostname: "1a2b3c4d-homeiq",
    version: "0.1.0",
    version_latest: "0.1.0",
    update_available: false,
    state: "started",
    options: {},
    ingress_panel: true,
    watchdog: false,
    auto_update: false,
    rating: 7,
    ...app,
  };
  const answers: Readonly<Record<string, object>> = {
    "/addons/self/info": self,
    "/addons/self/options/config": self.options,
    "/addons": { addons: [self, ...apps] },
    "/info": {
      supervisor: "2026.08.0",
      homeassistant: "2026.8.1",
      hassos: "16.2",
      docker: "28.3.3",
      hostname: "homeassistant",
      machine: "generic-x86-64",
      arch: "amd64",
      state: "running",
      supported: true,
      channel: "stable",
      timezone: "Europe/Amsterdam",
    },
    "/supervisor/info": {
      version: "2026.08.0",
      healthy: true,
      supported: true,
      addons: [self, ...apps],
    },
    "/core/info": { version: "2026.8.1", arch: "amd64", port: 8123, ssl: false },
  };
  return answers[path];
}

function newToken(): string {
  return randomBytes(32).toString("hex");
}

function ok(answer: ServerResponse, said: object): void {
  answer.writeHead(200, { "content-type": "application/json" });
  answer.end(JSON.stringify({ result: "ok", data: said }));
}

function refuse(answer: ServerResponse, status: number, message: string): void {
  answer.writeHead(status, { "content-type": "application/json" });
  answer.end(JSON.stringify({ result: "error", message }));
}
