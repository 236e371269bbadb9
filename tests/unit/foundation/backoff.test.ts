import { expect, test } from "vitest";
import { backoffMs } from "#src/foundation/backoff.ts";

const middle = () => 0.5;

test("the wait doubles from one second and never grows past five minutes", () => {
  const waits = Array.from({ length: 12 }, (_, index) => backoffMs(index + 1, middle));
  expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
  expect(waits.at(-1)).toBe(300_000);
  expect(backoffMs(5000, middle)).toBe(300_000);
});

test("many clients do not come back at the same moment", () => {
  expect(backoffMs(1, () => 0)).toBe(900);
  expect(backoffMs(1, () => 1)).toBe(1100);
});
