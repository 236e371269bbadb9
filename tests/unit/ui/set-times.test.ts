import { expect, test } from "vitest";
import {
  cronText,
  toCron,
  toSchedule,
} from "../../../homeiq/ui/src/routes/suggestions/agent/cron.ts";

test("a time on days that can be chosen is read from cron, and written again as it was", () => {
  for (const cron of ["0 7 * * *", "5 23 * * 1-5", "30 18 * * 5", "0 9 * * 6,0"]) {
    const schedule = toSchedule(cron);
    expect(schedule && toCron(schedule)).toBe(cron);
  }
  expect(toSchedule("5 7 * * 0,6")).toEqual({ time: "07:05", days: "6,0" });
});

test("what cannot be chosen is left as it was written", () => {
  for (const cron of ["*/30 8-18 * * *", "0 7 1 * *", "0 25 * * *", "61 7 * * *", "0 7 * * 9"]) {
    expect(toSchedule(cron)).toBeUndefined();
    expect(cronText(cron)).toBe(cron);
  }
});
