import { expect, test } from "vitest";
import { fromWallText, toWallText } from "../../../homeiq/ui/src/lib/wall-text.ts";
import { createZone, ticksOf } from "../../../homeiq/ui/src/lib/zone.ts";
import { findClockChange } from "../../../homeiq/ui/src/routes/history/explore/clock-change.ts";

const HOUR_MS = 3_600_000;
const berlin = createZone("Europe/Berlin");

test("what one types is the time of the house, in summer and in winter", () => {
  expect(fromWallText("2026-07-01T12:00", berlin)).toBe(Date.UTC(2026, 6, 1, 10));
  expect(fromWallText("2026-12-01T12:00", berlin)).toBe(Date.UTC(2026, 11, 1, 11));
  expect(toWallText(Date.UTC(2026, 11, 31, 23, 30), berlin)).toBe("2027-01-01T00:30");
});

test("an hour that the clocks skip is the moment after it", () => {
  const at = fromWallText("2026-03-29T02:30", berlin) ?? 0;
  expect(Math.abs(at - Date.UTC(2026, 2, 29, 1, 30))).toBeLessThanOrEqual(HOUR_MS);
});

test("a day that is an hour longer still begins and ends at midnight", () => {
  const from = Date.UTC(2026, 9, 24, 12);
  const midnights = ticksOf({ from, to: from + 72 * HOUR_MS }, { zone: berlin, most: 12 })
    .filter(({ isMajor }) => isMajor)
    .map(({ at }) => at);
  expect(midnights).toEqual([
    Date.UTC(2026, 9, 24, 22),
    Date.UTC(2026, 9, 25, 23), // 25 hours later
    Date.UTC(2026, 9, 26, 23),
  ]);
});

test("a year is marked by its months, with the new year standing out", () => {
  const ticks = ticksOf(
    { from: Date.UTC(2025, 10, 24), to: Date.UTC(2026, 10, 24) },
    { zone: berlin, most: 12 },
  );
  expect(ticks).toHaveLength(12);
  expect(ticks.filter(({ step }) => step === "year").map(({ at }) => at)).toEqual([
    Date.UTC(2025, 11, 31, 23),
  ]);
});

test("one sees when the clocks were changed, and in which direction", () => {
  const spring = { from: Date.UTC(2026, 2, 28), to: Date.UTC(2026, 2, 30) };
  expect(findClockChange(spring, berlin)).toEqual({
    at: Date.UTC(2026, 2, 29, 1),
    isForward: true,
  });
  const summer = { from: Date.UTC(2026, 6, 1), to: Date.UTC(2026, 6, 3) };
  expect(findClockChange(summer, berlin)).toBeUndefined();
});
