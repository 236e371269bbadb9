import { afterEach, beforeEach, expect, test } from "vitest";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { openPast, type PastReader } from "#src/ingest/history/reader/past-reader.ts";
import type { StateChange } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";
import { openHistory, type TestHistory } from "#support/history.ts";
import { contextIdAt, seeded, threeDays } from "#support/made-changes.ts";

const START = Date.UTC(2026, 2, 27, 22);
const made = threeDays(START);
const LATE_AT = START + 25 * HOUR_MS + 123;

let clock: ReturnType<typeof createFakeClock>;
let opened: TestHistory;

beforeEach(async () => {
  clock = createFakeClock(START);
  opened = await openHistory({ clock });
  clock.advance(2 * DAY_MS);
  await opened.record(made.filter(({ at }) => at < clock.now()));
  await opened.history.seal();
});

afterEach(() => opened[Symbol.asyncDispose]());

/** All that a reader tells, and what it kept of it. */
function readAll(remembered?: Uint8Array, span = { from: START, to: START + 4 * DAY_MS }) {
  using past = openPast(opened.store.files, remembered);
  return { told: tell(past, span), remembered: past.remember() };
}

function tell(past: PastReader, span: { readonly from: number; readonly to: number }): string[] {
  const told: string[] = [];
  for (const { key, entityId } of past.entities()) {
    past.visit(key, span, (at, state, meta) => {
      told.push(`${entityId} ${at} ${state} ${JSON.stringify(meta)}`);
    });
  }
  return told;
}

const late = (entityId: string): StateChange => ({
  ...{ entityId, at: LATE_AT, kind: "state", oldState: "off", newState: "late" },
  context: { id: contextIdAt(LATE_AT, seeded(1)) },
  cause: { kind: "integration", confidence: 0.95 },
});

test("who remembers what was read tells the same as who reads it anew, also of a part of it", () => {
  const { told, remembered } = readAll();
  expect(told.length).toBeGreaterThan(100);
  expect(readAll(remembered).told).toEqual(told);
  const span = { from: START + 5 * HOUR_MS + 17 * MINUTE_MS, to: START + 29 * HOUR_MS };
  const part = readAll(undefined, span).told;
  expect(part.length).toBeLessThan(told.length);
  expect(readAll(remembered, span).told).toEqual(part);
  // What was kept of a part is whole days: the rest is asked for as if nothing were known.
  expect(readAll(readAll(remembered, span).remembered).told).toEqual(told);
});

test("a new day, a day that was sealed further and what came late are told beside what is remembered", async () => {
  const { remembered } = readAll();
  clock.advance(1 * DAY_MS + HOUR_MS);
  await opened.record(made.filter(({ at }) => at >= START + 2 * DAY_MS && at < clock.now()));
  const entityId = made[0]?.entityId ?? "";
  await opened.record([late(entityId)]);
  const unsealed = readAll();
  expect(unsealed.told.filter((one) => one.includes(" late "))).toHaveLength(1);
  expect(readAll(remembered).told).toEqual(unsealed.told);
  await opened.history.seal();
  expect(readAll(remembered).told).toEqual(unsealed.told);
  expect(readAll(readAll(remembered).remembered).told).toEqual(unsealed.told);
});

test("what is damaged or of another version is as if nothing were remembered", () => {
  const { told, remembered } = readAll();
  for (const bytes of [
    new Uint8Array(0),
    Uint8Array.of(99, ...remembered.subarray(1)),
    remembered.subarray(0, remembered.length >> 1),
  ]) {
    expect(readAll(bytes).told).toEqual(told);
  }
});
