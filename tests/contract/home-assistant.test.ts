import { afterEach, beforeEach, expect, test } from "vitest";
import { WebSocket } from "ws";
import type { Metrics } from "#src/api/metrics.ts";
import type { ConnectionStatus } from "#src/home/connection/connection.ts";
import type { BackfillStatus } from "#src/ingest/backfill/backfill.ts";
import type { Gap } from "#src/ingest/gaps/gaps.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

const LIGHT = "light.kitchen_ceiling_light";

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeEach(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 3, live: false });
  homeiq = await startHomeIq({ url: house.url });
  await isConnected();
  await eventually("the first states are stored", async () => {
    const { ingest } = await homeiq.get<Metrics>("/api/v1/real-time-metrics");
    return ingest.stored >= house.states().length || undefined;
  });
});

afterEach(async () => {
  await homeiq[Symbol.asyncDispose]();
  await house.stop();
});

const connection = () => homeiq.get<ConnectionStatus>("/api/v1/connection");
/** What Home Assistant told: readings of HomeIQ's own come at their own times, also after a restart. */
const toldEvents = async (one: HomeIq) =>
  (await one.events()).filter(({ domain }) => domain !== "homeiq");
const gaps = async () => (await homeiq.get<{ gaps: Gap[] }>("/api/v1/gaps")).gaps;
const isConnected = () =>
  eventually("connected", async () => (await connection()).status === "connected" || undefined);
const metrics = () => homeiq.get<Metrics>("/api/v1/real-time-metrics");
const lastOf = (entityId: string, state: string) =>
  eventually(`${entityId} is ${state}`, async () =>
    (await homeiq.events(`entity=${entityId}&kind=state`)).find(
      ({ newState }) => newState === state,
    ),
  );
const otherState = () => (house.state(LIGHT)?.state === "on" ? "off" : "on");
const press = (state: string) =>
  house.pressDashboard("anna", "light", state === "on" ? "turn_on" : "turn_off", {
    entity_id: LIGHT,
  });

test("every state of the house can be read back as it was", async () => {
  const events = await homeiq.events();
  const stored = new Map(events.map((event) => [event.entityId, event.newState]));
  for (const { entity_id, state } of house.states()) expect(stored.get(entity_id)).toBe(state);
});

test("a light switched in the app is told live, and names the person", async () => {
  const socket = new WebSocket(`${homeiq.url.replace("http", "ws")}/api/v1/live`);
  const messages: string[] = [];
  socket.on("message", (frame) => messages.push(frame.toString()));
  await new Promise((resolve) => socket.once("open", resolve));
  const wanted = otherState();
  press(wanted);
  const event = await lastOf(LIGHT, wanted);
  expect(event.cause).toMatchObject({ kind: "person_dashboard", byName: "Anna" });
  expect(event.areaId).toBe("kitchen");
  await eventually(
    "the page is told",
    () => messages.some((text) => text.includes('"changes"') && text.includes(LIGHT)) || undefined,
  );
  socket.close();
});

test("what an automation does carries its name", async () => {
  house.runAutomation("automation.hallway_light_on_motion");
  const event = await eventually("an effect of the automation", async () =>
    (await homeiq.events("cause=automation&domain=light")).at(0),
  );
  expect(event.cause.by).toBe("automation.hallway_light_on_motion");
});

test("an interruption leaves a gap with both ends, and what comes after is stored", async () => {
  house.dropConnections();
  const gap = await eventually("the gap is closed", async () =>
    (await gaps()).find(({ to }) => to !== undefined),
  );
  expect(gap.reason).toBe("connection_lost");
  expect(gap.to).toBeGreaterThanOrEqual(gap.from);
  await isConnected();
  const wanted = otherState();
  press(wanted);
  expect((await lastOf(LIGHT, wanted)).newState).toBe(wanted);
});

test("a change made while the line was down is found afterwards", async () => {
  house.dropConnections();
  const wanted = otherState();
  house.setState(LIGHT, wanted);
  expect((await lastOf(LIGHT, wanted)).cause.confidence).toBeLessThanOrEqual(0.4);
});

test("a restart of Home Assistant is a restart and not a hundred people at the switches", async () => {
  house.advance(60_000); // the house stands still in tests; a restart must come later than the start
  await house.restart({ downMs: 300, settleMs: 200 });
  const gap = await eventually("the gap is closed", async () =>
    (await gaps()).find(({ to }) => to !== undefined),
  );
  expect(gap.reason).toBe("home_assistant_restart");
  await isConnected();
  const events = await homeiq.events(`from=${gap.to}`);
  const human = events.filter(({ cause }) => cause.kind === "physical");
  expect(human).toEqual([]);
});

