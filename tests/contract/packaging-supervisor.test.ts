import { spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { afterEach, expect, test } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import { startFakeSupervisor } from "#support/fake-supervisor.ts";

let open = new AsyncDisposableStack();
afterEach(async () => {
  await open.disposeAsync();
  open = new AsyncDisposableStack();
});

/** A Home Assistant of one state and one command, for the proxies in front of it. */
async function startHome() {
  const server = createServer((incoming, answer) => {
    const allowed = incoming.headers.authorization === "Bearer ha-token";
    answer.writeHead(allowed ? 200 : 401, { "content-type": "application/json" });
    answer.end(JSON.stringify({ path: incoming.url }));
  });
  new WebSocketServer({ server, path: "/api/websocket" }).on("connection", (socket) => {
    socket.send(JSON.stringify({ type: "auth_required", ha_version: "2026.8.1" }));
    socket.on("message", (data) => {
      const { id, type, access_token } = JSON.parse(String(data));
      if (type !== "auth") return socket.send(JSON.stringify({ id, type: "pong" }));
      const ok = access_token === "ha-token";
      return socket.send(
        JSON.stringify({ type: ok ? "auth_ok" : "auth_invalid", ha_version: "2026.8.1" }),
      );
    });
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  open.defer(() => {
    server.closeAllConnections();
    server.close();
  });
  // A TCP server's address is an object.
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, token: "ha-token" };
}

/** Sends each message after an answer to the one before, and gives all that came back. */
async function converse(url: string, messages: readonly object[]): Promise<unknown[]> {
  const socket = new WebSocket(url);
  open.defer(() => socket.terminate());
  const heard: unknown[] = [];
  const left = [...messages];
  await new Promise<void>((done) => {
    socket.on("message", (data) => {
      heard.push(JSON.parse(String(data)));
      const next = left.shift();
      if (!next) return done();
      return socket.send(JSON.stringify(next));
    });
    socket.on("close", () => done());
  });
  return heard;
}

test("an app reaches Home Assistant with its own token, and never the Supervisor's commands", async () => {
  const supervisor = open.use(await startFakeSupervisor({ homeAssistant: await startHome() }));
  const heard = await converse(`${supervisor.url.replace("http", "ws")}/core/websocket`, [
    { type: "auth", access_token: supervisor.token },
    { id: 1, type: "ping" },
    { id: 2, type: "supervisor/api", endpoint: "/info" },
  ]);
  expect(heard).toEqual([
    expect.objectContaining({ type: "auth_required" }),
    { type: "auth_ok", ha_version: "2026.8.1" },
    { id: 1, type: "pong" },
    expect.objectContaining({
      id: 2,
      success: false,
      error: expect.objectContaining({ code: "unauthorized" }),
    }),
  ]);
});

test("the token of a container that was replaced is refused", async () => {
  const supervisor = open.use(await startFakeSupervisor({ homeAssistant: await startHome() }));
  const old = supervisor.token;
  supervisor.rotateToken();
  const heard = await converse(`${supervisor.url.replace("http", "ws")}/core/websocket`, [
    { type: "auth", access_token: old },
  ]);
  expect(heard.at(-1)).toMatchObject({ type: "auth_invalid" });
  const response = await fetch(`${supervisor.url}/info`, {
    headers: { authorization: `Bearer ${old}` },
  });
  expect(response.status).toBe(401);
});

test("an app's questions to Home Assistant pass, and are 502 while it is down", async () => {
  const supervisor = open.use(await startFakeSupervisor({ homeAssistant: await startHome() }));
  const headers = { authorization: `Bearer ${supervisor.token}` };
  const asked = await fetch(`${supervisor.url}/core/api/states`, { headers });
  expect(await asked.json()).toEqual({ path: "/api/states" });

  supervisor.setCoreDown(true);
  expect((await fetch(`${supervisor.url}/core/api/states`, { headers })).status).toBe(502);
});

test("in a process that runs as an app, the name supervisor leads to the fake one", async () => {
  const supervisor = open.use(await startFakeSupervisor({ homeAssistant: await startHome() }));
  const preload = fileURLToPath(new URL("../support/fake-supervisor-host.ts", import.meta.url));
  const ask = `const response = await fetch("http://supervisor/info", { headers: { authorization: "Bearer ${supervisor.token}" } });
    process.stdout.write(await response.text());`;
  const app = spawn(process.execPath, ["--import", preload, "--input-type=module", "--eval", ask], {
    env: { FAKE_SUPERVISOR_PORT: String(supervisor.port) },
  });
  expect(await json(app.stdout)).toMatchObject({ result: "ok", data: { supervisor: "2026.08.0" } });
});
