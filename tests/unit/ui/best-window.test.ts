import { expect, test } from "vitest";
import { findLowest, type Step } from "../../../homeiq/ui/src/lib/best-window.ts";

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;

const hourly = (values: readonly number[], from = 0): Step[] =>
  values.map((value, hour) => ({
    start: from + hour * HOUR,
    end: from + (hour + 1) * HOUR,
    value,
  }));

test("the lowest stretch may begin where no slot does, and ends with one", () => {
  const steps = hourly([9, 4, 1, 9]);
  const found = findLowest(steps, { from: 0, lengthMs: 1.5 * HOUR });
  expect(found).toEqual({ from: 1.5 * HOUR, to: 3 * HOUR, mean: 2 });
});

test("of equal stretches the earliest, and negative prices are lower than none", () => {
  expect(findLowest(hourly([3, 3, 3]), { from: 0, lengthMs: HOUR })?.from).toBe(0);
  expect(findLowest(hourly([0, -2, 0]), { from: 0, lengthMs: HOUR })?.mean).toBe(-2);
});

test("nothing lies in the past, and the hour that runs counts from now on", () => {
  const found = findLowest(hourly([1, 5, 9]), { from: QUARTER, lengthMs: HOUR });
  expect(found).toEqual({ from: QUARTER, to: QUARTER + HOUR, mean: 0.75 * 1 + 0.25 * 5 });
});

test("a stretch never crosses what is not known", () => {
  const steps = [...hourly([1]), ...hourly([1, 7], 2 * HOUR)];
  expect(findLowest(steps, { from: 0, lengthMs: 2 * HOUR })).toEqual({
    ...{ from: 2 * HOUR, to: 4 * HOUR },
    mean: 4,
  });
  expect(findLowest(steps, { from: 0, lengthMs: 3 * HOUR })).toBeUndefined();
});
