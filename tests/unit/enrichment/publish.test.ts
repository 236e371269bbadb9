import { createServer } from "node:http";
import { describe, expect, test } from "vitest";
import {
  createPublishing,
  findBroker,
  isPublished,
  type PublishedKey,
  toChosenBroker,
} from "#src/enrichment/publish/publish.ts";
import { eventually } from "#support/eventually.ts";
import { startBroker, type TestBroker } from "#support/mqtt-broker.ts";

const CONFIG = (key: PublishedKey) => `homeassistant/sensor/homeiq/${key}/config`;

const publish = (broker: TestBroker, chosen: readonly PublishedKey[], password?: string) =>
  createPublishing({
    broker: {
      host: "127.0.0.1",
      port: broker.port,
      ssl: false,
      ...(password ? { username: "x", password } : {}),
    },
    version: "1.2.3",
    chosen,
    reconnectMs: 50,
  });
const retained = ({ retained: all }: TestBroker, topic: string) =>
  eventually(`${topic} is there`, () => all.get(topic));
const vanished = ({ retained: all }: TestBroker, topic: string) =>
  eventually(`${topic} is gone`, () => !all.has(topic));

describe("values in Home Assistant", () => {
  test("are sensors of one device, with the first real value and not before", async () => {
    await using broker = await startBroker();
    await using shown = await publish(broker, ["price_now", "cheapest_start", "aqi"]);
    expect(await retained(broker, "homeiq/availability")).toBe("online");
    shown.show({
      price_now: { value: -0.012345, unit: "EUR/kWh" },
      cheapest_start: { value: Date.UTC(2026, 6, 14, 12) },
    });
    expect(await retained(broker, "homeiq/price_now/state")).toBe("-0.0123");
    expect(await retained(broker, "homeiq/cheapest_start/state")).toBe("2026-07-14T12:00:00.000Z");
    expect(isPublished("homeiq_price_now")).toBe(true);
    expect(isPublished("homeiq_of_another")).toBe(false);
    expect(JSON.parse(await retained(broker, CONFIG("price_now")))).toMatchObject({
      unique_id: "homeiq_price_now",
      state_topic: "homeiq/price_now/state",
      availability_topic: "homeiq/availability",
      unit_of_measurement: "EUR/kWh",
      state_class: "measurement",
      expire_after: 3600,
      device: { identifiers: ["homeiq"], name: "HomeIQ", sw_version: "1.2.3" },
    });
    expect(JSON.parse(await retained(broker, CONFIG("cheapest_start")))).toMatchObject({
      device_class: "timestamp",
    });
    expect(broker.retained.has(CONFIG("aqi"))).toBe(false);
    expect(broker.retained.has(CONFIG("carbon_now"))).toBe(false);
  });

  test("that are not known any more become unknown, never old", async () => {
    await using broker = await startBroker();
    await using shown = await publish(broker, ["aqi"]);
    await retained(broker, "homeiq/availability");
    shown.show({ aqi: { value: 42 } });
    expect(await retained(broker, "homeiq/aqi/state")).toBe("42");
    shown.show({});
    await eventually("it is unknown", () => broker.retained.get("homeiq/aqi/state") === "None");
    shown.show({ aqi: { value: Number.NaN } });
    expect(broker.retained.get("homeiq/aqi/state")).toBe("None");
  });

  test("that were switched off are taken away, also those of an earlier start", async () => {
    await using broker = await startBroker();
    const first = await publish(broker, ["aqi", "carbon_now"]);
    await retained(broker, "homeiq/availability");
    first.show({ aqi: { value: 1 }, carbon_now: { value: 300 } });
    await retained(broker, CONFIG("carbon_now"));
    await retained(broker, CONFIG("aqi"));
    first.choose(["aqi"]);
    await vanished(broker, CONFIG("carbon_now"));
    expect(broker.retained.has(CONFIG("aqi"))).toBe(true);
    await first[Symbol.asyncDispose]();
    expect(broker.retained.get("homeiq/availability")).toBe("offline");
    await using _ = await publish(broker, []);
    await vanished(broker, CONFIG("aqi"));
    await vanished(broker, "homeiq/aqi/state");
  });

  test("are said again after the broker was away, and it says by itself that we are", async () => {
    await using broker = await startBroker();
    await using shown = await publish(broker, ["aqi"]);
    await retained(broker, "homeiq/availability");
    broker.drop();
    await eventually("we are away", () => shown.problem() !== undefined);
    shown.show({ aqi: { value: 7 } });
    expect(await retained(broker, "homeiq/aqi/state")).toBe("7");
    expect(shown.problem()).toBeUndefined();
  });

  test("that happen are events, which are not retained and not said again", async () => {
    await using broker = await startBroker();
    await using shown = await publish(broker, ["sports_event"]);
    await retained(broker, "homeiq/availability");
    const heard: string[] = [];
    shown.subscribe("homeiq/sports_event/state", (text) => heard.push(text));
    shown.tell("sports_event", { event_type: "game_over" });
    shown.show({ sports_event: { value: 1 } });
    const config = "homeassistant/event/homeiq/sports_event/config";
    expect(JSON.parse(await retained(broker, config))).toEqual({
      unique_id: "homeiq_sports_event",
      state_topic: "homeiq/sports_event/state",
      availability_topic: "homeiq/availability",
      name: "Sports event",
      icon: "mdi:scoreboard",
      default_entity_id: "event.homeiq_sports_event",
      event_types: ["starts_soon", "game_starts", "score_changed", "game_over"],
      device: expect.objectContaining({ name: "HomeIQ" }),
      origin: expect.objectContaining({ name: "HomeIQ" }),
    });
    expect(isPublished("homeiq_sports_event")).toBe(true);
    await eventually("it is heard", () => {
      shown.tell("sports_event", { event_type: "game_starts" });
      return heard.length > 0;
    });
    expect(JSON.parse(heard[0] ?? "")).toEqual({ event_type: "game_starts" });
    expect(broker.retained.has("homeiq/sports_event/state")).toBe(false);
    shown.choose([]);
    await vanished(broker, config);
  });

  test("a message of another device on the broker is heard, also after a reconnection", async () => {
    await using broker = await startBroker();
    await using shown = await publish(broker, []);
    const heard: string[] = [];
    shown.subscribe("glow/+/SENSOR/+", (text) => heard.push(text));
    await retained(broker, "homeiq/availability");
    const say = (text: string) =>
      eventually("it is heard", async () => {
        await broker.publish("glow/A1/SENSOR/gasmeter", text);
        return heard.includes(text);
      });
    await say("one");
    broker.drop();
    await say("two");
    await broker.publish("glow/A1/STATE", "other");
    expect(heard).not.toContain("other");
  });

  test("a refused password is the user's to mend, a broker that is away is waited for", async () => {
    await using broker = await startBroker({ password: "right" });
    await using refused = await publish(broker, ["aqi"], "wrong");
    await eventually("it is refused", () => refused.problem()?.kind === "unconfigured");
    expect(refused.problem()?.message).not.toContain("wrong");
    await using accepted = await publish(broker, ["aqi"], "right");
    await eventually("it is in", () => accepted.problem() === undefined);
    const closed = await startBroker();
    await closed[Symbol.asyncDispose]();
    await using away = await publish(closed, ["aqi"]);
    await eventually("it is away", () => away.problem()?.facts.reason === "ECONNREFUSED");
    expect(away.problem()?.kind).toBe("unavailable");
  });
});

