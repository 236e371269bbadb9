import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from "node:http";
import type { AddressInfo } from "node:net";
import { pipeline } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { panelPage } from "./ingress-panel.ts";
import { isRefusedByIngress } from "./ingress-url-filter.ts";
import { joinWebSockets } from "./ingress-web-socket.ts";

const MAX_BODY_BYTES = 16 * 1024 * 1024; // without `ingress_stream`
const NOT_FORWARDED = new Set([
  "host",
  "connection",
  "keep-alive",
  "upgrade",
  "te",
  "trailer",
  "transfer-encoding",
  "content-length",
  "accept-encoding",
  "cookie", // the session's cookie is the Supervisor's business
  "x-ingress-path",
  "x-hass-source",
  "x-remote-user-id",
  "x-remote-user-name",
  "x-remote-user-display-name",
]);
const NOT_RETURNED = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "content-encoding",
  "content-type",
]);
const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream>> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The person whose session it is. The name headers are sent only when the names are given. */
export interface IngressUser {
  readonly id: string;
  readonly name?: string;
  readonly displayName?: string;
}

/** Where the proxy listens, and what it has seen. */
export interface IngressProxy extends AsyncDisposable {
  /** `http://127.0.0.1:<port>`: outside the prefix. There is the panel page: `/?theme=dark&language=nl&narrow=1`. */
  readonly origin: string;
  /** Path of the app, no slash at its end. */
  readonly prefix: string;
  /** Address of the app, with a slash at its end. */
  readonly url: string;
  /** Paths that a page asked for outside the prefix: each is a bug of the page. */
  readonly strays: readonly string[];
  /** Whose session it is from now on; `undefined` sends no user headers. */
  actAs(user: IngressUser | undefined): void;
  close(): Promise<void>;
}

interface Options {
  /** Where the app listens: `http://127.0.0.1:8099`. It need not listen yet. */
  readonly target: string;
  readonly prefix?: string;
  readonly user?: IngressUser;
  readonly port?: number;
}

/**
 * Does to traffic what Home Assistant and its Supervisor do between a browser and an app.
 *
 * It adds the headers of the user, cuts `charset`, undoes compression, refuses suspicious URLs with 400 and bodies
 * over 16 MiB with 413, answers 404 outside the prefix, and "502: Bad Gateway" while the app does not listen.
 */
export async function startIngressProxy({
  target,
  prefix = "/api/hassio_ingress/Jb3kQ0vX-7rYtN2mEw5LzA",
  user: firstUser,
  port = 0,
}: Options): Promise<IngressProxy> {
  let user = firstUser;
  const strays: string[] = [];
  const targetUrl = new URL(target);

  const server = createServer((incoming, answer) => {
    const path = pathInApp(incoming.url ?? "/", prefix);
    if (path !== undefined) return void forward(incoming, answer, path);
    if (answerPanel(incoming, answer, prefix)) return;
    if (incoming.url !== "/favicon.ico") strays.push(incoming.url ?? "");
    return end(answer, 404, "404: Not Found");
  });

  async function forward(incoming: IncomingMessage, answer: ServerResponse, path: string) {
    if (isRefusedByIngress(path)) return end(answer, 400, "400: Bad Request");
    const body = await readBody(incoming);
    if (!body) return end(answer, 413, "Maximum request body size 16777216 exceeded");
    const { hostname, port: targetPort } = targetUrl;
    const headers = toApp(incoming, prefix, user, body.length);
    const asked = request({ hostname, port: targetPort, path, method: incoming.method, headers });
    asked.once("response", (response) => giveBack(response, answer));
    asked.once("error", () => {
      if (answer.headersSent) return answer.destroy();
      return end(answer, 502, "502: Bad Gateway");
    });
    answer.once("close", () => asked.destroy()); // the browser went away: so does the request
    asked.end(body);
  }

  const sockets = joinWebSockets(server, (incoming) => {
    const path = pathInApp(incoming.url ?? "/", prefix);
    if (path === undefined || isRefusedByIngress(path)) return undefined;
    const url = `ws://${targetUrl.host}${path}`;
    return { url, headers: toApp(incoming, prefix, user) };
  });

  await new Promise<void>((listening) => server.listen(port, "127.0.0.1", listening));
  // A TCP server's address is an object.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = async () => {
    sockets.close();
    await closeServer(server);
  };
  return {
    origin,
    prefix,
    url: `${origin}${prefix}/`,
    strays,
    actAs(next) {
      user = next;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

function pathInApp(url: string, prefix: string): string | undefined {
  if (url === prefix) return "/";
  return url.startsWith(`${prefix}/`) ? url.slice(prefix.length) : undefined;
}

function toApp(
  incoming: IncomingMessage,
  prefix: string,
  user: IngressUser | undefined,
  bodyBytes?: number,
): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const [name, value] of Object.entries(incoming.headers)) {
    if (value === undefined || NOT_FORWARDED.has(name) || name.startsWith("sec-websocket-"))
      continue;
    headers[name] = value;
  }
  const client = incoming.socket.remoteAddress ?? "";
  headers["x-ingress-path"] = prefix;
  headers["x-hass-source"] = "core.ingress";
  headers["x-forwarded-for"] = [incoming.headers["x-forwarded-for"], client]
    .flat()
    .filter(Boolean)
    .join(", ");
  headers["x-forwarded-host"] = incoming.headers.host ?? "";
  headers["x-forwarded-proto"] = "http";
  if (user) headers["x-remote-user-id"] = user.id;
  if (user?.name) headers["x-remote-user-name"] = user.name;
  if (user?.displayName) headers["x-remote-user-display-name"] = user.displayName;
  if (bodyBytes) headers["content-length"] = String(bodyBytes);
  return headers;
}

function giveBack(response: IncomingMessage, answer: ServerResponse): void {
  const encoding = String(response.headers["content-encoding"] ?? "");
  const decoder = DECODERS[encoding]?.();
  answer.writeHead(response.statusCode ?? 502, fromApp(response.headers));
  const done = () => undefined; // either end may break off; `pipeline` has then destroyed the other
  if (decoder) pipeline(response, decoder, answer, done);
  else pipeline(response, answer, done);
}

function fromApp(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const kept: Record<string, string | string[]> = { "x-accel-buffering": "no" };
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined && !NOT_RETURNED.has(name)) kept[name] = value;
  }
  const type = headers["content-type"]?.split(";")[0]?.trim();
  if (type) kept["content-type"] = type; // `charset` is gone: a page must say it in a meta element
  return kept;
}

/** The whole body; `undefined` when it is too long. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= MAX_BODY_BYTES) chunks.push(chunk);
  }
  return bytes <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined;
}

function answerPanel(incoming: IncomingMessage, answer: ServerResponse, prefix: string): boolean {
  const { pathname, searchParams } = new URL(incoming.url ?? "/", "http://panel");
  if (pathname !== "/") return false;
  const page = panelPage({
    src: `${prefix}/${searchParams.get("path") ?? ""}`,
    dark: searchParams.get("theme") === "dark",
    language: searchParams.get("language") ?? "en",
    narrow: searchParams.has("narrow"),
  });
  answer.writeHead(200, { "content-type": "text/html; charset=utf-8" }).end(page);
  return true;
}

function end(answer: ServerResponse, status: number, text: string): void {
  answer.writeHead(status, { "content-type": "text/plain" }).end(text);
}

function closeServer(server: Server): Promise<void> {
  return new Promise((closed) => {
    server.close(() => closed());
    server.closeAllConnections();
  });
}
