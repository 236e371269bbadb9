import { expect, test } from "vitest";
import { createZone } from "../../../homeiq/ui/src/lib/zone.ts";
import { toDots } from "../../../homeiq/ui/src/routes/suggestions/day-dots.ts";

const zone = createZone("Europe/Vienna");
const seen = (at: number) => ({ at, is: "seen" as const });

test("each day of the house is a row, also on the day of 25 hours, and an hour stands where its clock shows it", () => {
  const { dots, days } = toDots(
    [
      seen(Date.UTC(2026, 9, 24, 16)), // 18:00 in summer
      seen(Date.UTC(2026, 9, 25, 17)), // 18:00 in winter
      seen(Date.UTC(2026, 9, 26, 23, 30)), // half past midnight of the 27th
    ],
    { zone, mostDays: 31 },
  );
  expect(days).toHaveLength(4);
  expect(dots.map(({ row, share }) => [row, Math.round(share * 1440)])).toEqual([
    [0, 18 * 60],
    [1, 18 * 60],
    [3, 30],
  ]);
});

test("of a long time only the newest days are drawn, and of nothing nothing", () => {
  const many = Array.from({ length: 90 }, (_, day) => seen(Date.UTC(2026, 0, 1 + day, 12)));
  const { dots, days } = toDots(many, { zone, mostDays: 31 });
  expect([dots.length, days.length]).toEqual([31, 31]);
  expect(days.at(-1)).toBe(Date.UTC(2026, 2, 31));
  expect(toDots([], { zone, mostDays: 31 })).toEqual({ dots: [], days: [] });
});
