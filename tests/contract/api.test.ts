import { afterAll, beforeAll, expect, test } from "vitest";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { type HomeIq, startHomeIq } from "#support/home-iq.ts";

let house: FakeHomeAssistant;
let homeiq: HomeIq;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "flat", seed: 5, live: false });
  homeiq = await startHomeIq({ url: house.url });
  await eventually(
    "the first states are stored",
    async () => (await homeiq.events()).length >= house.states().length || undefined,
  );
});

afterAll(async () => {
  await homeiq[Symbol.asyncDispose]();
  await house.stop();
});

test.for([
  ["/api/v1/events?cause=magic", 400, "request.invalid"],
  ["/api/v1/events?limit=9999", 400, "request.invalid"],
  ["/api/v1/events?from=yesterday", 400, "request.invalid"],
  ["/api/v1/events?from=2000&to=1000", 400, "request.invalid"],
  ["/api/v1/events?cursor=drop-table", 400, "events.bad_cursor"],
  ["/api/v1/events?colour=red", 400, "request.invalid"],
  ["/api/v1/events/stats?period=1y", 400, "request.invalid"],
  ["/api/v1/events/999999999", 404, "events.unknown"],
  ["/api/v1/entities/light.nowhere", 404, "entities.unknown"],
  ["/api/v1/nothing", 404, "api.unknown"],
] as const)("%s is refused with %i and says why", async ([path, status, code]) => {
  const answer = await homeiq.ask(path);
  expect(answer.status).toBe(status);
  expect(await answer.json()).toMatchObject({ error: { code, message: expect.any(String) } });
});

test("paging shows each event once", async () => {
  const stored = (await homeiq.events()).map(({ id }) => id);
  const seen: number[] = [];
  let cursor: string | undefined;
  do {
    const query = `limit=7${cursor ? `&cursor=${cursor}` : ""}`;
    const page = await homeiq.get<{ events: { id: number }[]; nextCursor?: string }>(
      `/api/v1/events?${query}`,
    );
    seen.push(...page.events.map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor);
  expect(new Set(seen).size).toBe(seen.length);
  // What comes while pages are turned is before the first of them, and may be missing.
  expect(seen.length).toBeGreaterThanOrEqual(stored.length);
  expect(stored.filter((id) => !seen.includes(id))).toEqual([]);
});

test.for(["' or 1=1 --", "<script>alert(1)</script>", "100%_\\"])(
  "the search text %s is only a text",
  async (text) => {
    expect(await homeiq.events(`text=${encodeURIComponent(text)}`)).toEqual([]);
  },
);

test("the last hour's counts add up to what happened", async () => {
  const before = await homeiq.get<{ total: number }>("/api/v1/events/stats?period=24h");
  const light = house.states().find(({ entity_id }) => entity_id.startsWith("light."));
  const entityId = light?.entity_id ?? "";
  const wanted = light?.state === "on" ? "off" : "on";
  // At the real time: the house of this test stands still, and its moment could fall out of the hour.
  house.pressDashboard("anna", "light", `turn_${wanted}`, { entity_id: entityId });
  await eventually("it is stored", async () =>
    (await homeiq.events(`entity=${entityId}&kind=state`)).at(0),
  );
  const after = await homeiq.get<{
    total: number;
    buckets: { total: number }[];
    byCause: { count: number }[];
  }>("/api/v1/events/stats?period=24h");
  expect(after.total).toBeGreaterThan(before.total);
  const sum = after.buckets.reduce((total, bucket) => total + bucket.total, 0);
  expect(sum).toBe(after.total);
  expect(after.byCause.reduce((total, { count }) => total + count, 0)).toBe(after.total);
});

test("only an administrator of Home Assistant may change what is recorded", async () => {
  const filter = { mode: "exclude", rules: [], exceptions: [] };
  const put = (userId: string) =>
    homeiq.ask("/api/v1/filter", {
      method: "PUT",
      headers: { "content-type": "application/json", "x-remote-user-id": userId },
      body: JSON.stringify(filter),
    });
  const owner = house.users.find((user) => user.is_owner)?.id ?? "";
  expect((await put("nobody")).status).toBe(403);
  expect((await put(owner)).status).toBe(200);
});

test("a body that is too large or no JSON is refused", async () => {
  const post = (body: string) =>
    homeiq.ask("/api/v1/filter/preview", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body,
    });
  expect((await post("x".repeat(300_000))).status).toBe(400);
  expect((await post("{")).status).toBe(400);
});

test("the OpenAPI document names every route", async () => {
  const { paths } = await homeiq.get<{ paths: Record<string, unknown> }>("/api/openapi.json");
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining([
      "/events",
      "/events/{id}",
      "/entities/{entityId}",
      "/house",
      "/filter",
      "/history",
      "/statistics",
      "/states",
      "/analytics",
      "/events/trace/{contextId}",
      "/export",
      "/storage",
      "/storage/retention",
      "/storage/costs",
      "/storage/exclude",
    ]),
  );
});

test("the OpenAPI document says what events look like", async () => {
  const { paths } = await homeiq.get<{ paths: Record<string, Record<string, unknown>> }>(
    "/api/openapi.json",
  );
  const events = JSON.stringify(paths["/events"]?.get);
  for (const field of ["nextCursor", "entityId", "changedAttributes", "person_dashboard"]) {
    expect(events).toContain(field);
  }
  expect(JSON.stringify(paths["/export"])).toContain("text/csv");
});
