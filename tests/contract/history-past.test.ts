import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";
import { allEvents, openHistory, type TestHistory } from "#support/history.ts";
import {
  contextIdAt,
  seeded,
  THERMOMETER,
  temperatures,
  threeDays,
} from "#support/made-changes.ts";

const START = Date.UTC(2026, 2, 27, 22);
const changes = threeDays(START);

let clock: ReturnType<typeof createFakeClock>;
let opened: TestHistory;

beforeEach(async () => {
  clock = createFakeClock(START);
  opened = await openHistory({ clock });
});

afterEach(() => opened[Symbol.asyncDispose]());

async function recordAndSeal(): Promise<void> {
  clock.advance(3 * DAY_MS);
  await opened.record(changes);
  await opened.history.seal();
}

test("a change that arrives after its time was sealed is in the history, before and after it is merged", async () => {
  await recordAndSeal();
  const at = START + 25 * HOUR_MS + 123;
  const late: StateChange = {
    entityId: THERMOMETER,
    at,
    kind: "state",
    oldState: "1.0",
    newState: "99.9",
    value: 99.9,
    unit: "°C",
    context: { id: contextIdAt(at, seeded(1)) },
    cause: { kind: "integration", confidence: 0.95 },
  };
  await opened.record([late]);
  const isThere = async () =>
    (await allEvents(opened.history, { entity: [THERMOMETER] })).filter(
      ({ newState }) => newState === "99.9",
    );
  const [waiting] = await isThere();
  expect(waiting?.at).toBe(at);
  await opened.history.seal();
  const [merged, ...more] = await isThere();
  expect(more).toEqual([]);
  expect(merged?.id).toBe(waiting?.id);
  const all = await allEvents(opened.history, { entity: [THERMOMETER] });
  const which = all.findIndex(({ newState }) => newState === "99.9");
  expect(all[which - 1]?.oldState).toBe("99.9"); // the next one follows from it
  expect(merged?.oldState).toBe(all[which + 1]?.newState);
});

test("statistics of a finished day know what came late, before and after it is merged", async () => {
  await recordAndSeal();
  const start = Math.floor((START + 25 * HOUR_MS) / HOUR_MS) * HOUR_MS;
  const hour = async () => {
    const [found] = await opened.history.statistics({
      entityIds: [THERMOMETER],
      ...{ from: start, to: start + HOUR_MS, period: "hour", timeZone: "UTC" },
    });
    return found?.rows[0];
  };
  const before = await hour();
  const late: StateChange = {
    ...{ entityId: THERMOMETER, at: start + 123, kind: "state", unit: "°C" },
    ...{ newState: "99.9", value: 99.9, context: { id: contextIdAt(start, seeded(1)) } },
    cause: { kind: "integration", confidence: 0.95 },
  };
  await opened.record([late]);
  const waiting = await hour();
  expect(waiting).toMatchObject({ n: (before?.n ?? 0) + 1, max: 99.9 });
  await opened.history.seal();
  const merged = await hour();
  expect(merged).toEqual({ ...waiting, mean: merged?.mean, timeWeightedMean: expect.any(Number) });
  expect(merged?.mean).toBeCloseTo(waiting?.mean ?? 0, 2); // kept means are rounded
});

test("the past is added once, however often it is given, and fills what was missed", async () => {
  await recordAndSeal();
  const past = temperatures("sensor.cellar", {
    from: START - 5 * DAY_MS,
    to: START + DAY_MS,
    everyMs: 20 * MINUTE_MS,
    random: seeded(3),
  }).map(({ entityId, at, newState = "", unit }) => ({
    entityId,
    at,
    state: newState,
    ...(unit ? { unit } : {}),
    source: "recorder" as const,
  }));
  const first = await opened.history.addPast(past);
  expect(first).toEqual({ added: past.length, known: 0 });
  expect(await opened.history.addPast(past)).toEqual({ added: 0, known: past.length });
  const events = await allEvents(opened.history, { entity: ["sensor.cellar"] });
  expect(events.map(({ at, newState }) => [at, newState]).toReversed()).toEqual(
    past.map(({ at, state }) => [at, state]),
  );
  expect(events.every(({ source }) => source === "recorder")).toBe(true);
});

