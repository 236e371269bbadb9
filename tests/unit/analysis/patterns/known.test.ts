import { expect, test } from "vitest";
import { createKnownPatterns, type DetectorRun } from "#src/analysis/patterns/known/known.ts";
import type { TimeOfDay } from "#src/analysis/patterns/pattern.ts";
import { DAY_MS } from "#src/foundation/time.ts";
import { openEmptyStore } from "#support/empty-store.ts";

const DETECTOR: DetectorRun = { detector: "time_of_day", found: 1, durationMs: 5, capped: 0 };

const habit = (minute: number, confidence = 0.9): TimeOfDay => ({
  kind: "time_of_day",
  key: `time_of_day|light.hall|on||all||${Math.round(minute / 60)}`,
  ...{ entityIds: ["light.hall"], entityId: "light.hall", to: "on", on: "all", first: false },
  ...{ minute, scatter: 5, within: 30, confidence, lift: 4, chance: 1e-9 },
  seen: Array.from({ length: 300 }, (_, n) => ({
    ...{ at: n * DAY_MS, entityId: "light.hall", to: "on" },
    ...(n % 2 ? { person: "anna" } : {}),
  })),
  missed: [7],
});

function open() {
  const store = openEmptyStore();
  const known = createKnownPatterns({ db: store.db });
  let night = 0;
  return {
    known,
    run(found: readonly TimeOfDay[], detectors: readonly DetectorRun[] = [DETECTOR]) {
      night += 1;
      const run = {
        startedAt: night * DAY_MS,
        durationMs: 10,
        from: 0,
        to: night * DAY_MS,
        tracesFrom: 0,
      };
      const counts = { changes: 1, acts: 1, entities: 1, found: found.length };
      const remembered = Uint8Array.of(night);
      known.keep({ ...run, ...counts }, { found, detectors, remembered });
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

test("a habit is kept with its newest evidence, and what it was before", async () => {
  await using house = open();
  house.run([habit(360, 0.8)]);
  house.run([habit(360, 0.9)]);
  const [one] = house.known.list({});
  expect(one).toMatchObject({ status: "active", seenCount: 300, tries: 332, missedCount: 1 });
  expect(one?.confidenceLow).toBeGreaterThan(0.86);
  expect(one?.confidenceHigh).toBeLessThan(0.94);
  expect(one?.pattern).toMatchObject({ minute: 360, confidence: 0.9, missed: [7] });
  expect(one?.pattern.seen.slice(-2)).toEqual([
    { at: 298 * DAY_MS, entityId: "light.hall", to: "on" },
    { at: 299 * DAY_MS, entityId: "light.hall", to: "on", person: "anna" },
  ]);
  expect(one?.pattern.seen).toHaveLength(200);
  expect(one?.past).toEqual([
    { at: DAY_MS, confidence: 0.8 },
    { at: 2 * DAY_MS, confidence: 0.9 },
  ]);
});

test("what the last run read is remembered for the next", async () => {
  await using house = open();
  expect(house.known.remembered()).toBeUndefined();
  house.run([]);
  house.run([]);
  expect([...(house.known.remembered() ?? [])]).toEqual([2]);
});

test("what is no longer found fades, ends, and is forgotten; what comes back lives on", async () => {
  await using house = open();
  house.run([habit(360)]);
  const id = house.known.list({})[0]?.id ?? "";
  const statusAfter = (runs: number) => {
    for (let n = 0; n < runs; n += 1) house.run([]);
    return house.known.list({}).map(({ status }) => status);
  };
  expect(statusAfter(1)).toEqual(["active"]);
  expect(statusAfter(1)).toEqual(["fading"]);
  house.run([habit(360)]);
  expect(house.known.get(id).status).toBe("active");
  expect(statusAfter(14)).toEqual(["ended"]);
  expect(statusAfter(90)).toEqual([]);
  expect(() => house.known.get(id)).toThrow(/There is no pattern/);
});

test("a habit that moves by an hour is the same one, another at noon is not", async () => {
  await using house = open();
  house.run([habit(360)]);
  const id = house.known.list({})[0]?.id ?? "";
  house.run([habit(420), habit(720)]);
  const all = house.known.list({ statuses: ["active"] });
  expect(all).toHaveLength(2);
  expect(all.find((one) => one.id === id)?.pattern).toMatchObject({ minute: 420 });
});

test("how detectors did is counted over the runs", async () => {
  await using house = open();
  house.run([habit(360)]);
  house.run([], [{ ...DETECTOR, found: 0, error: "out of range" }]);
  expect(house.known.detectors()).toEqual([
    { ...DETECTOR, found: 0, runs: 2, failures: 1, lastError: "out of range" },
  ]);
  expect(house.known.lastRun()).toMatchObject({ startedAt: 2 * DAY_MS, found: 0 });
});
