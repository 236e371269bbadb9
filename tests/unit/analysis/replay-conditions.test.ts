import { expect, test } from "vitest";
import { go, holds } from "#support/replayed.ts";

test("a state must have held for as long as the condition says", () => {
  const condition = { condition: "state", entity_id: "light.a", state: "on", for: 60 };
  const changes = (at: number) => [[5, "light.a", "on"] as const, ...go(at)];
  const initial = { "light.a": "off" };
  expect(holds(condition, { initial, changes: changes(60) })).toBe(false);
  expect(holds(condition, { initial, changes: changes(66) })).toBe(true);
});

test("of several entities all, or any when it says so", () => {
  const condition = { condition: "state", entity_id: ["light.a", "light.b"], state: "on" };
  const initial = { "light.a": "on", "light.b": "off" };
  expect(holds(condition, { initial })).toBe(false);
  expect(holds({ ...condition, match: "any" }, { initial })).toBe(true);
});

test("what cannot be said does not hold, and not its opposite either", () => {
  const unknown = { condition: "state", entity_id: "light.nowhere", state: "on" };
  expect(holds(unknown)).toBe(false);
  expect(holds({ condition: "not", conditions: [unknown] })).toBe(false);
  const text = { condition: "numeric_state", entity_id: "sensor.x", below: 5 };
  expect(holds(text, { initial: { "sensor.x": "cold" } })).toBe(false);
  expect(
    holds({ condition: "or", conditions: [unknown, { condition: "time", after: "00:00" }] }),
  ).toBe(true);
});

test("a disabled condition is passed over", () => {
  const off = { condition: "state", entity_id: "light.a", state: "on", enabled: false };
  expect(holds(off)).toBe(true);
  expect(holds({ condition: "or", conditions: [off] })).toBe(false);
});

test("after ten in the evening and before six is a time across midnight", () => {
  const night = { condition: "time", after: "22:00:00", before: "06:00:00" };
  const at = (hours: number) => ({ changes: go(hours * 3600) });
  expect([1, 5.9, 6, 12, 22, 23].map((hours) => holds(night, at(hours)))).toEqual([
    ...[true, true, false, false, true, true],
  ]);
  expect(holds({ condition: "time", weekday: ["mon"] }, at(3))).toBe(true);
  expect(holds({ condition: "time", weekday: ["tue"] }, at(3))).toBe(false);
});

test("after sunset or before sunrise is the dark", () => {
  const dark = { condition: "sun", after: "sunset", before: "sunrise" };
  const at = (hours: number) => ({ changes: go(hours * 3600) });
  expect([3, 12, 20].map((hours) => holds(dark, at(hours)))).toEqual([true, false, true]);
  const late = { condition: "sun", after: "sunset", after_offset: "02:00:00" };
  expect([17, 19].map((hours) => holds(late, at(hours)))).toEqual([false, true]);
});
