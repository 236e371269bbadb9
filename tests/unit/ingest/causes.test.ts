import { beforeEach, expect, test } from "vitest";
import { type Causes, createCauses } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";

const LIGHT = "light.hall";
let clock: ReturnType<typeof createFakeClock>;
let causes: Causes;

beforeEach(() => {
  clock = createFakeClock();
  causes = createCauses({
    clock,
    expandTarget: ({ entity_id }) => [entity_id].flat().map(String),
    findUser: (id) => ({ name: id === "anna" ? "Anna" : "Supervisor", isSystem: id !== "anna" }),
    nameOf: (id) => id,
    onMalformed: () => {},
  });
  clock.advance(60_000); // long after connecting
});

const context = (id: string, rest: { parent_id?: string; user_id?: string } = {}) => ({
  id,
  parent_id: null,
  user_id: null,
  ...rest,
});
const call = (service: string, wire: object, entityId = LIGHT, domain = "light") =>
  causes.callService({
    data: { domain, service, service_data: { entity_id: entityId } },
    context: wire,
  });
const turned = (newState: string, id: string, rest = {}) =>
  causes.classify({
    entityId: LIGHT,
    oldState: newState === "on" ? "off" : "on",
    newState,
    context: { id, ...rest },
  });

test("a switch in the app is the person who used it", () => {
  call("turn_on", context("c1", { user_id: "anna" }));
  expect(turned("on", "c1", { userId: "anna" })).toMatchObject({
    kind: "person_dashboard",
    by: "anna",
    byName: "Anna",
  });
});

test("another app acts as the system user, and is no person", () => {
  call("turn_on", context("c1", { user_id: "supervisor" }));
  expect(turned("on", "c1", { userId: "supervisor" }).kind).toBe("integration");
});

test("an automation is named, also when only the clock triggered it", () => {
  causes.automationTriggered({ data: { entity_id: "automation.porch" }, context: context("c20") });
  expect(turned("on", "c20")).toMatchObject({ kind: "automation", by: "automation.porch" });
});

test("an automation started by a person keeps the person as its root", () => {
  call("trigger", context("c1", { user_id: "anna" }), "automation.porch", "automation");
  causes.automationTriggered({
    data: { entity_id: "automation.porch" },
    context: context("c2", { parent_id: "c1" }),
  });
  expect(turned("on", "c2", { parentId: "c1" })).toMatchObject({
    kind: "automation",
    rootKind: "person_dashboard",
  });
});

test("a script that a person runs is the script, begun by the person", () => {
  call("turn_on", context("c1", { user_id: "anna" }), "script.movie", "script");
  causes.scriptStarted({
    data: { entity_id: "script.movie" },
    context: context("c1", { user_id: "anna" }),
  });
  expect(turned("on", "c1", { userId: "anna" })).toMatchObject({
    kind: "script",
    by: "script.movie",
    rootKind: "person_dashboard",
  });
});

test("what a scene sets is the scene's", () => {
  call("turn_on", context("c1", { user_id: "anna" }), "scene.evening", "scene");
  expect(turned("on", "c1", { userId: "anna" })).toMatchObject({
    kind: "scene",
    by: "scene.evening",
  });
});

test("a hand on the wall switch is physical", () => {
  expect(turned("on", "c9").kind).toBe("physical");
});

test("a button event just before makes the hand nearly certain", () => {
  causes.classify({
    entityId: "event.wall_button",
    oldState: "unknown",
    newState: "2026-09-01",
    context: { id: "c8" },
  });
  expect(turned("on", "c9")).toMatchObject({ kind: "physical", confidence: 0.95 });
});

test("a late report of the device is what it was told to do", () => {
  causes.automationTriggered({ data: { entity_id: "automation.porch" }, context: context("c3") });
  call("turn_on", context("c3"));
  clock.advance(7_000);
  expect(turned("on", "c99")).toMatchObject({ kind: "automation", by: "automation.porch" });
});

test("a wall switch within five seconds of an automation is a person who undoes it", () => {
  causes.automationTriggered({ data: { entity_id: "automation.porch" }, context: context("c3") });
  call("turn_on", context("c3"));
  expect(turned("on", "c3").kind).toBe("automation");
  clock.advance(3_000);
  expect(turned("off", "c3")).toMatchObject({ kind: "physical", override: true });
});

test("a call by voice has no user, and the satellite has just listened", () => {
  causes.classify({
    entityId: "assist_satellite.kitchen",
    oldState: "idle",
    newState: "processing",
    context: { id: "c5" },
  });
  call("turn_on", context("c6"));
  expect(turned("on", "c6").kind).toBe("person_voice");
});

test("a sensor observes, and is never a human action", () => {
  const cause = causes.classify({ entityId: "sensor.power", newState: "3", context: { id: "c7" } });
  expect(cause.kind).toBe("integration");
});

test("a child context without its run is some automation, said with less confidence", () => {
  expect(turned("on", "c2", { parentId: "never-seen" })).toEqual({
    kind: "automation",
    confidence: 0.6,
  });
});

test("just after connecting, what cannot be known is said to be unknown", () => {
  causes.connected();
  expect(turned("on", "c9").kind).toBe("unknown");
});

test("a satellite that is only found there has not heard anybody", () => {
  const found = { entityId: "conversation.home_assistant", newState: "2026-11-24T01:00:00+00:00" };
  causes.classify({ ...found, context: { id: "c1" }, snapshot: true });
  causes.classify({ ...found, context: { id: "c1" } }); // it appeared: no old state
  call("turn_on", context("c2", { user_id: "anna" }));
  expect(turned("on", "c2", { userId: "anna" }).kind).toBe("person_dashboard");
});

test("a button that came back after an interruption was not pressed now", () => {
  causes.classify({
    entityId: "event.wall_button",
    oldState: "2026-11-24T01:00:00+00:00",
    newState: "2026-11-24T01:05:00+00:00",
    context: { id: "c1" },
    snapshot: true,
  });
  expect(turned("on", "c2")).toMatchObject({ kind: "physical", confidence: 0.7 });
});

test("a state written with a person's token is a program's, not a hand's", () => {
  const written = { entityId: "sensor.written", oldState: "1", newState: "2" };
  const cause = causes.classify({ ...written, context: { id: "c1", userId: "anna" } });
  expect(cause).toMatchObject({ kind: "integration", byName: "Anna", confidence: 0.6 });
});
