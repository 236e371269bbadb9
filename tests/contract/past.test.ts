import { randomBytes } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import type { BackfillStatus } from "#src/ingest/backfill/backfill.ts";
import type { Gap } from "#src/ingest/gaps/gaps.ts";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import type { ImportPreview, ImportStatus } from "#src/ingest/import/import.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

const HOUR_MS = 3_600_000;
let house: FakeHomeAssistant;

afterEach(() => house?.stop());

const isDone = (homeiq: HomeIq) =>
  eventually(
    "the past is in",
    async () => {
      const status = await homeiq.get<BackfillStatus>("/api/v1/backfill");
      if (status.state === "failed") throw new Error(JSON.stringify(status));
      return status.state === "done" ? status : undefined;
    },
    60_000,
  );

/** All changes of one entity, oldest first. */
async function eventsOf(homeiq: HomeIq, entityId: string): Promise<RecordedChange[]> {
  const all: RecordedChange[] = [];
  let cursor = "";
  do {
    const page = await homeiq.get<{ events: RecordedChange[]; nextCursor?: string }>(
      `/api/v1/events?entity=${entityId}&limit=500${cursor && `&cursor=${cursor}`}`,
    );
    all.push(...page.events);
    cursor = page.nextCursor ?? "";
  } while (cursor);
  return all.reverse();
}

/** The states that the fake's recorder holds of an entity, without repeats. */
function recordedStates(entityId: string): string[] {
  const rows = house.simulation.recorder.rowsOf(entityId);
  return rows.map(({ state }) => state).filter((state, n) => state !== rows[n - 1]?.state);
}

test("after the first start the past of each entity is there, once", {
  timeout: 60_000,
}, async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 3, days: 3, live: false });
  await using homeiq = await startHomeIq({ url: house.url });
  const status = await isDone(homeiq);
  expect(status.changesAdded).toBeGreaterThan(10_000);
  // Days that are over get statistics of their own from what was fetched; either way each hour has one.
  const to = Math.floor(house.now() / HOUR_MS) * HOUR_MS;
  const { entities } = await homeiq.get<{ entities: { rows: unknown[] }[] }>(
    `/api/v1/statistics?entity=sensor.fridge_temperature&period=hour&from=${to - 48 * HOUR_MS}&to=${to}`,
  );
  expect(entities[0]?.rows.length).toBeGreaterThanOrEqual(47);
  for (const entityId of ["light.kitchen_ceiling", "sensor.fridge_temperature", "person.anna"]) {
    const states = (await eventsOf(homeiq, entityId)).map(({ newState }) => newState);
    expect([entityId, states]).toEqual([entityId, recordedStates(entityId)]);
  }
  const caused = await homeiq.events("cause=automation");
  expect(caused.length).toBeGreaterThan(0);
});

test("what happened while HomeIQ was off is there when it is back", {
  timeout: 60_000,
}, async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 4 });
  const first = await startHomeIq({ url: house.url });
  await eventually("it listens", async () => (await first.events()).length > 0 || undefined);
  await first.stop();
  const light = house.states().find(({ entity_id }) => entity_id.startsWith("light."));
  const entityId = light?.entity_id ?? "";
  const was = recordedStates(entityId).length;
  for (let press = 0; press < 6; press += 1) {
    house.pressPhysical(entityId, house.state(entityId)?.state === "on" ? "off" : "on");
    await pause(30);
  }
  await using homeiq = await startHomeIq({ url: house.url, folder: first.folder });
  const gap = await eventually(
    "the gap is closed",
    async () =>
      (await homeiq.get<{ gaps: Gap[] }>("/api/v1/gaps")).gaps.find(
        ({ state }) => state === "filled",
      ),
    30_000,
  );
  expect(gap).toMatchObject({ reason: "not_running", filled: { entitiesWithout: 0 } });
  const wanted = recordedStates(entityId);
  expect(wanted.length).toBe(was + 6);
  const states = (await eventsOf(homeiq, entityId)).map(({ newState }) => newState);
  expect(states.slice(-6)).toEqual(wanted.slice(-6));
});