test("opened again, the history goes on where it was", async () => {
  await recordAndSeal();
  const before = await allEvents(opened.history);
  const { folder } = opened;
  await opened.history[Symbol.asyncDispose]();
  await opened.store[Symbol.asyncDispose]();
  opened = await openHistory({ clock, folder });
  expect(await allEvents(opened.history)).toEqual(before);
  const states = await opened.history.lastStates();
  const last = new Map(changes.map((change) => [change.entityId, change.newState]));
  expect(new Map(states.map(({ entityId, state }) => [entityId, state]))).toEqual(last);
});

test("a trace tells what a context changed and what it led to", async () => {
  const random = seeded(5);
  const at = START + HOUR_MS;
  const trigger = contextIdAt(at, random);
  const run = contextIdAt(at + 20, random);
  const one = (entityId: string, when: number, context: StateChange["context"]): StateChange => ({
    entityId,
    at: when,
    kind: "state",
    oldState: "off",
    newState: "on",
    context,
    cause: { kind: "integration", confidence: 0.95 },
  });
  clock.advance(DAY_MS);
  await opened.record([
    one("binary_sensor.motion", at, { id: trigger }),
    one("light.hall", at + 30, { id: run, parentId: trigger }),
    one("light.kitchen", at + 31, { id: run, parentId: trigger }),
  ]);
  const expected = {
    contextId: trigger,
    changes: [expect.objectContaining({ entityId: "binary_sensor.motion" })],
    children: [
      expect.objectContaining({
        contextId: run,
        parentId: trigger,
        changes: [
          expect.objectContaining({ entityId: "light.hall" }),
          expect.objectContaining({ entityId: "light.kitchen" }),
        ],
      }),
    ],
  };
  expect(await opened.history.trace(trigger)).toMatchObject(expected);
  await opened.history.seal();
  expect(await opened.history.trace(trigger)).toMatchObject(expected);
  await expect(opened.history.trace("nothing")).rejects.toThrow(/Nothing is kept/);
});

test("what is older than it has to be kept is deleted, and its statistics stay", async () => {
  await recordAndSeal();
  opened.history.setRetention({
    rawDays: 1,
    fiveMinuteDays: null,
    hourlyDays: null,
    classes: [{ match: "domain:light", rawDays: null }],
  });
  clock.advance(HOUR_MS);
  await opened.history.retain();
  const left = await allEvents(opened.history);
  const border = Math.floor((clock.now() - DAY_MS) / DAY_MS) * DAY_MS;
  expect(left.filter(({ domain }) => domain === "sensor").every(({ at }) => at >= border)).toBe(
    true,
  );
  expect(left.filter(({ domain }) => domain === "light")).toHaveLength(60);
  const [hours] = await opened.history.statistics({
    entityIds: [THERMOMETER],
    from: START + HOUR_MS,
    to: START + DAY_MS,
    period: "hour",
    timeZone: "UTC",
  });
  expect(hours?.rows.length).toBe(23);
});

test("a disk that is nearly full stops the recording, says so, and leaves a gap", async () => {
  await opened[Symbol.asyncDispose]();
  let freeBytes = 5e9;
  opened = await openHistory({ clock, readDisk: () => ({ freeBytes, totalBytes: 3e10 }) });
  const [first, second, third] = changes;
  if (!first || !second || !third) throw new Error("three changes are needed");
  await opened.record([first]);
  freeBytes = 1e8;
  clock.advance(MINUTE_MS);
  await opened.record([second]);
  expect(await opened.history.storage()).toMatchObject({ guard: "stopped", refused: 1 });
  freeBytes = 2.5e8; // more than where it stopped, less than where it goes on
  clock.advance(MINUTE_MS);
  await opened.record([second]);
  freeBytes = 5e8;
  clock.advance(MINUTE_MS);
  await opened.record([third]);
  expect(await opened.history.storage()).toMatchObject({ guard: "low", refused: 2 });
  const told = opened.published.map(({ id }) => id);
  expect(told).toHaveLength(2);
  expect(opened.missed).toEqual([
    { from: START + MINUTE_MS, to: START + 3 * MINUTE_MS, reason: "disk_full" },
  ]);
});
