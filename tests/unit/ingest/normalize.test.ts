import { expect, test } from "vitest";
import type { EntityState } from "#src/home/states/states.ts";
import { type Causes, createNormalizer, toNumber } from "#src/ingest/normalize/normalize.ts";
import { createFakeClock } from "#support/clock.ts";

const clock = createFakeClock();
const NOW = clock.now();

function normalizer() {
  const notes: string[] = [];
  const causes: Pick<Causes, "classify"> = {
    classify: () => ({ kind: "physical", confidence: 0.7 }),
  };
  const normalize = createNormalizer({
    clock,
    causes: causes as Causes,
    isRestartEcho: () => false,
    onNote: (note) => notes.push(note),
  });
  return { normalize, notes };
}

const state = (text: string, rest: Partial<EntityState> = {}): EntityState => ({
  entityId: "sensor.hall",
  state: text,
  attributes: {},
  lastChangedAt: NOW - 1000,
  lastUpdatedAt: NOW - 1000,
  context: { id: "c1" },
  ...rest,
});
const change = (before: EntityState, after: EntityState) => ({
  entityId: "sensor.hall",
  before,
  after,
  snapshot: false,
});

test.for([
  ["21.5", 21.5],
  ["1e-05", 1e-5],
  ["-0.0", -0],
  ["nan", undefined],
  ["inf", undefined],
  ["1e999", undefined],
  ["", undefined],
  ["0x10", undefined],
  ["12 W", undefined],
] as const)("the state %s is the number %s", ([text, value]) => {
  expect(toNumber(text)).toBe(value);
});

test("a reading keeps its number, its unit and how long the last one lasted", () => {
  const { normalize } = normalizer();
  const unit = { unit_of_measurement: "°C" };
  const found = normalize(
    change(
      state("20", { attributes: unit, lastChangedAt: NOW - 5000 }),
      state("21.5", { attributes: unit, lastChangedAt: NOW }),
    ),
  );
  expect(found).toMatchObject({ kind: "state", value: 21.5, unit: "°C", heldMs: 5000, at: NOW });
});

test("a clock that was set back gives no negative time, and is counted", () => {
  const { normalize, notes } = normalizer();
  const found = normalize(
    change(state("on", { lastChangedAt: NOW }), state("off", { lastChangedAt: NOW - 9000 })),
  );
  expect(found?.heldMs).toBe(0);
  expect(notes).toEqual(["duration_negative"]);
});

test("a moment in the far future is replaced by now, and counted", () => {
  const { normalize, notes } = normalizer();
  const found = normalize(change(state("on"), state("off", { lastChangedAt: NOW * 10 })));
  expect(found?.at).toBe(NOW);
  expect(notes).toContain("timestamp_replaced");
});

test("a device that went away did not do anything", () => {
  const { normalize } = normalizer();
  const found = normalize(change(state("on"), state("unavailable")));
  expect(found).toMatchObject({ kind: "availability", cause: { kind: "integration" } });
});

test("a media position alone is no change, and a token never stands in history", () => {
  const { normalize } = normalizer();
  const moved = change(
    state("playing", { attributes: { media_position: 1 } }),
    state("playing", { attributes: { media_position: 2 } }),
  );
  expect(normalize(moved)).toBeUndefined();
  const rotated = change(
    state("idle", { attributes: { access_token: "old" } }),
    state("streaming", { attributes: { access_token: "s3cret" } }),
  );
  expect(JSON.stringify(normalize(rotated))).not.toContain("s3cret");
});

test("attributes of 100 KB are named and not kept", () => {
  const { normalize, notes } = normalizer();
  const found = normalize(
    change(state("on"), state("on", { attributes: { effect_list: "x".repeat(100_000) } })),
  );
  expect(found?.changedAttributes).toEqual({ _omitted: ["effect_list"] });
  expect(notes).toEqual(["attributes_omitted"]);
});
