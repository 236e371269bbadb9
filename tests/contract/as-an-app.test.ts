import { networkInterfaces } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Overview } from "#src/enrichment/surroundings/surroundings.ts";
import type { ConnectionStatus } from "#src/home/connection/connection.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type FakeSupervisor, startFakeSupervisor } from "#support/fake-supervisor.ts";
import { buildHomeIq, type Running, runHomeIq } from "#support/home-iq-process.ts";
import { type IngressProxy, startIngressProxy } from "#support/ingress-proxy.ts";
import { startBroker, type TestBroker } from "#support/mqtt-broker.ts";

let house: FakeHomeAssistant;
let supervisor: FakeSupervisor;
let homeiq: Running;
let ingress: IngressProxy;
let broker: TestBroker;

const MQTT_PASSWORD = "of-the-apps-only";

beforeAll(async () => {
  buildHomeIq();
  house = await startFakeHomeAssistant({ preset: "studio", seed: 4 });
  broker = await startBroker({ password: MQTT_PASSWORD });
  const mqtt = {
    ...{ host: "127.0.0.1", port: broker.port, ssl: false, protocol: "3.1.1" },
    ...{ username: "addons", password: MQTT_PASSWORD, addon: "core_mosquitto" },
  };
  supervisor = await startFakeSupervisor({ homeAssistant: house, mqtt });
  homeiq = await runHomeIq(
    {
      SUPERVISOR_TOKEN: supervisor.token,
      FAKE_SUPERVISOR_PORT: String(supervisor.port),
    },
    { preload: new URL("../support/fake-supervisor-host.ts", import.meta.url) },
  );
  ingress = await startIngressProxy({ target: homeiq.url });
  await isConnected();
});

afterAll(async () => {
  await ingress?.close();
  await homeiq?.stop();
  await supervisor?.close();
  await broker?.[Symbol.asyncDispose]();
  await house?.stop();
});

const connection = () => homeiq.get<ConnectionStatus>("/api/v1/connection");
const isConnected = () =>
  eventually("connected", async () => (await connection()).status === "connected" || undefined);

const filter = JSON.stringify({ mode: "exclude", rules: [], exceptions: [] });
const putFilter = () =>
  fetch(`${ingress.url}api/v1/filter`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: filter,
  });

test("it connects with nothing but what the Supervisor gives it", async () => {
  expect(await connection()).toMatchObject({ status: "connected", url: "http://supervisor/core" });
  const session = await homeiq.get<{ mode: string }>("/api/v1/session");
  expect(session.mode).toBe("app");
});

test("it joins the broker that Home Assistant's apps share, and tells nobody its password", async () => {
  await eventually("it is joined", () => broker.retained.get("homeiq/availability") === "online");
  const { publishing } = await homeiq.get<Overview>("/api/v1/surroundings");
  expect(publishing).toEqual({ state: "ok", broker: `127.0.0.1:${broker.port}`, keys: [] });
  expect(supervisor.asked).toContain("/services/mqtt");
  expect(homeiq.output()).not.toContain(MQTT_PASSWORD);
});

test("an administrator may change settings, anybody else may look", async () => {
  const anna = house.users.find(({ is_admin, system_generated }) => is_admin && !system_generated);
  if (!anna) throw new Error("this house has no administrator");
  ingress.actAs({ id: anna.id, displayName: anna.name });
  expect((await putFilter()).status).toBe(200);

  ingress.actAs({ id: "somebody-else", displayName: "Guest" });
  const refused = await putFilter();
  expect(refused.status).toBe(403);
  expect(await refused.json()).toMatchObject({ error: { code: "visitor.not_admin" } });
  expect((await fetch(`${ingress.url}api/v1/house`)).status).toBe(200);
});

test("a neighbor on the network is refused, whatever it says it is", async ({ skip }) => {
  const address = Object.values(networkInterfaces())
    .flat()
    .find((one) => one && one.family === "IPv4" && !one.internal)?.address;
  if (!address) return skip("this machine has no network that a neighbor could come from");
  const url = homeiq.url.replace("127.0.0.1", address);
  const answer = await fetch(`${url}/api/v1/house`, { headers: { "x-remote-user-id": "anna" } });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({ error: { code: "visitor.address" } });
});

test("Home Assistant going down behind the Supervisor is a gap, and it comes back by itself", async () => {
  supervisor.setCoreDown(true);
  await eventually("it is noticed", async () =>
    (await connection()).status === "reconnecting" ? true : undefined,
  );
  supervisor.setCoreDown(false);
  await isConnected();
  const { gaps } = await homeiq.get<{ gaps: { to?: number; reason: string }[] }>("/api/v1/gaps");
  expect(gaps[0]).toMatchObject({ reason: "connection_lost", to: expect.any(Number) });
});

test("its token is nowhere in what it says", () => {
  expect(homeiq.output()).not.toContain(supervisor.token);
});
