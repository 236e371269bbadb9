import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startIngressProxy } from "#support/ingress-proxy.ts";
import { isRefusedByIngress } from "#support/ingress-url-filter.ts";

let open = new AsyncDisposableStack();
afterEach(async () => {
  await open.disposeAsync();
  open = new AsyncDisposableStack();
});

async function startApp(answer: (incoming: IncomingMessage, answer: ServerResponse) => void) {
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  open.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server's address is an object.
  return { server, target: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const echo = (incoming: IncomingMessage, answer: ServerResponse) => {
  answer.setHeader("content-type", "application/json; charset=utf-8");
  answer.end(JSON.stringify({ url: incoming.url, headers: incoming.headers }));
};

test("the app learns who looks from the proxy, never from the browser", async () => {
  const { target } = await startApp(echo);
  const proxy = open.use(
    await startIngressProxy({ target, user: { id: "u1", displayName: "Anna" } }),
  );

  const response = await fetch(`${proxy.url}api/v1/session?x=1`, {
    headers: { "x-remote-user-id": "forged", "x-remote-user-name": "forged" },
  });

  expect(response.headers.get("content-type")).toBe("application/json");
  const { url, headers } = await response.json();
  expect(url).toBe("/api/v1/session?x=1");
  expect(headers).toMatchObject({
    "x-ingress-path": proxy.prefix,
    "x-hass-source": "core.ingress",
    "x-remote-user-id": "u1",
    "x-remote-user-display-name": "Anna",
  });
  expect(headers).not.toHaveProperty("x-remote-user-name");
  expect(headers).not.toHaveProperty("accept-encoding");
});

test("a page that asks outside its prefix gets 404 and is noted", async () => {
  const { target } = await startApp(echo);
  const proxy = open.use(await startIngressProxy({ target }));

  expect((await fetch(`${proxy.origin}/_app/start.js`)).status).toBe(404);
  expect(proxy.strays).toEqual(["/_app/start.js"]);
});

test("an app that does not listen is the 502 that Home Assistant's panel knows", async () => {
  const { server, target } = await startApp(echo);
  const proxy = open.use(await startIngressProxy({ target }));
  await new Promise((closed) => server.close(closed));

  const response = await fetch(proxy.url);
  expect(response.status).toBe(502);
  expect(await response.text()).toBe("502: Bad Gateway");
});

test("a compressed answer arrives plain, and a body over 16 MiB is refused", async () => {
  const { target } = await startApp((_incoming, answer) => {
    answer.setHeader("content-encoding", "gzip");
    answer.end(gzipSync("plain"));
  });
  const proxy = open.use(await startIngressProxy({ target }));

  const response = await fetch(proxy.url);
  expect(await response.text()).toBe("plain");
  expect(response.headers.get("content-encoding")).toBeNull();
  const body = Buffer.alloc(16 * 1024 * 1024 + 1);
  expect((await fetch(proxy.url, { method: "POST", body })).status).toBe(413);
});

test.each([
  "/?q=<script>alert(1)</script>",
  "/?q=%253Cscript%253E",
  "/?q=1+UNION+SELECT+(1)",
  "/?file=..%2F..%2Fsecret",
  "/proc/self/environ",
])("the address %s is refused before it reaches the app", (address) => {
  expect(isRefusedByIngress(address)).toBe(true);
});

test.each(["/api/v1/events?text=light.kitchen%20on&limit=100", "/api/v1/events?from=1&to=2"])(
  "the address %s reaches the app",
  (address) => {
    expect(isRefusedByIngress(address)).toBe(false);
  },
);

test("live messages pass both ways, under the prefix only", async () => {
  const { server, target } = await startApp(echo);
  const sockets = new WebSocketServer({ server, path: "/api/v1/live" });
  sockets.on("connection", (socket) =>
    socket.on("message", (said) => socket.send(`heard ${said}`)),
  );
  const proxy = open.use(await startIngressProxy({ target }));

  const socket = new WebSocket(`${proxy.url.replace("http", "ws")}api/v1/live`);
  const heard = new Promise((resolve) => socket.once("message", (said) => resolve(String(said))));
  socket.once("open", () => socket.send("hello"));
  expect(await heard).toBe("heard hello");
  socket.terminate();

  const stray = new WebSocket(`${proxy.origin.replace("http", "ws")}/api/v1/live`);
  const refusal = new Promise((resolve) =>
    stray.once("unexpected-response", (_request, response) => resolve(response.statusCode)),
  );
  expect(await refusal).toBe(404);
});
