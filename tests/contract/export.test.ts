import readExcelFile from "read-excel-file/node";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { RecordedChange } from "#src/ingest/history/history.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { buildHomeIq, type Running, runHomeIq } from "#support/home-iq-process.ts";
import { type IngressProxy, startIngressProxy } from "#support/ingress-proxy.ts";

let house: FakeHomeAssistant;
let homeiq: Running;
let ingress: IngressProxy;
let lightId: string;

// The bundle as it is in the image: the report's font and library must be found from there.
beforeAll(async () => {
  buildHomeIq();
  house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false });
  homeiq = await runHomeIq({ HA_URL: house.url, HA_TOKEN: house.token });
  ingress = await startIngressProxy({ target: homeiq.url, user: { id: "anna" } });
  lightId = house.states().find(({ entity_id }) => entity_id.startsWith("light."))?.entity_id ?? "";
  await eventually("the first states are stored", async () => {
    const { events } = await homeiq.get<{ events: unknown[] }>("/api/v1/events?limit=500");
    return events.length >= house.states().length || undefined;
  });
  for (const service of ["turn_on", "turn_off", "turn_on"]) {
    // It stands still otherwise, and all would happen in one millisecond. Not ahead of our own clock, though.
    house.advance(20);
    house.pressDashboard("anna", "light", service, { entity_id: lightId });
    await eventually("it is stored", async () => {
      const { events } = await lightEvents();
      return events[0]?.newState === service.slice(5) || undefined;
    });
  }
});

afterAll(async () => {
  await ingress[Symbol.asyncDispose]();
  await homeiq.stop();
  await house.stop();
});

const lightEvents = () =>
  homeiq.get<{ events: RecordedChange[] }>(
    `/api/v1/events?limit=500&kind=state,added&entity=${lightId}`,
  );
const download = (query: string) =>
  fetch(`${ingress.origin}${ingress.prefix}/api/v1/export?${query}`);

test("a download through ingress holds what the list shows, oldest first", async () => {
  const { events } = await lightEvents();
  const answer = await download(`format=ndjson&what=events&entity=${lightId}&kind=state,added`);
  expect(answer.headers.get("content-disposition")).toMatch(
    /^attachment; filename="homeiq-events-/,
  );
  const lines = (await answer.text()).trimEnd().split("\n");
  expect(lines.map((line) => JSON.parse(line))).toEqual(events.toReversed());
});

test("a CSV file through ingress keeps its umlauts, though the charset is cut off", async () => {
  const answer = await download("format=csv&what=events");
  expect(answer.headers.get("content-type")).toBe("text/csv");
  const bytes = await answer.bytes();
  expect([...bytes.slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const rows = new TextDecoder().decode(bytes).trimEnd().split("\r\n");
  expect(rows.length - 1).toBeGreaterThanOrEqual(house.states().length);
});

test("a text that ingress would take for an attack travels packed", async () => {
  const pack = (query: object) => Buffer.from(JSON.stringify(query)).toString("base64url");
  const text = "<script> union select (";
  const plain = await download(`format=csv&what=events&text=${encodeURIComponent(text)}`);
  expect(plain.status).toBe(400);
  const packed = await download(`format=csv&what=events&query=${pack({ text })}`);
  expect(packed.status).toBe(200);
  expect((await packed.text()).trimEnd().split("\r\n")).toHaveLength(1);
});

test.for(["xlsx", "pdf", "parquet"] as const)(
  "a %s file comes whole through ingress",
  async (format) => {
    const bytes = Buffer.from(await (await download(`format=${format}&what=events`)).bytes());
    if (format === "xlsx") {
      const [sheet] = await readExcelFile(bytes);
      expect(sheet?.data.length).toBeGreaterThan(house.states().length);
    }
    if (format === "pdf") {
      expect(bytes.subarray(0, 5).toString()).toBe("%PDF-");
      expect(bytes.subarray(-6).toString()).toContain("%%EOF");
    }
    if (format === "parquet") expect(bytes.subarray(-4).toString()).toBe("PAR1");
  },
);

test("statistics of every entity can be taken along", async () => {
  const answer = await download("format=csv&what=statistics&period=5minute");
  expect(answer.status).toBe(200);
  expect((await answer.text()).split("\r\n")[0]).toContain("start,end,entity_id,name,unit");
});

test("the course of a light tells its states and who switched it", async () => {
  const answer = await homeiq.get<{
    entities: { entityId: string; states: [number, string][]; causes: [number, string][] }[];
  }>(`/api/v1/history?entity=${lightId}`);
  const [light] = answer.entities;
  expect(light?.entityId).toBe(lightId);
  expect(light?.states.slice(-2).map(([, state]) => state)).toEqual(["off", "on"]);
  expect(light?.causes.at(-1)?.[1]).toBe("person_dashboard");
});

test("statistics say how long a light was on", async () => {
  const answer = await homeiq.get<{ period: string; entities: { entityId: string }[] }>(
    `/api/v1/statistics?entity=${lightId}&period=5minute`,
  );
  expect(answer.period).toBe("5minute");
  expect(answer.entities.map(({ entityId }) => entityId)).toEqual([lightId]);
});

test("what a tap led to is found by its context", async () => {
  const { events } = await lightEvents();
  const context = events[0]?.context?.id ?? "";
  const trace = await homeiq.get<{ contextId: string; changes: RecordedChange[] }>(
    `/api/v1/events/trace/${context}`,
  );
  expect(trace.changes.map(({ entityId }) => entityId)).toContain(lightId);
  const unknown = await fetch(`${homeiq.url}/api/v1/events/trace/nothing`);
  expect(unknown.status).toBe(404);
});

test("states of a moment, activity, and what is stored are answered", async () => {
  const { states } = await homeiq.get<{ states: { entityId: string; state: string }[] }>(
    `/api/v1/states?at=${Date.now() + 60_000}&entity=${lightId}`,
  );
  expect(states).toMatchObject([{ entityId: lightId, state: "on" }]);
  const activity = await homeiq.get<{ total: number; byHour: number[][] }>(
    "/api/v1/analytics?by=people",
  );
  expect(activity.total).toBeGreaterThanOrEqual(3);
  expect(activity.byHour.map((hours) => hours.length)).toEqual(new Array(7).fill(24));
  const storage = await homeiq.get<{ tiers: { recent: { changes: number } } }>("/api/v1/storage");
  expect(storage.tiers.recent.changes).toBeGreaterThan(0);
  expect(await homeiq.get("/api/v1/storage/costs")).toHaveProperty("entities");
  expect(await homeiq.get("/api/v1/storage/retention")).toMatchObject({ rawDays: 365 });
});
