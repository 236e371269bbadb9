import { mkdtempDisposableSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPace } from "#src/ingest/backfill/pace.ts";
import { createQuestions } from "#src/ingest/backfill/questions.ts";
import { createGaps } from "#src/ingest/gaps/gaps.ts";
import { parseSeriesKey, unitsOf } from "#src/ingest/import/influxdb-series.ts";
import { causeOfPast, type PastOrigin } from "#src/ingest/past/past.ts";
import { openStore } from "#src/store/database.ts";
import { createFakeClock } from "#support/clock.ts";

const HOUR_MS = 3_600_000;
const never = new AbortController().signal;

test("a range is asked for in as few requests as the size of the answers allows", () => {
  const questions = createQuestions({ usualPerHour: 10 });
  const range = { entityIds: ["a.a", "b.b", "c.c"], from: 0, to: 10 * HOUR_MS };
  expect(questions.cut(range, 10_000)).toEqual([range]);
  const small = questions.cut(range, 320);
  expect(small.map(({ entityIds }) => entityIds)).toEqual([["a.a", "b.b"], ["c.c"]]);
});

test("an entity that says much is asked for in pieces, newest first, without a hole", () => {
  const questions = createQuestions({ usualPerHour: 10 });
  const range = { entityIds: ["sensor.busy", "light.calm"], from: 0, to: 10 * HOUR_MS };
  questions.learn(range, (id) => (id === "sensor.busy" ? 36_000 : 2));
  const cut = questions.cut(range, 10_000);
  const busy = cut.filter(({ entityIds }) => entityIds.includes("sensor.busy"));
  expect(busy.length).toBeGreaterThan(3);
  expect(busy.every(({ entityIds }) => entityIds.length === 1)).toBe(true);
  expect(busy[0]?.to).toBe(range.to);
  expect(busy.at(-1)?.from).toBe(0);
  for (const [n, { to }] of busy.slice(1).entries()) expect(to).toBe(busy[n]?.from);
  expect(cut.some(({ entityIds }) => entityIds.includes("light.calm"))).toBe(true);
});

test("Home Assistant is let be after each request, and asked for less when it does not answer", async () => {
  const clock = createFakeClock();
  const pace = createPace(clock);
  const before = pace.rows();
  let rested = false;
  const asked = pace
    .ask(() => Promise.resolve(1), never)
    .then(() => {
      rested = true;
    });
  await new Promise(setImmediate);
  expect(rested).toBe(false);
  clock.advance(60_000);
  await asked;
  expect(pace.rows()).toBeGreaterThan(before);
  const failing = pace.ask(() => Promise.reject(new Error("late")), never);
  await expect(failing).rejects.toThrow("late");
  expect(pace.rows()).toBeLessThan(before);
});

test("who stops does not wait for an answer that is under way", async () => {
  const ending = new AbortController();
  const asked = createPace(createFakeClock()).ask(() => new Promise(() => {}), ending.signal);
  ending.abort(new Error("stop"));
  await expect(asked).rejects.toThrow("stop");
});

test("a gap that was closed at once is looked at a second time when all is written", async () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "homeiq-gaps-"));
  await using store = openStore(join(folder.path, "homeiq.db"));
  const clock = createFakeClock();
  const gaps = createGaps({ db: store.db, clock });
  gaps.add({ from: clock.now() - 60_000, to: clock.now(), reason: "not_running" });
  const [due] = gaps.due();
  expect(due?.state).toBe("open");
  const filled = { at: clock.now() + 6_000, changes: 5, entitiesWithout: 0 };
  gaps.keepFill(due?.id ?? 0, { state: "filled", filled });
  expect(gaps.due()).toEqual([]);
  clock.advance(3 * 60_000);
  expect(gaps.due()).toEqual([expect.objectContaining({ state: "filled", filled })]);
  gaps.keepFill(due?.id ?? 0, { state: "filled", filled: { ...filled, at: clock.now() } });
  expect(gaps.due()).toEqual([]);
});

const findUser = (id: string) =>
  new Map([
    ["anna", { isSystem: false, name: "Anna" }],
    ["supervisor", { isSystem: true, name: "Supervisor" }],
  ]).get(id);
const lamp = { entityId: "light.hall", before: "off", state: "on", findUser };

test.for<[string, PastOrigin, object]>([
  [
    "a person",
    { userId: "anna", eventType: "call_service", domain: "light", service: "turn_on" },
    { kind: "person_dashboard", byName: "Anna" },
  ],
  [
    "another app",
    { userId: "supervisor", eventType: "call_service", domain: "light", service: "turn_on" },
    { kind: "integration" },
  ],
  [
    "an automation",
    {
      eventType: "automation_triggered",
      domain: "automation",
      byEntityId: "automation.dusk",
      byName: "Dusk",
    },
    { kind: "automation", by: "automation.dusk", byName: "Dusk" },
  ],
  [
    "an automation that a person set off",
    { userId: "anna", eventType: "automation_triggered", byEntityId: "automation.dusk" },
    { kind: "automation", rootKind: "person_dashboard" },
  ],
  [
    "a script by its own name",
    { userId: "anna", eventType: "call_service", domain: "script", service: "good_night" },
    { kind: "script", by: "script.good_night" },
  ],
  [
    "some script",
    { eventType: "call_service", domain: "script", service: "turn_on" },
    { kind: "script", confidence: 0.85 },
  ],
  [
    "a scene",
    { eventType: "call_service", domain: "scene", service: "turn_on" },
    { kind: "scene" },
  ],
  [
    "a voice assistant",
    { eventType: "alexa_smart_home", domain: "alexa" },
    { kind: "person_voice" },
  ],
  [
    "a call of nobody",
    { eventType: "call_service", domain: "light", service: "turn_on" },
    { kind: "integration" },
  ],
  ["nothing that was recorded", {}, { kind: "physical", confidence: 0.4 }],
])("the cause of a past change is %s", ([, origin, expected]) => {
  expect(causeOfPast({ ...lamp, origin })).toMatchObject(expected);
});

test("a reading has no hand behind it, and a way back from unavailable neither", () => {
  const integration = { kind: "integration", confidence: 0.85 };
  expect(causeOfPast({ ...lamp, entityId: "sensor.hall", origin: {} })).toEqual(integration);
  expect(causeOfPast({ ...lamp, before: "unavailable", origin: {} })).toEqual(integration);
  expect(causeOfPast(lamp)).toBeUndefined();
});

test.for([
  ["°C,domain=sensor,entity_id=hall", { measurement: "°C", domain: "sensor", objectId: "hall" }],
  [
    "my\\ own\\,\\ one,a=b,domain=light,entity_id=x",
    { measurement: "my own, one", domain: "light", objectId: "x" },
  ],
  ["cpu,host=a", undefined],
] as const)("the series %s is taken apart", ([key, expected]) => {
  expect(parseSeriesKey(key)).toEqual(expected);
});

test("a measurement is a unit only when it is called after one", () => {
  const of = (measurement: string, domain: string, objectId = "x") => ({
    measurement,
    domain,
    objectId,
  });
  const units = unitsOf([
    of("°C", "sensor"),
    of("\u00b5g/m³", "sensor"),
    of("light.x", "light"),
    of("sensor__temperature", "sensor"),
    of("anything", "switch"),
    of("anything", "sensor"),
    of("units", "sensor"),
  ]);
  expect([...units]).toEqual([
    ["°C", "°C"],
    ["\u00b5g/m³", "\u03bcg/m³"],
  ]);
});
