import { afterAll, beforeAll, expect, test } from "vitest";
import { optionsSchema } from "#src/compose-settings.ts";
import type { OccupancyView } from "#src/enrichment/calendar/calendar.ts";
import { eventually } from "#support/eventually.ts";
import {
  type FakeHomeAssistant,
  startFakeHomeAssistant,
} from "#support/fake-home-assistant/fake-home-assistant.ts";
import { startHomeIq } from "#support/home-iq.ts";

let house: FakeHomeAssistant;

beforeAll(async () => {
  house = await startFakeHomeAssistant({ preset: "studio", seed: 12 });
  house.addEntity({
    ...{ entityId: "calendar.of_the_club", state: "off" },
    attributes: { friendly_name: "Club" },
  });
});
afterAll(() => house.stop());

test("a calendar is found by itself, and the words of the household say what its appointments mean", async () => {
  await using homeiq = await startHomeIq({
    url: house.url,
    options: { calendar_rules: "away: football practice; guests: piano" },
  });
  const found = await eventually("its hints are there", async () => {
    const view = await homeiq.get<OccupancyView>("/api/v1/surroundings/calendar/occupancy");
    return view.hints.length >= 4 ? view : undefined;
  });
  const meanings = found.hints.map(({ event, meaning }) => `${event.summary}: ${meaning}`);
  expect(new Set(meanings)).toEqual(new Set(["Football practice: away", "Piano lesson: guests"]));
  expect(found.hints[0]).toMatchObject({
    ...{ confidence: expect.any(Number), keyword: expect.any(String) },
    event: { calendar: expect.stringMatching(/^calendar\./), isAllDay: false },
  });
  expect(found.hours).toHaveLength(72);
  expect(found.accuracy).toEqual({ verdict: "not_enough", hours: 0, needed: 168 });
});

test("a rule that is none is refused at the start, with what is allowed", () => {
  const parsed = optionsSchema.safeParse({ calendar_rules: "holidays at sea" });
  expect(parsed.error?.issues).toMatchObject([
    { path: ["calendar_rules"], message: expect.stringContaining("home_office, vacation, guests") },
  ]);
  expect(optionsSchema.safeParse({ calendar_rules: "" }).success).toBe(true);
});
