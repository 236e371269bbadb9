import { afterAll, beforeAll, expect, test } from "vitest";
import { type HouseFacts, readHousehold } from "#src/analysis/patterns/reading/reading.ts";
import { systemClock } from "#src/foundation/clock.ts";
import { DAY_MS, MINUTE_MS, SECOND_MS } from "#src/foundation/time.ts";
import { openPast } from "#src/ingest/history/reader/past-reader.ts";
import type { Cause, StateChange } from "#src/ingest/normalize/normalize.ts";
import { openHistory, type TestHistory } from "#support/history.ts";

const TO = Math.floor(Date.now() / 60_000) * 60_000;
const FROM = TO - 100 * MINUTE_MS;
const HAND: Cause = { kind: "physical", confidence: 0.7 };
const ANNA: Cause = { kind: "person_dashboard", confidence: 0.95, by: "anna" };
const MACHINE: Cause = { kind: "automation", confidence: 0.98, by: "automation.dusk" };
const SENSED: Cause = { kind: "integration", confidence: 0.95 };
const CLASSES: Readonly<Record<string, string>> = {
  "binary_sensor.hall": "motion",
  "event.bell": "doorbell",
};

let past: TestHistory;

beforeAll(async () => {
  past = await openHistory({
    clock: systemClock,
    describe: (entityId) => ({
      name: entityId,
      ...(CLASSES[entityId] ? { deviceClass: CLASSES[entityId] } : {}),
      ...(entityId.includes("tv") ? { deviceId: "tv" } : {}),
      ...(entityId === "light.hall" ? { areaId: "hall" } : {}),
    }),
  });
  await past.record(
    [
      ...became("light.hall", [
        [1, "on", HAND],
        [2, "off", MACHINE],
        [3, "unavailable", SENSED],
        [4, "off", SENSED],
        [5, "on", ANNA],
        [6, "off", { kind: "physical", confidence: 0.3 }],
      ]),
      ...became("cover.hall", [
        [10, "opening", ANNA],
        [10.4, "open", { ...ANNA, confidence: 0.85 }],
        [20, "closing", HAND],
        [20.3, "closed", HAND],
      ]),
      ...became("media_player.tv", [[30, "playing", HAND]]),
      ...became("switch.tv", [[30.01, "on", HAND]]),
      ...became("light.group", [[40, "on", ANNA]]),
      ...became("light.one", [[40.01, "on", ANNA]]),
      ...became("light.two", [
        [40.01, "on", ANNA],
        [50, "off", ANNA],
      ]),
      ...became("binary_sensor.hall", [
        [1, "on", SENSED],
        [2, "off", SENSED],
        [4, "on", SENSED],
        [5, "off", SENSED],
        [60, "on", SENSED],
        [61, "off", SENSED],
      ]),
      ...became("event.bell", [[70, "2026-11-27T10:00:00+00:00", HAND]]),
      ...became("calendar.holidays", [
        [0.5, "off", SENSED],
        [72, "on", SENSED],
      ]),
      ...became("binary_sensor.workday", [[72, "off", SENSED]]),
      ...became("sensor.power", [[71, "17.5", SENSED]]),
      ...became("person.anna", [
        [0.5, "home", SENSED],
        [80, "not_home", SENSED],
      ]),
      ...became("homeiq.outdoor_temperature", [
        [0.5, "7.5", SENSED],
        [80, "unavailable", SENSED],
      ]),
    ].sort((one, other) => one.at - other.at),
  );
});

afterAll(() => past[Symbol.asyncDispose]());

function became(
  entityId: string,
  states: readonly (readonly [minute: number, state: string, cause: Cause])[],
): StateChange[] {
  return states.map(([minute, newState, cause], n) => ({
    ...{ entityId, newState, cause },
    at: FROM + Math.round(minute * MINUTE_MS),
    kind: newState === "unavailable" ? "availability" : "state",
    oldState: states[n - 1]?.[1] ?? "off",
    context: { id: `${entityId} ${n}` },
  }));
}

const read = (facts: Partial<HouseFacts> = {}) => {
  using reader = openPast(past.store.files);
  const house = { timeZone: "UTC", onHolidays: [], offHolidays: [], groups: [], unrecorded: [] };
  return readHousehold(reader, { ...house, from: FROM, to: TO, ...facts });
};