test("only an administrator may start, pause or import", async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 3, live: false });
  await using homeiq = await startHomeIq({ url: house.url });
  const ask = (method: string, path: string) =>
    homeiq.ask(path, { method, headers: { "x-remote-user-id": "nobody" } });
  expect((await ask("GET", "/api/v1/backfill")).status).toBe(200);
  for (const [method, path] of [
    ["POST", "/api/v1/backfill/start"],
    ["POST", "/api/v1/backfill/pause"],
    ["GET", "/api/v1/imports"],
    ["POST", "/api/v1/imports"],
    ["POST", "/api/v1/imports/preview"],
    ["POST", "/api/v1/imports/files/a.csv"],
  ] as const) {
    expect([path, (await ask(method, path)).status]).toEqual([path, 403]);
  }
});

test("a file is uploaded, previewed and imported, larger than any other request may be", async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 3, live: false });
  await using homeiq = await startHomeIq({ url: house.url });
  await isDone(homeiq);
  const start = Date.UTC(2025, 0, 1);
  const lines = Array.from(
    { length: 20_000 },
    (_, n) => `sensor.old_house,${n},${new Date(start + n * 60_000).toISOString()}`,
  );
  const text = `entity_id,state,last_changed\n${lines.join("\n")}\n`;
  expect(text.length).toBeGreaterThan(512 * 1024);
  const put = await homeiq.ask("/api/v1/imports/files/history.csv", { method: "POST", body: text });
  expect(await put.json()).toMatchObject({ files: [{ name: "history.csv", bytes: text.length }] });
  const source = JSON.stringify({ kind: "csv", file: "history.csv" });
  const post = (path: string) =>
    homeiq.ask(path, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: source,
    });
  const preview = (await (await post("/api/v1/imports/preview")).json()) as ImportPreview;
  expect(preview).toMatchObject({ changes: 20_000, from: start });
  expect((await post("/api/v1/imports")).status).toBe(200);
  const done = await eventually("it is imported", async () => {
    const { imports } = await homeiq.get<{ imports: ImportStatus[] }>("/api/v1/imports");
    return imports.find(({ state }) => state !== "running");
  });
  expect(done).toMatchObject({ state: "done", changesAdded: 20_000, changesKnown: 0 });
  const events = await homeiq.events(`entity=sensor.old_house&to=${start + HOUR_MS}`);
  expect(events).toHaveLength(60);
  await homeiq.ask("/api/v1/imports/files/history.csv", { method: "DELETE" });
  expect(await homeiq.get("/api/v1/imports")).toMatchObject({ files: [] });
});

test.for(["../homeiq.db", "a/b.csv", "%2e%2e%2fhomeiq.db", ".hidden"])(
  "no path leads out of the imports folder: %s",
  async (name) => {
    house = await startFakeHomeAssistant({ preset: "flat", seed: 3, live: false });
    await using homeiq = await startHomeIq({ url: house.url });
    const put = await homeiq.ask(`/api/v1/imports/files/${name}`, { method: "POST", body: "x" });
    expect([400, 404]).toContain(put.status);
    const file = decodeURIComponent(name);
    const preview = await homeiq.post("imports/preview", { kind: "csv", file });
    expect(preview.status).toBe(400);
  },
);

test("an upload that breaks off leaves nothing behind", async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 3, live: false });
  await using homeiq = await startHomeIq({ url: house.url });
  const ending = new AbortController();
  const body = new ReadableStream({
    async pull(controller) {
      controller.enqueue(randomBytes(1024));
      await new Promise((resolve) => setTimeout(resolve, 5));
    },
  });
  const init = { method: "POST", body, duplex: "half", signal: ending.signal } as RequestInit;
  const upload = homeiq.ask("/api/v1/imports/files/half.csv", init);
  setTimeout(() => ending.abort(), 100);
  await expect(upload).rejects.toThrow();
  expect(await homeiq.get("/api/v1/imports")).toMatchObject({ files: [] });
});
