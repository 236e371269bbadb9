import { describe, expect, test } from "vitest";
import {
  FAKE_TOKEN,
  type FakeOptions,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { connectRaw, type Wire } from "#support/fake-home-assistant/raw-client.ts";

const STARTS_AT = Date.UTC(2026, 8, 1, 16, 0); // a Tuesday, 18:00 in Berlin
const LIGHT = "light.kitchen_ceiling_light";
const HALL_LIGHT = "light.hallway_ceiling_light";
const HALL_MOTION = "binary_sensor.hallway_motion_sensor_motion";

/** A flat whose time moves only when told. */
const startStill = (options: FakeOptions = {}) =>
  startFakeHomeAssistant({ preset: "flat", startAt: STARTS_AT, live: false, ...options });

const headers = { authorization: `Bearer ${FAKE_TOKEN}`, "content-type": "application/json" };

describe("logging in", () => {
  test("the right token opens the session, and the greeting carries the version", async () => {
    await using fake = await startStill({ haVersion: "2026.7.3" });
    using client = await connectRaw(fake.url, { token: fake.token });
    expect(client.messages).toEqual([
      { type: "auth_required", ha_version: "2026.7.3" },
      { type: "auth_ok", ha_version: "2026.7.3" },
    ]);
    const me = await client.ask("auth/current_user");
    expect(me.result).toMatchObject({ name: "Anna", is_owner: true, is_admin: true });
  });

  test("a wrong token is refused in Core's words, and through the Supervisor in its own", async () => {
    await using fake = await startStill();
    using direct = await connectRaw(fake.url, { token: "stolen" });
    expect(direct.messages.at(-1)).toEqual({
      type: "auth_invalid",
      message: "Invalid access token or password",
    });
    using proxied = await connectRaw(fake.url, { token: "stolen", path: "/core/websocket" });
    expect(proxied.messages.at(-1)).toEqual({ type: "auth_invalid", message: "Invalid access" });
    await Promise.all([direct.closed, proxied.closed]);
  });

  test("the Supervisor's token is the system user, who may not reach the Supervisor", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token, path: "/core/websocket" });
    const me = await client.ask("auth/current_user");
    expect(me.result).toMatchObject({ name: "Supervisor", is_owner: false, is_admin: true });
    const refused = await client.ask("supervisor/api");
    expect(refused.error).toEqual({ code: "unauthorized", message: "Unauthorized" });
  });
});

describe("commands", () => {
  test("ids have to increase, but an unknown command does not use its id up", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    client.send([
      { id: 10, type: "nope" },
      { id: 10, type: "ping" },
      { id: 10, type: "ping" },
      { id: 0, type: "ping" },
    ]);
    await client.until((message) => message.id === 0);
    expect(client.messages.slice(2).map((message) => message.error?.code ?? message.type)).toEqual([
      "unknown_command",
      "pong",
      "id_reuse",
      "invalid_format",
    ]);
  });

  test("broken JSON ends the connection", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    client.sendText('{"id": 1,');
    expect(await client.closed).toBeGreaterThan(0);
  });

  test("messages share a frame only when the client can take that", async () => {
    await using fake = await startStill();
    using plain = await connectRaw(fake.url, { token: fake.token });
    using coalescing = await connectRaw(fake.url, { token: fake.token, coalesce: true });
    for (const client of [plain, coalescing]) {
      client.send([4, 5, 6].map((id) => ({ id, type: "get_panels" })));
      await client.until((message) => message.id === 6);
    }
    const arrays = (frames: readonly string[]) => frames.filter((frame) => frame.startsWith("["));
    expect(arrays(plain.frames)).toEqual([]);
    expect(arrays(coalescing.frames)).toHaveLength(1);
  });

  test("a feature that this Home Assistant lacks answers unknown_command", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    fake.unknownCommand("energy/");
    expect((await client.ask("energy/get_prefs")).error.code).toBe("unknown_command");
    fake.unknownCommand("energy/", { unknown: false });
    expect((await client.ask("energy/get_prefs")).result.energy_sources).toHaveLength(1);
  });

  test("calling a service fails with the code that fits the mistake", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    const call = (domain: string, service: string, rest: object = {}) =>
      client.ask("call_service", { domain, service, ...rest });
    const target = { entity_id: LIGHT };

    expect((await call("light", "dance")).error).toMatchObject({
      code: "not_found",
      translation_key: "service_not_found",
    });
    expect((await call("light", "turn_on")).error).toMatchObject({
      code: "invalid_format",
      message: expect.stringContaining("must contain at least one of"),
    });
    expect(
      (await call("light", "turn_on", { target, service_data: { brightness: "bright" } })).error,
    ).toMatchObject({ code: "invalid_format", message: expect.stringContaining("expected int") });
    expect(
      (
        await call("weather", "get_forecasts", {
          target: { entity_id: "weather.forecast_home" },
          service_data: { type: "daily" },
        })
      ).error,
    ).toMatchObject({
      code: "service_validation_error",
      translation_key: "service_lacks_response_request",
    });
    const unknownTarget = { target: { entity_id: "light.never_seen" } };
    expect((await call("light", "turn_on", unknownTarget)).success).toBe(true);
  });
});

