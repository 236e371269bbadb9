import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  createOccupancy,
  DEFAULT_RULES,
  type Occupancy,
  type PersonTrack,
  toPresenceHours,
} from "#src/enrichment/calendar/calendar.ts";
import type { CalendarEvent } from "#src/enrichment/provider.ts";
import { createLog } from "#src/foundation/log.ts";
import { DAY_MS, HOUR_MS, MINUTE_MS } from "#src/foundation/time.ts";
import { openStore, type Store } from "#src/store/database.ts";
import { createFakeClock } from "#support/clock.ts";

/** Monday, midnight in Vienna. */
const MONDAY = Date.UTC(2026, 6, 12, 22);

const hoursOf = (tracks: readonly PersonTrack[], hours: number) =>
  toPresenceHours(tracks, { start: MONDAY, end: MONDAY + hours * HOUR_MS }).map(
    ({ start, home }) => [(start - MONDAY) / HOUR_MS, home],
  );
const track = (...states: readonly (readonly [hour: number, state: string])[]): PersonTrack =>
  states.map(([hour, state]) => ({ at: MONDAY + hour * HOUR_MS, state }));

test("somebody is at home as long as one person is, and nobody only when all are known", () => {
  const one = track([-3, "home"], [1.5, "not_home"]);
  expect(hoursOf([one], 3)).toEqual([
    [0, 1],
    [1, 0.5],
    [2, 0],
  ]);
  expect(hoursOf([one, track([-3, "work"], [2.75, "home"])], 4)).toEqual([
    [0, 1],
    [1, 0.5],
    [2, 0.25],
    [3, 1],
  ]);
  expect(hoursOf([one, track([-1, "unavailable"])], 3)).toEqual([[0, 1]]);
  expect(hoursOf([track([1, "home"])], 2)).toEqual([[1, 1]]);
  expect(hoursOf([], 2)).toEqual([]);
});

let folder: string;
let store: Store;
let clock: ReturnType<typeof createFakeClock>;
let occupancy: Occupancy;
let events: CalendarEvent[];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "homeiq-occupancy-"));
  store = openStore(join(folder, "homeiq.db"));
  clock = createFakeClock(MONDAY + 30 * MINUTE_MS);
  events = [];
  occupancy = open();
});
afterEach(async () => {
  await occupancy[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

/** A person who is away from 8 to 17 each day, since four weeks. */
const worker = (): PersonTrack =>
  Array.from({ length: 56 }, (_, day) => MONDAY + (day - 28) * DAY_MS)
    .flatMap((midnight) => [
      { at: midnight, state: "home" },
      { at: midnight + 8 * HOUR_MS, state: "not_home" },
      { at: midnight + 17 * HOUR_MS, state: "home" },
    ])
    .filter(({ at }) => at <= clock.now());

const open = (tracks = () => [worker()]) =>
  createOccupancy({
    ...{ store, clock, log: createLog("silent"), rules: DEFAULT_RULES },
    facts: () => ({ events }),
    timeZone: () => "Europe/Vienna",
    nameOf: (calendar) => calendar,
    presence: async (slot) => toPresenceHours(tracks(), slot),
  });

const vacation: CalendarEvent = {
  ...{ calendar: "calendar.family", summary: "Vacation", isAllDay: true },
  ...{ start: MONDAY + DAY_MS, end: MONDAY + 3 * DAY_MS },
};

test("the next days are foreseen by habit, and by an event where there is one", async () => {
  events = [vacation];
  const { hints, hours } = await occupancy.read();
  expect(hints).toMatchObject([
    { meaning: "vacation", keyword: "vacation", confidence: 0.9, event: { summary: "Vacation" } },
  ]);
  expect(hours).toHaveLength(72);
  expect([7, 8, 16, 17].map((hour) => hours[hour]?.home)).toEqual([1, 0, 0, 1]);
  expect(hours[24 + 20]).toMatchObject({ home: expect.closeTo(0.1), because: hints[0] });
  clock.advance(4 * DAY_MS);
  expect((await occupancy.read()).hints).toEqual([]);
});

test("what was foreseen a day before is compared with what came, also over a restart, once there is a week of it", async () => {
  for (let hour = 0; hour < 8 * 24; hour += 1) {
    if (hour === 100) {
      await occupancy[Symbol.asyncDispose]();
      occupancy = open();
    }
    clock.advance(HOUR_MS);
    await settled();
    if (hour !== 60) continue;
    expect((await occupancy.read()).accuracy).toEqual({
      ...{ verdict: "not_enough", hours: 59, needed: 168 }, // the first two hours were not foreseen
    });
  }
  expect(occupancy.now()).toBe(1);
  const { accuracy } = await occupancy.read();
  expect(accuracy).toMatchObject({ verdict: "measured", right: 1, brier: 0 });
  expect(accuracy.hours).toBeGreaterThanOrEqual(168);
  // It is at home for 15 of 24 hours.
  expect(accuracy).toMatchObject({ rightByGuessing: expect.closeTo(15 / 24, 1) });
});

test("without persons nothing is foreseen by habit, and nothing is measured", async () => {
  await occupancy[Symbol.asyncDispose]();
  occupancy = open(() => []);
  events = [vacation];
  const { hours, knownHours, accuracy } = await occupancy.read();
  expect(hours[3]).not.toHaveProperty("home");
  expect(hours[30]?.home).toBeCloseTo(0.05);
  expect({ knownHours, accuracy }).toEqual({
    knownHours: 0,
    accuracy: { verdict: "not_enough", hours: 0, needed: 168 },
  });
});

/** What was begun with the turn of the hour is written. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise(setImmediate);
  await store.writer.write([]);
}
