import { describe, expect, test } from "vitest";
import {
  DEFAULT_RULES,
  findHints,
  isWorkday,
  measureAccuracy,
  type PresenceHour,
  predictOccupancy,
  readRules,
} from "#src/enrichment/calendar/calendar.ts";
import {
  createHomeCalendar,
  readHomeCalendar,
} from "#src/enrichment/home-calendar/home-calendar.ts";
import type { CalendarEvent } from "#src/enrichment/provider.ts";
import { AppError } from "#src/foundation/errors.ts";
import { createFakeClock } from "#support/clock.ts";
import { wrongReplies } from "#support/provider-bodies.ts";

const HOUR = 3_600_000;
const timeZone = "Europe/Vienna";
const MONDAY = Date.UTC(2026, 6, 12, 22); // 13 July, midnight in Vienna

const event = (summary: string, more: Partial<CalendarEvent> = {}): CalendarEvent => ({
  calendar: "calendar.family",
  summary,
  isAllDay: false,
  start: MONDAY + 10 * HOUR,
  end: MONDAY + 12 * HOUR,
  ...more,
});
const meaningOf = (summary: string, more?: Partial<CalendarEvent>, rules = DEFAULT_RULES) =>
  findHints([event(summary, more)], rules)[0]?.meaning;

describe("Home Assistant's calendars", () => {
  test("are read in both forms, whole days from midnight to midnight of the house", () => {
    const list = [
      { start: "2026-07-14T09:00:00+02:00", end: "2026-07-14T10:00:00+02:00", summary: "Dentist" },
      { start: { date: "2026-10-25" }, end: { date: "2026-10-26" }, summary: "Visit" },
      { start: "2026-07-13T09:00:00", end: "2026-07-13T10:00:00", summary: null },
      { start: { dateTime: "2026-07-14T06:00:00Z" }, end: { dateTime: "2026-07-14T07:00:00Z" } },
    ];
    const events = readHomeCalendar("calendar.a", list, timeZone);
    expect(events.map(({ start, end, isAllDay }) => [start, end, isAllDay])).toEqual([
      [Date.UTC(2026, 6, 13, 7), Date.UTC(2026, 6, 13, 8), false],
      [Date.UTC(2026, 6, 14, 6), Date.UTC(2026, 6, 14, 7), false],
      [Date.UTC(2026, 6, 14, 7), Date.UTC(2026, 6, 14, 8), false],
      [Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23), true],
    ]);
  });

  const provider = (calendars: readonly string[], answer: (calendar: string) => unknown) =>
    createHomeCalendar({
      calendars: () => calendars,
      request: async ({ target }) => answer((target as { entity_id: string }).entity_id),
      place: { timeZone },
      clock: createFakeClock(MONDAY),
    }).fetch(AbortSignal.timeout(1_000));
  const down = () => {
    throw new AppError("unavailable", "home.timeout", "late");
  };

  test("one that does not answer hides no other", async () => {
    const events = [{ start: "2026-07-14", end: "2026-07-15", summary: "Urlaub" }];
    const answer = (calendar: string) =>
      calendar === "calendar.b" ? down() : { response: { [calendar]: { events } } };
    const facts = await provider(["calendar.a", "calendar.b"], answer);
    expect(facts.events).toMatchObject([{ calendar: "calendar.a", summary: "Urlaub" }]);
    await expect(provider(["calendar.b"], answer)).rejects.toMatchObject({ kind: "unavailable" });
    await expect(provider([], answer)).rejects.toMatchObject({ kind: "unconfigured" });
  });

  test.each(wrongReplies.filter(([, { status }]) => status === 200))(
    "%s is no answer",
    async (_, { text }) => {
      await expect(provider(["calendar.a"], () => text)).rejects.toMatchObject({
        kind: "internal",
      });
      expect(() => readHomeCalendar("calendar.a", [{ start: "x", end: "y" }], timeZone)).toThrow(
        AppError,
      );
    },
  );
});

