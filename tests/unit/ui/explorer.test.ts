import { expect, test } from "vitest";
import { niceScale } from "../../../homeiq/ui/src/lib/charts/scale.ts";
import {
  timeInStates,
  toBands,
  toPieces,
} from "../../../homeiq/ui/src/routes/history/explore/bands.ts";
import {
  extentOf,
  toLine,
  valueAt,
} from "../../../homeiq/ui/src/routes/history/explore/numbers.ts";

const HOUR_MS = 3_600_000;
const RAW = { name: "One", numeric: true, resolution: "raw" as const };
const light = (states: readonly (readonly [number, string | null])[]) => ({
  ...RAW,
  entityId: "light.one",
  numeric: false,
  states,
});

test("a light that was on when nobody listened is not drawn as on", () => {
  const bands = toBands(
    light([
      [0, "on"],
      [8 * HOUR_MS, "off"],
    ]),
    {
      gaps: [{ from: 2 * HOUR_MS, to: 5 * HOUR_MS, reason: "not_running" }],
      from: 0,
      until: 10 * HOUR_MS,
    },
  );
  expect(bands).toEqual([
    { from: 0, to: 2 * HOUR_MS, state: "on", look: "active" },
    { from: 8 * HOUR_MS, to: 10 * HOUR_MS, state: "off", look: "rest" },
  ]);
});

test("what an entity was before one looks counts from where one looks", () => {
  const bands = toBands(
    { ...light([[HOUR_MS, "off"]]), before: { at: -HOUR_MS, state: "on" } },
    { gaps: [], from: 0, until: 3 * HOUR_MS },
  );
  expect(timeInStates(bands, { from: 0, to: 3 * HOUR_MS })).toEqual([
    { state: "off", look: "rest", ms: 2 * HOUR_MS, times: 1 },
    { state: "on", look: "active", ms: HOUR_MS, times: 1 },
  ]);
});

test("an entity that was removed has no state until it is back", () => {
  const bands = toBands(
    light([
      [0, "on"],
      [1, null],
      [5, "off"],
    ]),
    { gaps: [], from: 0, until: 9 },
  );
  expect(bands.map(({ from, to, state }) => [from, to, state])).toEqual([
    [0, 1, "on"],
    [5, 9, "off"],
  ]);
});

test("more changes than pixels become columns as high as the part that was active", () => {
  const blinking = Array.from({ length: 1000 }, (_, n) => ({
    from: n,
    to: n + 1,
    state: n % 4 === 0 ? "on" : "off",
    look: n % 4 === 0 ? ("active" as const) : ("rest" as const),
  }));
  const pieces = toPieces(blinking, (at) => at / 10);
  expect(pieces.length).toBeLessThan(40);
  for (const { activeShare } of pieces) expect(activeShare).toBeCloseTo(0.25, 1);
});

test("a value stands until the next one, and ends where listening ended", () => {
  const line = toLine(
    {
      ...RAW,
      entityId: "sensor.one",
      points: [
        [0, 20],
        [10, 22],
        [60, 24],
      ],
    },
    { gaps: [{ from: 30, to: 50, reason: "connection_lost" }], from: 0, until: 100 },
  );
  expect(valueAt(line, 9)).toBe(20);
  expect(valueAt(line, 29)).toBe(22);
  expect(valueAt(line, 40)).toBeUndefined();
  expect(valueAt(line, 99)).toBe(24);
});

test("the mean weighs how long a value stood", () => {
  const line = toLine(
    {
      ...RAW,
      entityId: "sensor.one",
      points: [
        [0, 10],
        [90, 20],
      ],
    },
    { gaps: [], from: 0, until: 100 },
  );
  expect(extentOf(line, { from: 0, to: 100 })).toMatchObject({ low: 10, high: 20, mean: 11 });
});

test("peaks survive in a line of buckets, and an empty bucket breaks it", () => {
  const line = toLine(
    {
      ...RAW,
      entityId: "sensor.one",
      resolution: 10,
      buckets: [
        [0, 1, 9, 5, 5, 3],
        [10, 2, 4, 3, 3, 3],
        [40, 2, 4, 3, 3, 3],
      ],
    },
    { gaps: [{ from: 20, to: 40, reason: "overflow" }], from: 0, until: 50 },
  );
  expect(line.points).toEqual([
    [0, 5],
    [10, 3],
    [20, null],
    [40, 3],
  ]);
  expect(extentOf(line, { from: 0, to: 50 })).toMatchObject({ low: 1, high: 9 });
});

test.each([
  [
    { low: 19.4, high: 22.7 },
    { min: 19, max: 23, interval: 1 },
  ],
  [
    { low: 3, high: 1940 },
    { min: 0, max: 2000, interval: 500 },
  ],
  [
    { low: -4, high: 11 },
    { min: -5, max: 15, interval: 5 },
  ],
])("an axis from %j has round ends and steps", (extent, scale) => {
  expect(niceScale(extent, 4)).toEqual(scale);
});

test("an axis of one single value still has room above and below", () => {
  const { min, max } = niceScale({ low: 21, high: 21 }, 4);
  expect(min).toBeLessThan(21);
  expect(max).toBeGreaterThan(21);
});
