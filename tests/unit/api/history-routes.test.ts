import { afterEach, expect, test } from "vitest";
import type { History } from "#src/ingest/history/history.ts";
import { change, FIRST_AT } from "#support/export/changes.ts";
import { KNOWN, serveExports } from "#support/export/export-house.ts";

const DAY = 86_400_000;
const TEN_YEARS = `from=${FIRST_AT - 3650 * DAY}&to=${FIRST_AT}`;
const ENTITY = KNOWN[0] ?? "";

let house: Awaited<ReturnType<typeof serveExports>>;
const serve = async (history: Partial<History>) => {
  house = await serveExports(history);
};
const ask = (path: string, init?: RequestInit) => fetch(`${house.url}/api/v1${path}`, init);
afterEach(() => house[Symbol.asyncDispose]());

test.for([
  ["/history", 400, "request.invalid"],
  ["/history?entity=", 400, "request.invalid"],
  [`/history?entity=${ENTITY}&from=2000&to=1000`, 400, "request.invalid"],
  [`/history?entity=${ENTITY}&from=soon`, 400, "request.invalid"],
  [`/history?entity=${ENTITY}&points=1000000`, 400, "request.invalid"],
  [`/history?entity=${ENTITY}&${TEN_YEARS}`, 400, "history.range_too_long"],
  ["/history?entity=light.nowhere", 404, "history.unknown_entity"],
  [`/statistics?entity=${ENTITY}&period=century`, 400, "request.invalid"],
  [`/statistics?entity=${ENTITY}&period=5minute&${TEN_YEARS}`, 400, "statistics.too_many_rows"],
  ["/statistics?entity=light.nowhere", 404, "history.unknown_entity"],
  ["/states", 400, "request.invalid"],
  ["/states?at=1000&entity=light.nowhere", 404, "history.unknown_entity"],
  [`/analytics?${TEN_YEARS}`, 400, "analytics.range_too_long"],
  ["/analytics?by=cats", 400, "request.invalid"],
  ["/events/trace/..%2f", 400, "request.invalid"],
] as const)("%s is refused with %i and says why", async ([path, status, code]) => {
  await serve({});
  const answer = await ask(path);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code, message: expect.any(String) } });
});

test("who asks for entities that nobody knows learns which ones", async () => {
  await serve({});
  const answer = await ask(`/history?entity=${ENTITY},light.a,light.b`);
  expect(await answer.json()).toMatchObject({
    error: { facts: { entityIds: ["light.a", "light.b"] } },
  });
});

test("who asks for too much learns what can be answered instead", async () => {
  await serve({});
  const facts = async (path: string) => {
    const { error } = (await (await ask(path)).json()) as { error: { facts: object } };
    return error.facts;
  };
  expect(await facts(`/history?entity=${ENTITY}&${TEN_YEARS}`)).toMatchObject({ points: 500 });
  expect(await facts(`/statistics?entity=${ENTITY}&period=5minute&${TEN_YEARS}`)).toMatchObject({
    period: "hour",
  });
});

test("ten years are answered in points", async () => {
  const asked: unknown[] = [];
  await serve({
    async historyJson(query) {
      asked.push(query);
      return new TextEncoder().encode('{"entities":[]}');
    },
  });
  const answer = await ask(`/history?entity=${ENTITY},${ENTITY}&${TEN_YEARS}&points=500`);
  expect(answer.headers.get("content-type")).toBe("application/json");
  expect(await answer.json()).toEqual({ entities: [] });
  expect(asked).toEqual([
    { entityIds: [ENTITY], from: FIRST_AT - 3650 * DAY, to: FIRST_AT, points: 500, gaps: [] },
  ]);
});

test("a range may be written as dates, and is the last day when nobody says", async () => {
  const asked: { from: number; to: number }[] = [];
  await serve({
    async statisticsJson(query) {
      asked.push(query);
      return new Uint8Array();
    },
  });
  await ask(
    `/statistics?entity=${ENTITY}&from=2026-11-01T00:00:00%2B01:00&to=2026-11-02T00:00:00Z`,
  );
  await ask(`/statistics?entity=${ENTITY}`);
  const [dates, last] = asked;
  expect(dates).toMatchObject({ from: Date.UTC(2026, 9, 31, 23), to: Date.UTC(2026, 10, 2) });
  expect((last?.to ?? 0) - (last?.from ?? 0)).toBe(DAY);
});

test("statistics, activity and days are those of the house's own time zone", async () => {
  const zones: string[] = [];
  await serve({
    async statisticsJson({ timeZone }) {
      zones.push(timeZone);
      return new Uint8Array();
    },
    async activity({ timeZone, from, to }) {
      zones.push(timeZone);
      const none = { byArea: [], byDeviceClass: [], byDomain: [], byEntity: [] };
      return { from, to, total: 0, byHour: [], ...none };
    },
  });
  expect((await ask(`/statistics?entity=${ENTITY}&period=day`)).status).toBe(200);
  expect((await ask("/analytics?by=people")).status).toBe(200);
  expect(zones).toEqual(["Europe/Berlin", "Europe/Berlin"]);
});

test("a context leads to all that it caused", async () => {
  const trace = { contextId: "01JB", changes: [change(1)], children: [] };
  await serve({ trace: async () => trace });
  expect(await (await ask("/events/trace/01JB")).json()).toEqual(trace);
});

test("only an administrator changes how long what is kept, and only to something that makes sense", async () => {
  await serve({});
  const put = (body: object, user?: string) =>
    ask("/storage/retention", {
      method: "PUT",
      headers: {
        "content-type": "application/json",
        ...(user ? { "x-remote-user-id": user } : {}),
      },
      body: JSON.stringify(body),
    });
  const retention = { rawDays: 90, fiveMinuteDays: 400, hourlyDays: null, classes: [] };
  expect((await put(retention, "child")).status).toBe(403);
  expect((await put(retention)).status).toBe(200);
  expect(await (await ask("/storage/retention")).json()).toEqual(retention);
  expect((await put({ ...retention, rawDays: 0 })).status).toBe(400);
  const odd = { ...retention, classes: [{ match: "sensor.*", rawDays: 1 }] };
  expect((await put(odd)).status).toBe(400);
});

test("an entity that costs too much is left out with one tap", async () => {
  await serve({});
  const exclude = (entityId: string, user?: string) =>
    ask("/storage/exclude", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(user ? { "x-remote-user-id": user } : {}),
      },
      body: JSON.stringify({ entityId }),
    });
  expect((await exclude(ENTITY, "child")).status).toBe(403);
  expect((await exclude("light.nowhere")).status).toBe(404);
  expect((await exclude(ENTITY)).status).toBe(200);
  expect(house.excluded).toEqual([ENTITY]);
});
