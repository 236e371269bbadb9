import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Metrics } from "#src/api/metrics.ts";
import type { ConnectionStatus } from "#src/home/connection/connection.ts";
import type { House } from "#src/home/house/house.ts";
import type { Gap } from "#src/ingest/gaps/gaps.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { eventually } from "#support/eventually.ts";
import { connectRaw, type RawClient } from "#support/fake-home-assistant/raw-client.ts";
import { buildHomeIq, type Running, runHomeIq } from "#support/home-iq-process.ts";
import { type RealHomeAssistant, startRealHomeAssistant } from "./home-assistant.ts";
import { missing } from "./needed.ts";

describe.skipIf(missing !== undefined)("HomeIQ and a real Home Assistant", () => {
  let house: RealHomeAssistant;
  let client: RawClient;
  let homeiq: Running;

  beforeAll(async () => {
    buildHomeIq();
    house = await startRealHomeAssistant();
    client = await house.client();
    homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: house.owner.token });
    await isConnected();
    const { result: states } = await client.ask("get_states");
    await eventually("the first states are stored", async () => {
      const { ingest } = await metrics();
      return ingest.stored >= states.length || undefined;
    });
  });

  afterAll(async () => {
    client?.[Symbol.dispose]();
    await homeiq?.stop();
    await house?.[Symbol.asyncDispose]();
  });

  const connection = () => homeiq.get<ConnectionStatus>("/api/v1/connection");
  const isConnected = () =>
    eventually("connected", async () => (await connection()).status === "connected" || undefined);
  const events = async (query: string) =>
    (await homeiq.get<{ events: RecordedChange[] }>(`/api/v1/events?limit=500&${query}`)).events;
  const metrics = () => homeiq.get<Metrics>("/api/v1/real-time-metrics");
  const stateOf = async (entityId: string) =>
    ((await (await house.rest(`/api/states/${entityId}`)).json()) as { state: string }).state;
  /** The newest recorded change of an entity to this state, at or after `from`. */
  const change = (entityId: string, state: string, from: number) =>
    eventually(`${entityId} became ${state}`, async () =>
      (await events(`entity=${entityId}&kind=state&from=${from}`)).find(
        ({ newState }) => newState === state,
      ),
    );

  test("shows the house that Home Assistant describes", async () => {
    const { result: areas } = await client.ask("config/area_registry/list");
    const { result: devices } = await client.ask("config/device_registry/list");
    const { result: entries } = await client.ask("config/entity_registry/list");
    const { result: states } = await client.ask("get_states");
    const ids = new Set([...entries, ...states].map(({ entity_id }) => entity_id));

    const shownAreas = await homeiq.get<{ areas: { areaId: string }[] }>("/api/v1/areas");
    const shownDevices = await homeiq.get<{ devices: unknown[] }>("/api/v1/devices");
    const shown = await homeiq.get<{ entities: { entityId: string }[]; total: number }>(
      "/api/v1/entities?limit=500",
    );

    const areaIds = areas.map(({ area_id }: { area_id: string }) => area_id);
    expect(shownAreas.areas.map(({ areaId }) => areaId)).toEqual(expect.arrayContaining(areaIds));
    expect(shownDevices.devices.length).toBe(devices.length);
    expect(new Set(shown.entities.map(({ entityId }) => entityId))).toEqual(ids);
  });

  test("refuses nothing of what a real house sends", async () => {
    const { ingest } = await metrics();
    expect(ingest.refused).toEqual({});
    expect(ingest.stored).toBeGreaterThan(100);
  });

  test("stores each state as it is", async () => {
    const { result: states } = await client.ask("get_states");
    const added = new Map((await events("kind=added")).map((one) => [one.entityId, one.newState]));
    const quiet = states.filter(({ entity_id }: { entity_id: string }) =>
      /^(light|cover|lock|climate|vacuum)\./u.test(entity_id),
    );
    expect(quiet.length).toBeGreaterThan(10);
    for (const { entity_id, state } of quiet) expect(added.get(entity_id)).toBe(state);
  });

  test("names the person who presses a switch on a dashboard", async () => {
    using ben = await connectRaw(house.url, { token: house.guest.token });
    const from = Date.now() - 1000;
    const wanted = (await stateOf("light.ceiling_lights")) === "on" ? "off" : "on";
    await ben.ask("call_service", {
      domain: "light",
      service: `turn_${wanted}`,
      target: { entity_id: "light.ceiling_lights" },
    });
    const { cause, context } = await change("light.ceiling_lights", wanted, from);
    expect(cause).toMatchObject({ kind: "person_dashboard", byName: "Ben" });
    expect(context?.userId).toBe(house.guest.userId);
  });

  test("names the automation that ran, and who set it off", async () => {
    const light = { entity_id: "light.bed_light" };
    await house.rest("/api/services/light/turn_off", light);
    await house.rest("/api/services/input_boolean/turn_off", { entity_id: "input_boolean.guests" });
    const from = Date.now() - 500;
    await house.rest("/api/services/input_boolean/turn_on", { entity_id: "input_boolean.guests" });
    const { cause } = await change("light.bed_light", "on", from);
    expect(cause).toMatchObject({ kind: "automation", by: "automation.guests_come" });
    expect(cause.rootKind).toBe("person_dashboard");
  });

  test("names the script and the scene", async () => {
    await house.rest("/api/services/light/turn_on", {
      entity_id: ["light.kitchen_lights", "light.office_rgbw_lights"],
    });
    const from = Date.now() - 500;
    await house.rest("/api/services/script/good_night", {});
    await house.rest("/api/services/scene/turn_on", { entity_id: "scene.dinner" });
    const byScript = await change("light.kitchen_lights", "off", from);
    expect(byScript.cause).toMatchObject({ kind: "script", by: "script.good_night" });
    const byScene = await change("light.office_rgbw_lights", "off", from);
    expect(byScene.cause).toMatchObject({ kind: "scene", by: "scene.dinner" });
  });

  test("does not take a state written over the API for a hand at a switch", async () => {
    const from = Date.now() - 1000;
    await house.rest("/api/states/sensor.written", { state: "1" });
    await house.rest("/api/states/sensor.written", { state: "2" });
    const { cause, context } = await change("sensor.written", "2", from);
    expect(context?.userId).toBe(house.owner.userId);
    expect(cause).toMatchObject({ kind: "integration", byName: "Anna" });
  });

  test("keeps the history of an entity that is renamed", async () => {
    const from = Date.now() - 1000;
    await house.rest("/api/services/light/turn_on", { entity_id: "light.kitchen_lights" });
    const before = await change("light.kitchen_lights", "on", from);
    const renamed = await client.ask("config/entity_registry/update", {
      entity_id: "light.kitchen_lights",
      new_entity_id: "light.cooking",
    });
    expect(renamed.success).toBe(true);
    await eventually("the history moved", async () =>
      (await events("entity=light.cooking")).find(({ id }) => id === before.id),
    );
  });

  test("moves a device and its entities to their new area without being asked", async () => {
    const made = await client.ask("config/area_registry/create", { name: "Winter garden" });
    const areaId = made.result.area_id;
    const { result: entry } = await client.ask("config/entity_registry/get", {
      entity_id: "light.bed_light",
    });
    const moved = await client.ask("config/device_registry/update", {
      device_id: entry.device_id,
      area_id: areaId,
    });
    expect(moved.success).toBe(true);
    await eventually("the page shows it", async () => {
      const entity = await homeiq.get<{ areaName?: string }>("/api/v1/entities/light.bed_light");
      return entity.areaName === "Winter garden" || undefined;
    });
  });

  test("goes through a restart: a gap with both ends, no invented hands, and life after it", async () => {
    const from = Date.now() - 1000;
    await house.restart();
    const gap = await eventually(
      "the gap is closed",
      async () =>
        (await homeiq.get<{ gaps: Gap[] }>("/api/v1/gaps")).gaps.find(
          ({ from: began, to }) => began >= from && to !== undefined,
        ),
      120_000,
    );
    expect(gap.reason).toBe("home_assistant_restart");
    expect(gap.to ?? 0).toBeGreaterThan(gap.from);
    await isConnected();
    const house_ = await homeiq.get<House>("/api/v1/house");
    expect(house_.ready).toBe(true);

    client[Symbol.dispose]();
    client = await house.client();
    const after = Date.now() - 1000;
    await eventually("Home Assistant takes orders", async () => {
      await house.rest("/api/services/light/toggle", { entity_id: "light.ceiling_lights" });
      return (await events(`entity=light.ceiling_lights&kind=state&from=${after}`)).at(0);
    });
    const invented = (await events(`from=${from}`)).filter(
      ({ cause }) => cause.kind === "physical" || cause.kind === "person_voice",
    );
    expect(invented).toEqual([]);
  });

  test("says that a token is refused, and goes on answering", async () => {
    const refused = await runHomeIq({ HA_URL: house.url, HA_TOKEN: "not-a-token" });
    try {
      const status = await eventually("it is said", async () => {
        const now = await refused.get<ConnectionStatus>("/api/v1/connection");
        return now.status === "unconfigured" ? now : undefined;
      });
      expect(status.error?.code).toBe("connection.token_refused");
      expect((await fetch(`${refused.url}/health`)).status).toBe(200);
      expect(refused.output()).not.toContain("not-a-token");
    } finally {
      expect(await refused.stop()).toBe(0);
    }
  });

  test("never writes the token to its log", () => {
    expect(homeiq.output()).not.toContain(house.owner.token);
  });
});