const told = (acts: readonly { at: number; entityId: string; to: string }[]) =>
  acts.map(({ at, entityId, to }) => [Math.round((at - FROM) / MINUTE_MS), entityId, to]);

test("only what people did is an act: no automation, no return, nothing unsure", () => {
  const { household } = read();
  const ofLight = household.acts.filter(({ entityId }) => entityId === "light.hall");
  expect(told(ofLight)).toEqual([
    [1, "light.hall", "on"],
    [5, "light.hall", "on"],
  ]);
  expect(ofLight.map(({ person }) => person)).toEqual([undefined, "anna"]);
});

test("what a device does on the way is the same act", () => {
  const { household } = read();
  const ofCover = household.acts.filter(({ entityId }) => entityId === "cover.hall");
  expect(told(ofCover)).toEqual([
    [10, "cover.hall", "open"],
    [20, "cover.hall", "closed"],
  ]);
});

test("one hand at one device, or at a group, is one act", () => {
  const groups: HouseFacts["groups"] = [["light.group", ["light.one", "light.two"]]];
  const { household } = read({ groups });
  const ids = household.acts.map(({ entityId }) => entityId);
  expect(ids).toContain("media_player.tv");
  expect(ids).not.toContain("switch.tv");
  expect(told(household.acts).filter(([minute]) => Number(minute) >= 40)).toEqual([
    [40, "light.group", "on"],
    [50, "light.two", "off"],
  ]);
});

test("a sensor that goes on seeing somebody tells it once", () => {
  const { household } = read();
  // The first has no state before it: it may just have been found.
  const traces = household.traces ?? [];
  expect(told(traces)).toEqual([[60, "binary_sensor.hall", "on"]]);
  expect(household.acts.map(({ entityId }) => entityId)).not.toContain("event.bell");
});

test("what else was true comes as steps, with what is not known", () => {
  const { household } = read();
  const values = household.signals?.map(({ id, of, steps }) => [
    ...[id, of],
    steps.map(({ value }) => value),
  ]);
  expect(values).toHaveLength(3);
  expect(values).toEqual(
    expect.arrayContaining([
      ["person.anna", "presence", ["home", "not_home"]],
      ["homeiq.outdoor_temperature", "weather", [7.5, undefined]],
    ]),
  );
  expect(household.areaOf?.("light.hall")).toBe("hall");
});

test("what lights and the like became is told, whoever did it", () => {
  const { household } = read();
  const ofLight = household.changes?.filter(({ entityId }) => entityId === "light.hall");
  expect(ofLight?.map(({ to, byPeople }) => [to, byPeople])).toEqual([
    ["on", true],
    ["off", false],
    ["unavailable", false],
    ["off", false],
    ["on", true],
    ["off", false],
  ]);
  expect(ofLight?.[0]?.at).toBe(FROM + 60 * SECOND_MS);
});

test("a day of which hours were not recorded counts neither for a habit nor against it", () => {
  const house = { from: FROM - 2 * DAY_MS };
  const whole = { from: FROM - 2 * DAY_MS, to: TO };
  expect(read({ ...house, unrecorded: [whole] }).household.acts).toEqual([]);
  const minutes = { from: FROM, to: FROM + 20 * MINUTE_MS };
  expect(read({ unrecorded: [minutes] }).household.acts).toEqual(read().household.acts);
});

test("what Home Assistant calls a holiday, or no workday, is a free day", () => {
  const day = Math.floor((FROM + 72 * MINUTE_MS) / DAY_MS);
  const to = FROM + 4 * DAY_MS;
  const onHolidays = read({ to, onHolidays: ["calendar.holidays"] }).household;
  expect([day + 1, day + 2].map((one) => onHolidays.isHoliday?.(one))).toEqual([true, true]);
  expect(read({ to }).household.isHoliday?.(day + 1)).toBe(false);
  // No workday: of Saturdays and Sundays it says nothing new.
  const offHolidays = read({ to, offHolidays: ["binary_sensor.workday"] }).household;
  const told = [0, 1, 2, 3].filter((n) => offHolidays.isHoliday?.(day + n));
  expect(told.every((n) => (day + n + 3) % 7 < 5)).toBe(true);
  expect(told.length).toBeGreaterThanOrEqual(1);
});
