import { describe, expect, test } from "vitest";
import { usualReturns, type WhereStep } from "#src/ai/agent/noticing/noticing.ts";
import { AFTERNOON, DAY, facts, found, HOUR, MINUTE } from "#support/agent-facts.ts";

const ZONE = "Europe/Berlin";
/** Monday, 2 November 2026, in Berlin. */
const MONDAY = Date.parse("2026-11-01T23:00:00Z");
const day = (n: number) => MONDAY + n * DAY;
const isWorkday = (n: number) => n % 7 < 5;
const DAYS = Array.from({ length: 28 }, (_, n) => n);

/** Away from eight until this hour, on these days. */
const awayUntil = (days: readonly number[], backAt: (n: number) => number): WhereStep[] => [
  { at: day(-1), state: "home" },
  ...days.flatMap((n) => [
    { at: day(n) + 8 * HOUR, state: "not_home" },
    { at: day(n) + backAt(n) * HOUR, state: "home" },
  ]),
];
const WORK = awayUntil(DAYS.filter(isWorkday), (n) => 17.5 + (n % 3) * 0.25);

describe("when somebody is usually back", () => {
  test("is the middle of such days, with how far they lie apart and how many they were", () => {
    expect(usualReturns([WORK], ZONE)).toEqual({
      workday: { minute: 17.75 * 60, spreadMinutes: 15, days: 20 },
    });
  });

  test("is when the first of all comes, and only of what is known of everybody", () => {
    const later = awayUntil(DAYS.filter(isWorkday), () => 20);
    expect(usualReturns([WORK, later], ZONE).workday?.minute).toBe(17.75 * 60);
    const lost = [{ at: day(0), state: "unavailable" }];
    expect(usualReturns([WORK, lost], ZONE)).toEqual({});
    expect(usualReturns([WORK, []], ZONE).workday?.days).toBe(20); // never seen anywhere
  });

  test("weekends are days of their own", () => {
    const trips = awayUntil(
      DAYS.filter((n) => !isWorkday(n)),
      () => 14,
    );
    expect(usualReturns([trips], ZONE)).toEqual({
      weekend: { minute: 14 * 60, spreadMinutes: 0, days: 8 },
    });
  });

  test.each([
    ["of a few days", awayUntil([0, 1, 2, 3, 4, 7, 8], () => 17)],
    ["of any time", awayUntil(DAYS.filter(isWorkday), (n) => 12 + (n % 5) * 2.5)],
    ["of short errands", awayUntil(DAYS, () => 9.5)],
    ["without anybody", []],
  ])("is not told %s", (_, steps) => {
    expect(usualReturns([steps], ZONE)).toEqual({});
  });

  test("is by the wall's clock on both sides of a change of the clocks", () => {
    // Summer time ends on 25 October.
    const around = Array.from({ length: 20 }, (_, n) => n - 18).flatMap((n) => {
      const begin = Date.UTC(2026, 9, 25 + n) - (n <= 0 ? 2 : 1) * HOUR;
      return [
        { at: begin + 9 * HOUR, state: "not_home" },
        { at: Date.UTC(2026, 9, 25 + n, 18) - (n < 0 ? 2 : 1) * HOUR, state: "home" },
      ];
    });
    expect(usualReturns([around], ZONE).workday).toMatchObject({ minute: 18 * 60 });
  });
});

describe("what is left on", () => {
  const returns = (minute: number) => ({ workday: { minute, spreadMinutes: 12, days: 18 } });
  const leftOn = (minute: number, more: Parameters<typeof facts>[1] = {}) =>
    found(
      "left_on_nobody_home",
      facts(
        {
          "person.anna": ["not_home", {}, 5 * HOUR],
          "light.kitchen": ["on", {}, 6 * HOUR],
        },
        { usualReturns: returns(minute), ...more },
      ),
    );

  test("is not told to who is about to be back", () => {
    expect(leftOn(16 * 60 + 15)).toEqual([]); // it is 16:00
    expect(leftOn(16 * 60 - 5)).toEqual([]); // a little late
  });

  test("is told before, with when somebody is usually back and by how many days", () => {
    const [told] = leftOn(18 * 60);
    expect(told?.evidence.map(({ text }) => text)).toContain(
      "Somebody is usually back at about 18:00: half of 18 such days were within 12 minutes of it",
    );
  });

  test("is told when that time is over, on another kind of day, and on a trip", () => {
    expect(leftOn(15 * 60)).toHaveLength(1);
    const saturday = AFTERNOON + 4 * DAY;
    expect(leftOn(16 * 60 + 15, { now: saturday })).toHaveLength(1);
    const trips = [{ start: AFTERNOON - HOUR, end: AFTERNOON + 3 * DAY, summary: "Vacation" }];
    expect(leftOn(16 * 60 + 15, { trips })).toHaveLength(1);
  });

  test("is told to who left after that time", () => {
    const given = {
      "person.anna": ["not_home", {}, 15 * MINUTE] as const,
      "light.kitchen": ["on", {}, 6 * HOUR] as const,
    };
    const known = facts(given, { usualReturns: returns(15 * 60 + 40) });
    expect(found("left_on_nobody_home", known)).toHaveLength(1);
  });
});