describe("what an event means for the home", () => {
  test.each([
    ["WFH", "home_office"],
    ["Home-Office (Anna)", "home_office"],
    ["Homeoffice", "home_office"],
    ["Télétravail", "home_office"],
    ["Urlaub in Tirol", "vacation"],
    ["Guests for dinner", "guests"],
    ["Gäste", "guests"],
    ["Dienstreise Berlin", "away"],
    ["Herbstferien", "school_holiday"],
    ["Dentist", undefined],
    ["Kein Homeoffice", undefined],
    ["Canceled: business trip", undefined],
    ["Officer training film", undefined],
  ])("%s", (summary, meaning) => {
    expect(meaningOf(summary)).toBe(meaning);
  });

  test("is surer when the event is called just that", () => {
    const sure = (summary: string) =>
      findHints([event(summary)], DEFAULT_RULES)[0]?.confidence ?? 0;
    expect(sure("Urlaub")).toBeGreaterThan(sure("Urlaub in Tirol"));
    expect(sure("Urlaub in Tirol")).toBeGreaterThan(
      sure("Ask the boss whether Urlaub in August is fine"),
    );
  });

  test("a calendar's name gives its events their meaning", () => {
    const named = { calendar: "calendar.schulferien_wien" };
    expect(meaningOf("Semester break", named)).toBe("school_holiday");
    expect(
      findHints(
        [event("Herbst", { calendar: "calendar.x" })],
        DEFAULT_RULES,
        () => "School holidays",
      ),
    ).toMatchObject([{ meaning: "school_holiday" }]);
  });

  test("the household's own words replace those of their meaning", () => {
    const rules = readRules("Guests: Oma, poker night\n\nvacation:\n");
    expect(meaningOf("Oma kommt", {}, rules)).toBe("guests");
    expect(meaningOf("Guests", {}, rules)).toBeUndefined();
    expect(meaningOf("Urlaub", {}, rules)).toBeUndefined();
    expect(meaningOf("WFH", {}, rules)).toBe("home_office");
    expect(readRules("Guests: Oma, poker night; vacation:")).toEqual(rules);
    expect(() => readRules("guests: x\nholidays at sea")).toThrow(
      expect.objectContaining({
        code: "calendar.bad_rule",
        facts: expect.objectContaining({ line: 2 }),
      }),
    );
  });
});

describe("who is at home in the hours to come", () => {
  /** Four weeks: away on workdays from 8 to 17. */
  const history: PresenceHour[] = Array.from({ length: 28 * 24 }, (_, index) => {
    const start = MONDAY - (28 * 24 - index) * HOUR;
    const [day, hour] = [Math.floor(index / 24) % 7, index % 24];
    return { start, end: start + HOUR, home: day < 5 && hour >= 8 && hour < 17 ? 0 : 1 };
  });
  const predict = (events: readonly CalendarEvent[], past: readonly PresenceHour[] = history) =>
    predictOccupancy({
      hints: findHints(events, DEFAULT_RULES),
      history: past,
      from: MONDAY,
      timeZone,
    });

  test("is the habit of a week, hour by hour, moved by what the calendar says", () => {
    const day = { isAllDay: true, start: MONDAY, end: MONDAY + 24 * HOUR };
    const hours = predict([event("Homeoffice", day)]);
    expect(hours).toHaveLength(168);
    expect(hours[9]).toMatchObject({ home: 0.9, because: { event: { summary: "Homeoffice" } } });
    expect(hours[3]).toEqual({ start: MONDAY + 3 * HOUR, end: MONDAY + 4 * HOUR, home: 1 });
    expect(hours[24 + 9]?.home).toBe(0);
    const away = predict([event("Urlaub", { ...day, end: MONDAY + 48 * HOUR })]);
    expect(away[20]?.home).toBeCloseTo(0.1);
  });

  test("is not known without a habit and without an event", () => {
    const hours = predict([event("Gäste")], []);
    expect(hours[9]).toEqual({ start: MONDAY + 9 * HOUR, end: MONDAY + 10 * HOUR });
    expect(hours[10]?.home).toBeCloseTo(0.95);
  });

  test("is compared with what was, and with guessing", () => {
    const seen = history.map(({ start, end, home }) => ({
      start: start + 28 * 24 * HOUR,
      end: end + 28 * 24 * HOUR,
      home: start + 28 * 24 * HOUR < MONDAY + 24 * HOUR ? 1 : home, // at home on Monday, after all
    }));
    const without = measureAccuracy(predict([]), seen);
    const day = { isAllDay: true, start: MONDAY, end: MONDAY + 24 * HOUR };
    const withEvent = measureAccuracy(predict([event("WFH", day)]), seen);
    expect(without).toMatchObject({ hours: 168, right: 159 / 168, rightByGuessing: 132 / 168 });
    expect(withEvent?.right).toBe(1);
    expect(withEvent?.brier).toBeLessThan(without?.brier ?? 0);
    expect(measureAccuracy(predict([]), [])).toBeUndefined();
  });
});

test("Home Assistant's workday sensor says whether today is one", () => {
  const state = (entityId: string, value: string) => ({
    entityId,
    state: value,
    attributes: {},
    lastChangedAt: 0,
    lastUpdatedAt: 0,
    context: { id: "1" },
  });
  const states = new Map([["binary_sensor.work", state("binary_sensor.work", "off")]]);
  expect(isWorkday(states, () => "workday")).toBe(false);
  expect(isWorkday(states, () => "template")).toBeUndefined();
});
