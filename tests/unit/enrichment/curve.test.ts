import { expect, test } from "vitest";
import {
  atLocal,
  dateOf,
  dayOf,
  findWindow,
  gapsIn,
  type Step,
  toSteps,
  weigh,
} from "#src/enrichment/curve/curve.ts";
import { createChance, pick } from "./chance.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

function makeCurve(chance: () => number, start: number): Step[] {
  const steps: Step[] = [];
  let at = start;
  const count = 1 + Math.floor(chance() * 30);
  for (let index = 0; index < count; index++) {
    const length = pick(chance, [15, 30, 60]) * MINUTE;
    if (chance() > 0.1)
      steps.push({ start: at, end: at + length, value: Math.round(chance() * 60 - 20) / 100 });
    at += length;
  }
  return steps;
}

/** Looks at each five minutes, and adds minute by minute. */
function bruteForce(steps: readonly Step[], lengthMinutes: number, sign: 1 | -1) {
  let best: { start: number; mean: number } | undefined;
  const [first, last] = [steps[0]?.start ?? 0, steps.at(-1)?.end ?? 0];
  for (let start = first; start + lengthMinutes * MINUTE <= last; start += 5 * MINUTE) {
    let sum = 0;
    let isWhole = true;
    for (let at = start; at < start + lengthMinutes * MINUTE; at += 5 * MINUTE) {
      const step = steps.find((one) => one.start <= at && at < one.end);
      if (step) sum += step.value;
      else isWhole = false;
    }
    const mean = sum / (lengthMinutes / 5);
    if (isWhole && (!best || sign * mean < sign * best.mean - 1e-9)) best = { start, mean };
  }
  return best;
}

test("the best window is the one that trying each five minutes finds, also with gaps and mixed slots", () => {
  const chance = createChance(7);
  let found = 0;
  for (let round = 0; round < 400; round++) {
    const day = pick(chance, ["2026-03-29", "2026-10-25", "2026-11-27"]);
    const steps = makeCurve(chance, dayOf(Date.parse(`${day}T12:00Z`), "Europe/Vienna").start);
    const minutes = pick(chance, [5, 15, 35, 60, 75, 90, 180, 305]);
    const most = pick(chance, ["lowest", "highest"] as const);
    const window = findWindow(steps, { hours: minutes / 60, most });
    const expected = bruteForce(steps, minutes, most === "lowest" ? 1 : -1);
    expect(window?.start).toBe(expected?.start);
    if (!window || !expected) continue;
    found++;
    expect(window.end - window.start).toBe(minutes * MINUTE);
    expect(window.mean).toBeCloseTo(expected.mean, 9);
  }
  expect(found).toBeGreaterThan(200);
});

test("a window inside a range is the best one there, and none when the range is too short", () => {
  const steps = toSteps([5, 1, 4, 2, 9].map((value, hour) => ({ at: hour * HOUR, value })));
  const range = { start: 1.5 * HOUR, end: 4 * HOUR };
  expect(findWindow(steps, { hours: 1, range, most: "lowest" })).toEqual({
    start: 3 * HOUR,
    end: 4 * HOUR,
    mean: 2,
  });
  expect(findWindow(steps, { hours: 3, range, most: "lowest" })).toBeUndefined();
  expect(findWindow(steps, { hours: 0, most: "lowest" })).toBeUndefined();
  expect(findWindow(steps, { hours: Number.NaN, most: "lowest" })).toBeUndefined();
  expect(findWindow([], { hours: 1, most: "lowest" })).toBeUndefined();
});

test("an hour and a quarter ends where the cheap hour does, and of equal windows the first counts", () => {
  const steps = toSteps([10, 5, 20].map((value, hour) => ({ at: hour * HOUR, value })));
  expect(findWindow(steps, { hours: 1.25, most: "lowest" })).toEqual({
    start: 0.75 * HOUR,
    end: 2 * HOUR,
    mean: (0.25 * 10 + 5) / 1.25,
  });
  const flat = toSteps(
    [0.1, 0.2, 0.1, 0.2, 0.1].map((value, hour) => ({ at: hour * HOUR, value })),
  );
  expect(findWindow(flat, { hours: 3, most: "highest" })?.start).toBe(HOUR);
  expect(findWindow(flat, { hours: 2, most: "lowest" })?.start).toBe(0);
});

test("slots that say only their start end at the next one, and a missing one stays a gap", () => {
  const points = [0, 15, 30, 60, 75, 120].map((minute) => ({ at: minute * MINUTE, value: minute }));
  const steps = toSteps(points);
  expect(steps.map(({ start, end }) => [start / MINUTE, end / MINUTE])).toEqual([
    [0, 15],
    [15, 30],
    [30, 45],
    [60, 75],
    [75, 90],
    [120, 165],
  ]);
  expect(gapsIn(steps, { start: 0, end: 90 * MINUTE })).toEqual([
    { start: 45 * MINUTE, end: 60 * MINUTE },
  ]);
  expect(toSteps([{ at: 0, value: 1 }])).toEqual([{ start: 0, end: HOUR, value: 1 }]);
});

test("energy is weighed slot by slot, and what has no value is said", () => {
  const steps = toSteps([1, 3].map((value, hour) => ({ at: hour * HOUR, value })));
  const weighed = weigh(steps, [
    { start: 0.5 * HOUR, end: 1.5 * HOUR, kwh: 2 },
    { start: 1.5 * HOUR, end: 2.5 * HOUR, kwh: 4 },
    { start: HOUR, end: HOUR, kwh: 1 },
  ]);
  expect(weighed).toEqual({ amount: 1 + 3 + 2 * 3, kwh: 7, unknownKwh: 3 });
});

test("a local day has 23, 24 or 25 hours, also where the clock leaps at midnight", () => {
  const hoursOf = (day: string, zone: string) => {
    const { start, end } = dayOf(Date.parse(`${day}T12:00Z`), zone);
    return (end - start) / HOUR;
  };
  expect(hoursOf("2026-03-29", "Europe/Vienna")).toBe(23);
  expect(hoursOf("2026-10-25", "Europe/Vienna")).toBe(25);
  expect(hoursOf("2026-11-27", "Europe/Vienna")).toBe(24);
  expect(hoursOf("2026-03-29", "Asia/Beirut")).toBe(23); // 00:00 does not exist
  expect(hoursOf("2026-11-01", "America/Havana")).toBe(25); // 00:00 is twice
  expect(hoursOf("2026-10-04", "Australia/Lord_Howe")).toBe(23.5);
  expect(dateOf(Date.parse("2026-11-27T23:30Z"), "Europe/Vienna")).toBe("2026-11-28");
  const wall = (text: string) =>
    new Date(atLocal(Date.parse(`${text}Z`), "Europe/Vienna")).toISOString();
  expect(wall("2026-10-25T02:30:00")).toBe("2026-10-25T00:30:00.000Z");
  expect(wall("2026-03-29T02:30:00")).toBe("2026-03-29T01:30:00.000Z");
});
