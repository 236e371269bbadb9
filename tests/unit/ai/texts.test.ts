import { expect, test } from "vitest";
import { createTexts } from "#src/ai/texts/texts.ts";
import type { Pattern } from "#src/analysis/patterns/patterns.ts";
import { ACTED, habit, known, namesIn, ONLY_SAID, TEXTS } from "#support/sample-patterns.ts";
import { templatesHome } from "../analysis/templates-home.ts";

const names = namesIn(templatesHome());
const say = (pattern: Pattern, texts = TEXTS) => texts.sayPattern(pattern, names);

test.each(Object.entries({ ...ACTED, ...ONLY_SAID }))("%s is said in a sentence", (_, pattern) => {
  const said = say(pattern);
  expect(said).toMatch(/^[A-Z].+\.$/);
  expect(said).not.toMatch(/[{}]|undefined|NaN|\b(pattern|act|on|saw|factor)\.[a-z]|_| {2}/);
});

test.each([
  ["by the clock on workdays", "You turn Hall on at about 06:45 on workdays."],
  ["before sunset", "You turn Living room lamp on 22 minutes before sunset every day."],
  ["when one comes home", "You turn Hall on when Ann comes home."],
  [
    "after motion",
    "Somebody moves at Landing motion, and within 2 minutes you turn Landing on. This is so between 19:00 and 05:00.",
  ],
  ["left on when away", "Iron is at times left on when nobody is home, for 2 hours 20 minutes."],
])("%s reads as a person would say it", (name, sentence) => {
  expect(say(ACTED[name] as Pattern)).toBe(sentence);
});

test("what a habit rests on is said with its numbers, and what speaks against it", () => {
  const pattern = habit("light.hall", "on");
  expect(TEXTS.sayEvidence(known(pattern))).toEqual([
    "Seen 25 times. On 2 days it could have been and was not.",
    "The next time it can, it comes with 90% (between 78% and 97%).",
    "Half of the times are within 6 minutes of that.",
    "That is 6 times as often as chance would have it.",
  ]);
  expect(TEXTS.sayEvidence(known(pattern, { missedCount: 1 }))[0]).toContain("On 1 day it");
});

test("a language without a catalogue is said in English, with its own numbers and clock", () => {
  const german = createTexts({ language: "de", timeZone: "Europe/Berlin" });
  expect(german.percent(0.9)).toBe("90\u00a0%");
  expect(say(habit("light.hall", "on"), german)).toBe(say(habit("light.hall", "on")));
  expect(createTexts({ language: "no such", timeZone: "UTC" }).list(["a", "b"])).toBe("a and b");
});

test("moments are told in the zone of the house", () => {
  const at = Date.UTC(2026, 6, 1, 22, 30);
  expect(TEXTS.moment(at)).toContain("00:30");
  expect(createTexts({ language: "en-GB", timeZone: "UTC" }).moment(at)).toContain("22:30");
});

test("lengths of time are told as people do: seconds, minutes, hours", () => {
  expect([0.5, 1.5, 45, 120, 121].map(TEXTS.duration)).toEqual([
    "30 seconds",
    "90 seconds",
    "45 minutes",
    "2 hours",
    "2 hours 1 minute",
  ]);
});