test("a refused token is said, and the right one works again without a restart", async () => {
  house.refuseToken(true);
  house.dropConnections();
  const refused = await eventually("it is said", async () => {
    const now = await connection();
    return now.status === "unconfigured" ? now : undefined;
  });
  expect(refused.error?.code).toBe("connection.token_refused");
  expect(JSON.stringify(refused)).not.toContain(house.token);
  house.refuseToken(false);
  await homeiq.ask("/api/v1/connection/retry", { method: "POST" });
  await isConnected();
});

test("a renamed entity keeps its history under the new name", async () => {
  const wanted = otherState();
  press(wanted);
  const before = await lastOf(LIGHT, wanted);
  house.renameEntity(LIGHT, "light.cooking");
  const after = await eventually("the history moved", async () =>
    (await homeiq.events("entity=light.cooking")).find(({ id }) => id === before.id),
  );
  expect(after.newState).toBe(wanted);
  expect(await homeiq.events(`entity=${LIGHT}`)).toEqual([]);
  const entity = await homeiq.get<{ renames: { from: string }[] }>(
    "/api/v1/entities/light.cooking",
  );
  expect(entity.renames.map(({ from }) => from)).toEqual([LIGHT]);
});

test.for([
  "malformed_json",
  "binary",
  "event_without_fields",
  "nan_states",
  "huge_attributes",
  "absurd_timestamps",
  "odd_entity_ids",
  "diff_of_unknown_entity",
  "wrong_types",
] as const)("garbage of the kind %s is counted or kept, and life goes on", async (kind) => {
  const before = await metrics();
  house.sendGarbage(kind);
  const wanted = otherState();
  press(wanted);
  await lastOf(LIGHT, wanted);
  const after = await metrics();
  const sum = ({ ingest }: Metrics) =>
    ingest.received + Object.values(ingest.refused).reduce((total, n) => total + (n ?? 0), 0);
  expect(sum(after)).toBeGreaterThan(sum(before) + 1);
  expect((await homeiq.ask("/health")).status).toBe(200);
});

test("what the filter names is not recorded, and the preview says so before", async () => {
  const filter = { mode: "exclude", rules: [{ by: "domain", pattern: "light" }], exceptions: [] };
  const json = (body: unknown, method: string): RequestInit => ({
    method,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const preview = await homeiq.ask("/api/v1/filter/preview", json({ filter }, "POST"));
  const lights = house.states().filter(({ entity_id }) => entity_id.startsWith("light."));
  expect(await preview.json()).toMatchObject({ entities: { dropped: lights.length } });
  expect((await homeiq.ask("/api/v1/filter", json(filter, "PUT"))).status).toBe(200);
  const before = (await metrics()).ingest.filtered;
  press(otherState());
  await eventually(
    "it was left out",
    async () => (await metrics()).ingest.filtered > before || undefined,
  );
});

test("HomeIQ itself stopped is a gap too, and history goes on where it ended", async () => {
  const { folder } = homeiq;
  await eventually("the past is in", async () => {
    const { state } = await homeiq.get<BackfillStatus>("/api/v1/backfill");
    return state === "done" || undefined;
  });
  const told = await toldEvents(homeiq);
  await homeiq.stop();
  const again = await startHomeIq({ url: house.url, folder });
  try {
    const gap = await eventually("the gap is closed", async () =>
      (await again.get<{ gaps: Gap[] }>("/api/v1/gaps")).gaps.find(({ to }) => to !== undefined),
    );
    expect(gap.reason).toBe("not_running");
    expect(await toldEvents(again)).toEqual(told);
  } finally {
    await again[Symbol.asyncDispose]();
  }
});

test("entities have the same names after HomeIQ was started anew", async () => {
  const entityId = "sensor.coffee_machine_power";
  const nameOf = async (one: HomeIq) => {
    const { events } = await one.get<{ events: { name: string }[] }>(
      `/api/v1/events?entity=${entityId}&limit=1`,
    );
    return events[0]?.name;
  };
  expect(await nameOf(homeiq)).toBe("Coffee machine Power");
  const { folder } = homeiq;
  await homeiq.stop();
  const again = await startHomeIq({ url: house.url, folder });
  try {
    await eventually("the gap is closed", async () =>
      (await again.get<{ gaps: Gap[] }>("/api/v1/gaps")).gaps.find(({ to }) => to !== undefined),
    );
    expect(await nameOf(again)).toBe("Coffee machine Power");
  } finally {
    await again[Symbol.asyncDispose]();
  }
});