describe("states", () => {
  test("a dashboard press is told first as a call, then as a diff with the person's context", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    await client.ask("subscribe_events", { event_type: "call_service" });
    await client.ask("subscribe_entities", { entity_ids: [LIGHT] });
    const before = client.messages.length;
    const context = fake.pressDashboard("Jonas", "light", "turn_on", { entity_id: LIGHT });
    await client.until((message) => message.event?.c !== undefined);

    const [called, changed] = client.messages.slice(before);
    expect(called.event).toMatchObject({ event_type: "call_service", context });
    expect(changed.event.c[LIGHT]["+"]).toMatchObject({
      s: "on",
      c: { id: context.id, user_id: context.user_id },
    });
    expect(changed.event.c[LIGHT]["+"].c).not.toHaveProperty("parent_id");
  });

  test("motion runs the automation, whose context stays on the light for five seconds", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    await client.ask("subscribe_events", { event_type: "automation_triggered" });
    fake.setState(HALL_MOTION, "off");
    fake.setState(HALL_MOTION, "on");
    const { event } = await client.until((message) => message.event !== undefined);
    expect(event.data).toMatchObject({ source: `state of ${HALL_MOTION}` });
    expect(event.context.parent_id).toBe(fake.state(HALL_MOTION)?.context.id);
    expect(fake.state(HALL_LIGHT)).toMatchObject({ state: "on", context: event.context });

    fake.advance(3000);
    fake.pressPhysical(HALL_LIGHT, "off");
    expect(fake.state(HALL_LIGHT)?.context.id).toBe(event.context.id);
    fake.advance(10_000);
    fake.pressPhysical(HALL_LIGHT, "on");
    const late = fake.state(HALL_LIGHT)?.context;
    expect(late?.id).not.toBe(event.context.id);
    expect(late).toMatchObject({ parent_id: null, user_id: null });
  });

  test("a vanished attribute is in the minus of the diff", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    fake.setState("media_player.living_room_tv", "playing", { media_title: "Tatort" });
    await client.ask("subscribe_entities", { entity_ids: ["media_player.living_room_tv"] });
    fake.setState("media_player.living_room_tv", "off", { media_title: undefined });
    const { event } = await client.until((message) => message.event?.c !== undefined);
    const diff = event.c["media_player.living_room_tv"];
    expect(diff["-"]).toEqual({ a: ["media_title"] });
    expect(diff["+"].s).toBe("off");
  });

  test("a rename keeps the registry id and is one removal and one addition", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    const old = await client.ask("config/entity_registry/get", { entity_id: LIGHT });
    await client.ask("subscribe_events", { event_type: "entity_registry_updated" });
    await client.ask("subscribe_entities");
    const renamed = await client.ask("config/entity_registry/update", {
      entity_id: LIGHT,
      new_entity_id: "light.cooking",
    });
    expect(renamed.result.entity_entry).toMatchObject({
      id: old.result.id,
      entity_id: "light.cooking",
    });
    const events = client.messages.filter(({ type }) => type === "event").map((it) => it.event);
    expect(events.find(({ data }) => data !== undefined).data).toEqual({
      action: "update",
      entity_id: "light.cooking",
      old_entity_id: LIGHT,
      changes: { entity_id: LIGHT },
    });
    expect(events.filter(({ r }) => r !== undefined)).toEqual([{ r: [LIGHT] }]);
    expect(Object.keys(events.at(-1).a)).toEqual(["light.cooking"]);
  });
});

describe("automations", () => {
  const URL_PART = "/api/config/automation/config/1788284600123";
  const config = {
    alias: "Night light",
    trigger: [{ platform: "state", entity_id: HALL_MOTION, to: "on" }],
    condition: [],
    action: [{ service: "light.turn_on", target: { entity_id: LIGHT } }],
    mode: "single",
  };

  test("a stored automation is there some time after the answer, with its keys renamed", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    await client.ask("subscribe_events", { event_type: "automation_reloaded" });
    const url = `${fake.url}${URL_PART}`;
    expect((await fetch(url, { headers })).status).toBe(404);
    const posted = await fetch(url, { method: "POST", headers, body: JSON.stringify(config) });
    expect(await posted.json()).toEqual({ result: "ok" });
    expect(fake.state("automation.night_light")).toBeUndefined();

    await client.until((message) => message.type === "event");
    expect(fake.state("automation.night_light")).toMatchObject({
      state: "on",
      attributes: { id: "1788284600123", friendly_name: "Night light", current: 0 },
    });
    const stored: Wire = await (await fetch(url, { headers })).json();
    expect(Object.keys(stored)).toEqual([
      ...["id", "alias", "triggers", "conditions", "actions", "mode"],
    ]);
    expect(stored.actions).toEqual([{ action: "light.turn_on", target: { entity_id: LIGHT } }]);

    const removed = await fetch(url, { method: "DELETE", headers });
    expect(removed.status).toBe(200);
    expect(fake.state("automation.night_light")).toBeUndefined();
    expect((await fetch(url, { method: "DELETE", headers })).status).toBe(400);
  });

  test("an automation without actions is refused, and nothing is stored", async () => {
    await using fake = await startStill();
    const { action: _action, ...incomplete } = config;
    const url = `${fake.url}${URL_PART}`;
    const body = JSON.stringify(incomplete);
    const answer = await fetch(url, { method: "POST", headers, body });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      message: "Message malformed: required key not provided @ data['actions']",
    });
    expect((await fetch(url, { headers })).status).toBe(404);
  });

  test("a run leaves a trace that names its context", async () => {
    await using fake = await startStill();
    using client = await connectRaw(fake.url, { token: fake.token });
    fake.runAutomation("automation.hallway_light_on_motion");
    const id = fake.state("automation.hallway_light_on_motion")?.attributes.id;
    const traces = await client.ask("trace/list", { domain: "automation", item_id: id });
    expect(traces.result.at(-1)).toMatchObject({ state: "running", domain: "automation" });
    const contexts = await client.ask("trace/contexts");
    expect(contexts.result).toHaveProperty([fake.state(HALL_LIGHT)?.context.id ?? ""]);
  });
});
