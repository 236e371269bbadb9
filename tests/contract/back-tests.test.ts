import { afterAll, beforeAll, expect, test } from "vitest";
import { type BackTests, createBackTests } from "#src/analysis/replay/replay.ts";
import type { CauseKind, StateChange } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";
import { openHistory, type TestHistory } from "#support/history.ts";
import { automation, BERLIN } from "#support/past-world.ts";

const START = Date.parse("2026-01-12T00:00:00+01:00");
const span = { from: START, to: START + 86_400_000 };
const clock = createFakeClock(START + 86_400_000);

let recorded: TestHistory;
let backTests: BackTests;

beforeAll(async () => {
  recorded = await openHistory({ clock });
  await recorded.record([
    change(-60, "sensor.lux", "90"),
    change(-50, "light.hall", "off"),
    change(1000, "sensor.lux", "39"),
    change(1100, "light.hall", "on", "physical"),
    change(2000, "sensor.lux", "70"),
    change(3000, "sensor.lux", "35"),
    change(3060, "light.hall", "off", "person_dashboard"),
  ]);
  backTests = createBackTests({
    ...{ history: recorded.history, clock, idleMs: 1000 },
    house: () => ({
      ...{ timeZone: "Europe/Berlin", position: BERLIN, states: [] },
      map: { entities: [{ entityId: "light.hall", areaId: "hall" }] },
    }),
  });
});

afterAll(async () => {
  await backTests[Symbol.asyncDispose]();
  await recorded[Symbol.asyncDispose]();
});

function change(
  seconds: number,
  entityId: string,
  newState: string,
  kind: CauseKind = "integration",
): StateChange {
  return {
    ...{ entityId, newState, kind: "state", at: START + seconds * 1000 },
    cause: { kind, confidence: 1 },
    context: { id: `c${seconds}` },
  };
}

const evening = automation({
  triggers: { trigger: "numeric_state", entity_id: "sensor.lux", below: 40 },
  actions: [{ action: "light.turn_on", target: { area_id: "hall" } }],
});

test("an automation is back-tested over what was recorded", async () => {
  const found = await backTests.backTest({ automation: evening, ...span }, unstopped());
  expect(found.runs.map(({ verdict }) => verdict)).toEqual(["matched", "annoying"]);
});

test("another limit is tried on the same history, and why it did not run is told", async () => {
  const asked = { automation: evening, path: ["triggers", 0, "below"], values: [30, 38], ...span };
  const results = await backTests.whatIf(asked, unstopped());
  expect(results.map(({ result }) => result.runs.length)).toEqual([0, 1]);
  const query = { automation: evening, at: START + 500_000, ...span };
  const why = await backTests.explain(query, unstopped());
  expect(why.summary).toContain("sensor.lux is 90, it fires when it gets below 40");
  expect(why.next?.at).toBe(START + 1_000_000);
});

test("one that is stopped says so, and the next is answered", async () => {
  const stopped = AbortSignal.abort(new Error("the page was left"));
  await expect(backTests.backTest({ automation: evening, ...span }, stopped)).rejects.toThrow(
    "the page was left",
  );
  const stopping = new AbortController();
  const endless = automation({
    triggers: { trigger: "time_pattern", seconds: "*" },
    actions: [{ action: "light.turn_on", target: { entity_id: "light.hall" } }],
  });
  const asked = backTests.backTest(
    { automation: endless, from: START, to: START + 40 * 86_400_000 },
    stopping.signal,
  );
  setTimeout(() => stopping.abort(new Error("too long")), 300);
  await expect(asked).rejects.toThrow("too long");
  const found = await backTests.backTest({ automation: evening, ...span }, unstopped());
  expect(found.runs).toHaveLength(2);
});

test("its thread ends when nobody asks, and the next question starts it again", async () => {
  clock.advance(2000);
  const found = await backTests.backTest({ automation: evening, ...span }, unstopped());
  expect(found.matched).toBe(1);
});

/** Over a history of a million changes, each with a text of its own. */
const overMuch = (room: { heapMb?: number; freeBytes?: () => number }) =>
  createBackTests({
    ...{ clock, house: () => ({ timeZone: "Europe/Berlin", map: { entities: [] }, states: [] }) },
    history: {
      entities: recorded.history.entities,
      stateAt: recorded.history.stateAt,
      async *scan({ from = 0, to = 0 }) {
        if (to - from <= 86_400_000) return;
        for (let block = 0; block < 200; block += 1) {
          yield Array.from({ length: 5_000 }, (_, row) => ({
            ...{ id: row, entityId: "sensor.text", name: "Text", domain: "sensor" },
            ...{ category: "general", cause: { kind: "integration", confidence: 1 } },
            ...{ at: from + block * 5_000 + row, kind: "state" },
            newState: `${block} ${row}`.padEnd(120, "."),
          }));
        }
      },
    },
    ...room,
  });

test.for([
  ["its thread", { heapMb: 48 }],
  ["this machine", { freeBytes: () => 130 * 1024 * 1024 }],
] as const)("more than the memory of %s is refused, and less is answered", async ([, room]) => {
  await using small = overMuch(room);
  const month = { from: START, to: START + 30 * 86_400_000 };
  await expect(small.backTest({ automation: evening, ...month }, unstopped())).rejects.toThrow(
    "choose fewer days",
  );
  const found = await small.backTest({ automation: evening, ...span }, unstopped());
  expect(found.runs).toEqual([]);
});

const unstopped = () => new AbortController().signal;
