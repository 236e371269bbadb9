import { afterAll, beforeAll, expect, test } from "vitest";
import type { Overview } from "#src/enrichment/surroundings/surroundings.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";
import { listeningLog } from "#support/listening-log.ts";
import { startBroker, type TestBroker } from "#support/mqtt-broker.ts";

const CONFIG = "homeassistant/sensor/homeiq/price_now/config";
const PASSWORD = "of-my-broker";

let house: FakeHomeAssistant;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 9 });
});
afterAll(() => house.stop());

const withTariff = (broker: Pick<TestBroker, "port">) => ({
  price_tariff: "0.31",
  mqtt_url: `mqtt://127.0.0.1:${broker.port}`,
});
const publishing = async (homeiq: HomeIq) =>
  (await homeiq.get<Overview>("/api/v1/surroundings")).publishing;
const isState = (homeiq: HomeIq, state: Overview["publishing"]["state"]) =>
  eventually(`publishing is ${state}`, async () => {
    const found = await publishing(homeiq);
    return found.state === state ? found : undefined;
  });
const gone = ({ retained }: TestBroker) =>
  eventually("nothing of it is left", () =>
    [...retained.keys()].every((topic) => !topic.includes("homeiq")),
  );

test("what the household pays now, and when it is cheapest, are entities; turned off they go", async () => {
  await using broker = await startBroker();
  const options = withTariff(broker);
  await using homeiq = await startHomeIq({ url: house.url, options });
  const price = await eventually("the price is shown", () =>
    broker.retained.get("homeiq/price_now/state"),
  );
  expect(price).toBe("0.31");
  expect(JSON.parse(broker.retained.get(CONFIG) ?? "")).toMatchObject({
    unit_of_measurement: expect.stringMatching(/^[A-Z]{3}\/kWh$/),
    device: { name: "HomeIQ" },
  });
  const start = Date.parse(broker.retained.get("homeiq/cheapest_start/state") ?? "");
  expect(start).toBeGreaterThan(Date.now() - 3_600_001);
  expect(await publishing(homeiq)).toEqual({
    state: "ok",
    broker: `127.0.0.1:${broker.port}`,
    keys: ["price_now", "cheapest_start", "suggestions_open", "agent_undone"],
  });
  expect(broker.retained.get("homeiq/agent_undone/state")).toBe("0");

  await homeiq.stop();
  expect(broker.retained.get("homeiq/availability")).toBe("offline");
  expect(broker.retained.has(CONFIG)).toBe(true);
  const { folder } = homeiq;
  await using some = await startHomeIq({
    ...{ url: house.url, folder },
    options: { ...options, publish_values: "price_now" },
  });
  await eventually("the other goes", () => !broker.retained.has("homeiq/cheapest_start/state"));
  await isState(some, "ok");
  expect(broker.retained.has(CONFIG)).toBe(true);
  await some.stop();

  await using off = await startHomeIq({
    ...{ url: house.url, folder },
    options: { ...options, publish_off: true },
  });
  await gone(broker);
  expect(await publishing(off)).toEqual({ state: "off", keys: [] });
});

test("a broker that is away, refuses, or goes hurts nothing, and the page says why", async () => {
  const away = await startBroker();
  const { port } = away;
  await away[Symbol.asyncDispose]();
  const { log, lines } = listeningLog();
  await using homeiq = await startHomeIq({
    ...{ url: house.url, log },
    options: { ...withTariff({ port }), mqtt_username: "me", mqtt_password: PASSWORD },
  });
  expect(await isState(homeiq, "unavailable")).toMatchObject({
    broker: `127.0.0.1:${port}`,
    failure: { code: "publish.unreachable", message: expect.stringContaining("ECONNREFUSED") },
  });
  await eventually("events go on without it", async () => (await homeiq.events())[0]);

  await using refusing = await startBroker({ password: "another", port });
  expect(await isState(homeiq, "unconfigured")).toMatchObject({
    failure: { kind: "unconfigured", code: "publish.refused" },
  });
  expect(refusing.retained.size).toBe(0);
  const said = await (await homeiq.ask("/api/v1/surroundings")).text();
  expect(said + lines.join()).not.toContain(PASSWORD);
  expect(lines.join()).toContain("publish.refused");
  const stopping = performance.now();
  await homeiq.stop();
  expect(performance.now() - stopping).toBeLessThan(3_000);
}, 30_000);

test("without a broker it is absent; an address that is none is said to be so, without its password", async () => {
  await using without = await startHomeIq({ url: house.url });
  expect(await isState(without, "absent")).toEqual({ state: "absent", keys: [] });
  await using wrong = await startHomeIq({
    url: house.url,
    options: { mqtt_url: `http://me:${PASSWORD}@broker` },
  });
  const status = await isState(wrong, "unconfigured");
  expect(status.failure).toMatchObject({ code: "publish.bad_address" });
  expect(JSON.stringify(status)).not.toContain(PASSWORD);
});

test("the price that HomeIQ itself shows is no source of its price, and it is said so", async () => {
  const options = { price_entity: "homeiq.electricity_price" };
  await using homeiq = await startHomeIq({ url: house.url, options });
  const failure = await eventually("the price has failed", async () => {
    const { topics } = await homeiq.get<Overview>("/api/v1/surroundings");
    return topics.find(({ topic }) => topic === "price")?.failure;
  });
  expect(failure).toMatchObject({ kind: "unconfigured", code: "price-entity.own" });
});
