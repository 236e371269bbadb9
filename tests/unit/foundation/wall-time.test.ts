import { expect, test } from "vitest";
import { momentOfWall, momentsOfWall, wallAt, wallOf } from "#src/foundation/wall-time.ts";

const VIENNA = "Europe/Vienna";
const wall = (day: number, hour: number, minute = 0, month = 10) =>
  wallOf(2026, month, day, [hour, minute]) ?? Number.NaN;

test("a time of the wall is one moment, two in the repeated hour, none in the skipped one", () => {
  expect(momentsOfWall(VIENNA, wall(24, 12))).toEqual([Date.UTC(2026, 9, 24, 10)]);
  expect(momentsOfWall(VIENNA, wall(25, 2, 30))).toEqual([
    Date.UTC(2026, 9, 25, 0, 30),
    Date.UTC(2026, 9, 25, 1, 30),
  ]);
  expect(momentsOfWall(VIENNA, wall(29, 2, 30, 3))).toEqual([]);
  expect(momentOfWall(VIENNA, wall(29, 2, 30, 3))).toBe(Date.UTC(2026, 2, 29, 1, 30));
});

test("zones of half and quarter hours, and behind UTC, are told right", () => {
  for (const zone of [
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "Nowhere/At_All",
  ]) {
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += 7.25 * 3_600_000) {
      expect(momentsOfWall(zone, wallAt(zone, at))).toContain(at);
    }
  }
});

test("the mean time of a place, before there were zones, is told to the second", () => {
  const at = Date.UTC(1880, 0, 1);
  expect(wallAt(VIENNA, at) - at).toBe(((1 * 60 + 5) * 60 + 21) * 1000);
});

test("a date that does not exist is none", () => {
  expect(wallOf(2026, 2, 30)).toBeUndefined();
  expect(wallOf(2026, 13, 1)).toBeUndefined();
  expect(wallOf(2026, 1, 1, [25])).toBeUndefined();
  expect(wallOf(2024, 2, 29, [23, 59, 59])).toBe(Date.UTC(2024, 1, 29, 23, 59, 59));
});
