import { expect, test } from "vitest";
import {
  decodeChunk,
  encodeChunk,
  idOf,
  NO_STATE,
  type StoredChange,
} from "#src/ingest/history/chunk/chunk.ts";
import { seeded } from "#support/made-changes.ts";

const START = Date.UTC(2026, 8, 1);

/** Changes one after the other, each with the state before it. */
function chain(states: readonly string[], more: Partial<StoredChange> = {}): StoredChange[] {
  return states.map((state, n) => ({
    id: idOf(START + n * 1_000, n % 3),
    state,
    oldState: states[n - 1] ?? NO_STATE,
    heldMs: n === 0 ? -1 : 1_000,
    meta: 1,
    context: 0,
    attributes: "",
    moved: true,
    ...more,
  }));
}

function throughBytes(changes: readonly StoredChange[]): StoredChange[] {
  const chunk = decodeChunk(encodeChunk(changes));
  return Array.from({ length: chunk.count }, (_, n) => chunk.change(n));
}

test.each([
  ["one decimal", ["20.0", "20.5", "21.0"]],
  ["as few decimals as needed", ["20", "20.5", "20.25", "100"]],
  ["always a point", ["20.0", "20.5", "20.25", "100.0"]],
  ["two decimals, also zeros", ["1.50", "2.00", "0.05"]],
  ["below zero", ["-0.5", "-12.25", "0.0", "3.5"]],
  ["now and then away", ["20.5", "unavailable", "20.6", "20.7", "unknown", "20.8"]],
  [
    "odd numbers",
    ["007", "1e5", "+3", "-0.0", "1_000", "٣", "", " 5", "5 ", "NaN", "0.1234567890123"],
  ],
  ["words", ["on", "off", "on", "home", "not_home"]],
  ["text of any kind", ["Grüße 🏠", "'; drop table chunk; --", "\\n", "<b>", "x".repeat(255)]],
  ["appeared and vanished", ["on", NO_STATE, "off"]],
  ["larger than can be counted", ["123456789012345678", "99999999999999999", "1"]],
])("states come back letter by letter: %s", (_, states) => {
  const changes = chain(states);
  expect(throughBytes(changes)).toEqual(changes);
});

test("what does not follow from the row before comes back too", () => {
  const random = seeded(4);
  const changes = chain(Array.from({ length: 200 }, (_, n) => String(n))).map((change, n) => ({
    ...change,
    oldState: n % 17 === 0 ? "something else" : change.oldState,
    heldMs: n % 13 === 0 ? -1 : Math.floor(random() * 5_000),
    meta: 1 + (n % 5),
    context: n % 7 === 0 ? idOf(START + n * 1_000 - 3, n % 4) : 0,
    attributes: n % 11 === 0 ? JSON.stringify({ brightness: n }) : "",
    moved: n % 3 !== 0,
  }));
  expect(throughBytes(changes)).toEqual(changes);
});

test("the values of numbers are those that the texts say", () => {
  const { states } = decodeChunk(encodeChunk(chain(["0.1", "0.7", "1.1", "unavailable", "-2.3"])));
  expect([...states.values]).toEqual([0.1, 0.7, 1.1, Number.NaN, -2.3]);
});

test("a form that this version does not know is refused", () => {
  const bytes = encodeChunk(chain(["1", "2"]));
  expect(() => decodeChunk(Uint8Array.of(0xf0, ...bytes.subarray(1)))).toThrow(/unknown form/);
});