describe("the broker", () => {
  async function ask(status: number, body: string) {
    const asked: unknown[] = [];
    const server = createServer((request, response) => {
      asked.push([request.url, request.headers.authorization]);
      response.statusCode = status;
      response.end(body);
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
    try {
      const broker = await findBroker({ url, token: "T" }, AbortSignal.timeout(2_000));
      expect(asked).toEqual([["/services/mqtt", "Bearer T"]]);
      return broker;
    } finally {
      server.close();
    }
  }

  test("is the one that Home Assistant's apps share, when there is one", async () => {
    const data = {
      host: "core-mosquitto",
      port: 1883,
      ssl: false,
      username: "addons",
      password: "p",
      protocol: "3.1.1",
    };
    expect(await ask(200, JSON.stringify({ result: "ok", data }))).toEqual({
      host: "core-mosquitto",
      port: 1883,
      ssl: false,
      username: "addons",
      password: "p",
    });
    expect(await ask(400, '{"result":"error","message":"Service not enabled"}')).toBeUndefined();
    await expect(ask(403, "no")).rejects.toMatchObject({ kind: "unconfigured" });
    await expect(ask(500, "")).rejects.toMatchObject({ kind: "unavailable" });
    await expect(ask(200, "<html>")).rejects.toMatchObject({ kind: "internal" });
    await expect(ask(200, '{"data":{}}')).rejects.toMatchObject({ kind: "internal" });
  });

  test("is the one of the options first", () => {
    expect(toChosenBroker({})).toBeUndefined();
    expect(toChosenBroker({ mqtt_url: "mqtts://u:p%40ss@broker.lan" })).toEqual({
      host: "broker.lan",
      port: 8883,
      ssl: true,
      username: "u",
      password: "p@ss",
    });
    expect(() => toChosenBroker({ mqtt_url: "http://secret@x" })).toThrow(
      expect.objectContaining({
        code: "publish.bad_address",
        message: expect.not.stringContaining("secret"),
      }),
    );
  });
});
